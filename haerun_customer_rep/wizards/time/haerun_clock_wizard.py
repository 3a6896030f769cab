from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...models.time.haerun_escalation_level import UNITS


class HaerunClockWizard(models.TransientModel):
    """Pause, resume, extend, cancel or reopen a clock by hand, with a reason.

    Who holds a matter may ask; only who leads, coordinates or supervises decides,
    and nobody decides on a clock that he holds himself.
    """

    _name = "haerun.clock.wizard"
    _description = "Change a Clock"

    clock_id = fields.Many2one("haerun.clock", required=True)
    action = fields.Selection(
        [
            ("pause", "Pause"),
            ("resume", "Resume"),
            ("extend", "Extend"),
            ("cancel", "Cancel"),
            ("reopen", "Reopen"),
        ],
        required=True,
        default="pause",
    )
    allowed_reason_ids = fields.Many2many(
        related="clock_id.limit_id.pause_reason_ids", string="Allowed reasons"
    )
    pause_reason_id = fields.Many2one(
        "haerun.pause.reason", domain="[('id', 'in', allowed_reason_ids)]"
    )
    until = fields.Datetime(string="At most until")
    amount = fields.Float(string="Longer by", default=1)
    unit = fields.Selection(UNITS, default="work_day")
    note = fields.Char(string="Reason", required=True)

    @api.constrains("clock_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.clock_id.sudo(False).check_access("read")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "haerun.clock":
            values.setdefault("clock_id", self.env.context.get("active_id"))
        return values

    def action_apply(self):
        """Do it, as the present user and with server time.

        :raises AccessError: when the user holds the clock himself or may not decide
        :raises UserError: when the clock's state does not allow it
        """
        self.ensure_one()
        self._check_decider()
        if not self.note.strip():
            raise UserError(self.env._("Give the reason."))
        clock = self.clock_id.sudo()
        if self.action == "pause":
            self._check_pause()
            clock._pause(self.pause_reason_id, until=self.until, note=self.note)
        elif self.action == "extend":
            clock._extend(self.amount, self.unit, self.note)
        else:
            getattr(clock, f"_{self.action}")(self.note)
        return {"type": "ir.actions.act_window_close"}

    def _check_decider(self):
        self.clock_id.check_access("read")
        record = self.env[self.clock_id.res_model].browse(self.clock_id.res_id)
        record._check_supervisor()
        held = self.clock_id.acting_user_id | self.clock_id.owner_user_id
        if self.env.user in held and self.action != "resume":
            raise AccessError(
                self.env._(
                    "“%s” is your own matter: ask your unit manager or a CSD "
                    "coordinator to change its time.",
                    self.clock_id.res_name,
                )
            )

    def _check_pause(self):
        if not self.pause_reason_id:
            raise UserError(self.env._("Choose why the clock pauses."))
        if not self.until or self.until <= fields.Datetime.now():
            raise UserError(
                self.env._("Say until when the clock pauses at most, in the future.")
            )
