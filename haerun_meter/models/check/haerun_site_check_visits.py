from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state

from .haerun_site_check import OPEN

#: nobody was met: before arriving is said, or after
BEFORE = ("given", "signed", "on_site")


class SiteCheck(models.Model):
    """A check goes to another representative, or is visited a second time."""

    _name = "haerun.site.check"
    _inherit = ["haerun.site.check", "haerun.reassign.mixin"]
    _haerun_window_field = "check_ids"

    attempt_ids = fields.One2many(
        "haerun.check.attempt", "check_id", string="Visits in Vain"
    )
    attempt_count = fields.Integer(string="Visits in Vain", default=0, readonly=True)

    # ----------------------------------------------------------- action
    def action_missed(self):
        """Ask what was left for the customer, and when somebody comes again."""
        self.ensure_one()
        self._check_step(*BEFORE)
        return self._ask_in_window(
            "haerun.check.missed",
            self.env._("Nobody Was There"),
            {"default_check_id": self.id},
        )

    def _ask_in_window(self, model, name, context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }

    # --------------------------------------------------------- business
    def _missed(self, note, next_at, note_left=False, photos=None, at=None):
        """Somebody was there and met nobody (R72, R74).

        From now until the next appointment the time is the customer's, where the
        limit allows it; danger never pauses.

        :param note: what was seen
        :param next_at: naive UTC moment at which somebody comes again
        :param note_left: whether a note for the customer was left at the door
        :param photos: ``ir.attachment`` records
        :param at: naive UTC moment of the visit; now when left out
        :return: the haerun.check.attempt
        :raise UserError: when the photo or the next appointment is missing
        """
        self.ensure_one()
        self._check_step(*BEFORE)
        now = fields.Datetime.now()
        at = at or now
        photos = photos or self.env["ir.attachment"]
        if not photos:
            raise UserError(
                self.env._("%s: take a photo of the door.", self.display_name)
            )
        if at > now:
            raise UserError(
                self.env._(
                    "%s: give the moment at which you were there, not one to come.",
                    self.display_name,
                )
            )
        if not next_at or next_at <= now:
            raise UserError(
                self.env._(
                    "%s: say when somebody comes again, a moment still to come.",
                    self.display_name,
                )
            )
        if self.state == "given":
            self._stamp("signed", {"state": "signed"})
            self._reach("signed")
        # sudo: visits are evidence, written here alone
        attempt = (
            self.env["haerun.check.attempt"]
            .sudo()
            .create(
                {
                    "check_id": self.id,
                    "tried_at": at,
                    "note": note,
                    "note_left": note_left,
                    "next_at": next_at,
                    "photo_ids": self._kept(photos),
                    "tried_by_id": self.env.uid,
                    "tried_for_id": self._on_behalf().id,
                }
            )
        )
        self.sudo().write(
            {"planned_at": next_at, "attempt_count": len(self.sudo().attempt_ids)}
        )
        reason = self.env.ref("haerun_customer_rep.pause_reason_customer")
        running = self._open_clocks().filtered(lambda clock: clock.state == "running")
        if reason in running.limit_id.pause_reason_ids:
            self._clock_pause(reason, until=next_at, note=note)
        return attempt.with_env(self.env)

    def _check_reassignable(self):
        for check in self:
            check_state(check, *OPEN)
