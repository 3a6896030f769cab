from odoo import fields, models
from odoo.exceptions import UserError

#: written by this mixin's methods alone
SUSPENDED = frozenset(
    {"suspended_at", "suspended_until", "suspend_reason_id", "suspend_note"}
)


class SuspendedMixin(models.AbstractModel):
    """A supervised matter that may wait for somebody else, as a whole.

    A model that inherits this adds :data:`SUSPENDED` to what it protects, answers
    :meth:`_check_turn`, and has a scheduled action that calls ``_cron_resume``.
    """

    _name = "haerun.suspended.mixin"
    _inherit = ["haerun.supervised.mixin"]
    _description = "Matter That May Be Suspended"

    suspended_at = fields.Datetime(
        string="Suspended At", readonly=True, copy=False, tracking=True
    )
    suspended_until = fields.Datetime(
        string="Suspended Until", readonly=True, copy=False
    )
    suspend_reason_id = fields.Many2one(
        "haerun.pause.reason",
        string="Waiting For",
        readonly=True,
        copy=False,
        ondelete="restrict",
        tracking=True,
    )
    suspend_note = fields.Char(readonly=True, copy=False)

    def _check_turn(self, kind):
        """Hook.

        :param kind: ``suspend`` or ``resume``
        :raise UserError: when the user or the matter's state does not allow it
        """

    def _suspend(self, reason, until, note):
        """Wait for somebody else: clocks that may pause for it stand still.

        :param reason: ``haerun.pause.reason``
        :param until: naive UTC datetime at which the matter runs on by itself
        """
        self._check_turn("suspend")
        if not until or until <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%s: say until when it waits at most, a time to come.",
                    self.display_name,
                )
            )
        matter = self.sudo()  # rights were checked above
        matter.write(
            {
                "suspended_at": fields.Datetime.now(),
                "suspended_until": until,
                "suspend_reason_id": reason.id,
                "suspend_note": note,
            }
        )
        matter._pausable_clocks(reason)._pause(reason, until=until, note=note)
        matter._sync_holdings()

    def _pausable_clocks(self, reason):
        """Running clocks that pause for ``reason``; one that is overdue stays so."""
        now = fields.Datetime.now()
        return self._open_clocks().filtered(
            lambda clock: (
                clock.state == "running"
                and clock.due_at > now
                and reason in clock.limit_id.pause_reason_ids
            )
        )

    def _resume(self, note):
        """Go on after a suspension."""
        matters = self.sudo()  # rights were checked by the caller
        matters.write(
            {
                "suspended_at": False,
                "suspended_until": False,
                "suspend_reason_id": False,
                "suspend_note": False,
            }
        )
        matters._clock_resume(note)
        matters._sync_holdings()

    def _haerun_clocks_changed(self, kind):
        """A suspension ends with the pause of its clocks, by whoever ended that."""
        if kind == "resume":
            waiting = self.sudo().filtered("suspended_at")
            paused = waiting._open_clocks().filtered(lambda c: c.state == "paused")
            (waiting - waiting.browse(paused.mapped("res_id")))._resume(
                self.env._("The pause has run out.")
            )
        return super()._haerun_clocks_changed(kind)

    def _cron_resume(self):
        """Matters whose suspension is over run on; also those without a clock."""
        over = self.sudo().search(
            [("suspended_until", "<=", fields.Datetime.now())], order="suspended_until"
        )
        over._resume(self.env._("The pause has run out."))
