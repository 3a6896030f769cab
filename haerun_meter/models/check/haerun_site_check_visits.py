from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .haerun_site_check import OPEN

#: nobody was met: before arriving is said, or after
BEFORE = ("given", "signed", "on_site")


class SiteCheck(models.Model):
    """A check goes to another representative, or is visited a second time."""

    _inherit = "haerun.site.check"

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

    def action_reassign(self):
        """Ask to whom these checks go, and why (head of the branch, CSD)."""
        self._check_may_reassign()
        return self._ask_in_window(
            "haerun.check.reassign",
            self.env._("Give to Another"),
            {"default_check_ids": self.ids},
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

    def _reassign(self, representative, reason):
        """Give these checks to ``representative``; who acts for him works on them.

        :param representative: a valid marketing haerun.representative
        :param reason: why, for the record
        :raise AccessError: for who does not lead, and outside the units he leads
        """
        self._check_may_reassign()
        user = self.env.user
        if representative.state != "valid" or representative.rep_class != "marketing":
            raise UserError(
                self.env._(
                    "%s is no marketing representative in office: choose another.",
                    representative.display_name,
                )
            )
        leads = user.has_group("haerun_customer_rep.group_csd_marketing") or (
            representative.sudo().unit_id in user.haerun_managed_unit_ids
        )
        if not self.env.su and not leads:
            raise AccessError(
                self.env._(
                    "%s is of a unit that you do not lead: ask CSD.",
                    representative.display_name,
                )
            )
        same = self.filtered(lambda check: check.owner_id == representative)
        if same:
            raise UserError(
                self.env._(
                    "%(check)s is held by %(name)s already.",
                    check=same[0].display_name,
                    name=representative.display_name,
                )
            )
        former = {check: check.owner_id.display_name for check in self}
        self._assign(representative, reason)
        self.sudo()._message_log_batch(
            bodies={
                check.id: self.env._(
                    "Given from %(former)s to %(name)s: %(reason)s",
                    former=former[check] or "–",
                    name=representative.display_name,
                    reason=reason,
                )
                for check in self
            },
            author_id=user.partner_id.id,
        )

    def _check_may_reassign(self):
        """:raise AccessError: for who neither leads the branch nor coordinates"""
        self.check_access("write")
        user = self.env.user
        leads = any(
            user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("unit_manager", "csd_marketing")
        )
        if not self.env.su and not leads:
            raise AccessError(
                self.env._(
                    "%s is given to another by the head of the branch or CSD.",
                    self[:1].display_name,
                )
            )
        for check in self:
            check._check_state(*OPEN)
