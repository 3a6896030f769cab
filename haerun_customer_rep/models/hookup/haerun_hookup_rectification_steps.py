from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools.sentence import joined
from ...tools.state import check_state
from ...tools.window import open_form


class HookupRectification(models.Model):
    """An opinion's way: reported, returned or closed by another, withdrawn (R31)."""

    _inherit = "haerun.hookup.rectification"

    # ----------------------------------------------------------- action
    def action_report(self):
        """It is put right: what was done, with a photo, awaits re-inspection.

        :raise AccessError: when the user does not work on the project
        :raise UserError: when it says not what was done, or shows no photo
        """
        for record in self:
            record._check_report()
            now = fields.Datetime.now()
            behalf = record._principal_of(record) or record.project_id._on_behalf()
            values = {
                "rectified_at": now,
                "rectified_by_id": self.env.uid,
                "rectified_for_id": behalf.id,
            }
            # sudo: state, times and rounds are set by the system alone
            record.sudo().write({**values, "state": "rectified"})
            self.env["haerun.rectification.round"].sudo().create(
                {
                    "rectification_id": record.id,
                    "done": record.done,
                    "photo_ids": [Command.set(record.photo_after_ids.ids)],
                    "reported_at": now,
                    "reported_by_id": self.env.uid,
                    "reported_for_id": behalf.id,
                }
            )
            record._reach("rectified")
            record._tell(record.raised_by_id, self.env._("Rectified, to re-inspect"))
        return True

    def action_close(self):
        """Re-inspected and in order: the opinion is closed (R31).

        :raise AccessError: when the user reported it himself, or has no part in it
        """
        for record in self:
            record._check_judge()
            now = fields.Datetime.now()
            behalf = record._behalf_of_judge()
            unit = record.sudo().unit_id
            _hours, days = self.env["haerun.holding"]._work(unit, record.raised_at, now)
            record._judge_round("closed", behalf)
            # sudo: state and times are set by the system alone
            record.sudo().write(
                {
                    "state": "closed",
                    "closed_at": now,
                    "closed_by_id": self.env.uid,
                    "closed_for_id": behalf.id,
                    "work_days": days,
                }
            )
            record._reach("closed")
            record._note_on_project(self.env._("Rectification closed"))
            record._tell(record.rectified_by_id, self.env._("Closed"))
        return True

    def action_return(self):
        """Ask why it is not put right yet."""
        for record in self:
            record._check_judge()
        return self.env["haerun.inspection.reason"]._ask("return", self)

    def action_withdraw(self):
        """Ask why the opinion does not hold."""
        for record in self:
            record._check_withdraw()
        return self.env["haerun.inspection.reason"]._ask("withdraw", self)

    def action_open(self):
        """Open the opinion, from a card, to report or to re-inspect it."""
        self.ensure_one()
        self.check_access("read")
        return open_form(self._name, self.id)

    def action_open_project(self):
        """Back to the project."""
        self.ensure_one()
        return open_form("haerun.hookup.project", self.project_id.id)

    def action_print(self):
        """Print the rectification notice 整改通知单."""
        self.check_access("read")
        report = self.env.ref("haerun_customer_rep.hookup_rectification_report")
        return report.report_action(self)

    # --------------------------------------------------------- business
    def _return(self, reason):
        """Not put right yet: back to whoever holds it; counted (R31)."""
        for record in self:
            record._check_judge()
            record._judge_round("returned", record._behalf_of_judge(), reason)
            # sudo: state and counters are set by the system alone
            record.sudo().write(
                {
                    "state": "issued",
                    "returned_count": record.returned_count + 1,
                    "return_reason": reason,
                    "done": False,
                    "photo_after_ids": [Command.clear()],
                }
            )
            record.project_id._set_back()
            record._tell(
                record.sudo().acting_user_id, self.env._("Returned: %s", reason)
            )

    def _withdraw(self, reason):
        """Who raised it takes it back; its clock lapses."""
        for record in self:
            record._check_withdraw()
            record._end_without_closing(reason, self.env.uid)
            record._note_on_project(self.env._("Rectification withdrawn"))

    def _lapse(self, reason):
        """The project has ended: what was open of these lapses, by nobody's hand."""
        for record in self.filtered_domain(self._haerun_open_domain()):
            record._end_without_closing(reason, False)

    def _revive(self, reason):
        """The project is taken up again: what lapsed with it is to be put right."""
        for record in self.filtered(
            lambda r: r.state == "withdrawn" and not r.withdrawn_by_id
        ):
            lapsed = record.clock_ids.filtered(
                lambda clock, r=record: (
                    clock.state == "cancelled" and clock.ended_at == r.withdrawn_at
                )
            )
            reported = bool(record.round_ids.filtered(lambda r: not r.verdict))
            record.sudo().write(
                {
                    "state": "rectified" if reported else "issued",
                    "withdrawn_at": False,
                    "withdraw_reason": False,
                }
            )
            lapsed._reopen(reason)

    def _end_without_closing(self, reason, uid):
        # sudo: state and times are set by the system alone
        record = self.sudo()
        record._clock_cancel(reason)
        ended = record.clock_ids.filtered(lambda c: c.state == "cancelled")
        record.write(
            {
                "state": "withdrawn",
                "withdrawn_at": ended[-1:].ended_at or fields.Datetime.now(),
                "withdrawn_by_id": uid,
                "withdraw_reason": reason,
            }
        )

    def _judge_round(self, verdict, behalf, reason=None):
        # sudo: rounds are written by the system alone
        self.sudo().round_ids.filtered(lambda r: not r.verdict).write(
            {
                "verdict": verdict,
                "reason": reason,
                "judged_at": fields.Datetime.now(),
                "judged_by_id": self.env.uid,
                "judged_for_id": behalf.id,
            }
        )

    def _behalf_of_judge(self):
        project = self.project_id
        raiser = self.sudo().raised_for_id
        if raiser and self.env.user == self.sudo().raised_by_id:
            return raiser
        return project._on_behalf() or project._branch_on_behalf()

    # ----------------------------------------------------------- checks
    def _may_report(self):
        """Who holds it or works on the project reports it as put right."""
        self.ensure_one()
        record = self.sudo()
        return (
            self.env.su
            or self.env.user in record.acting_user_id | record.owner_user_id
            or self.project_id.has_access("write")
        )

    def _may_judge(self):
        """Who raised it, joins for the branch or works on the project re-inspects,
        but never who reported it, nor for whom it was reported."""
        self.ensure_one()
        record = self.sudo()
        if self.env.user in record.rectified_by_id | record.rectified_for_id:
            return False
        return self._has_part()

    def _has_part(self):
        """Whether the user raised it, joins for the branch or works on the project."""
        record = self.sudo()
        return (
            self.env.user in record.raised_by_id | record.raised_for_id
            or self.project_id._is_branch_user()
            or self.project_id.has_access("write")
        )

    def _check_report(self):
        self.check_access("read")
        self._check_project_open()
        if not self._may_report():
            raise AccessError(
                self.env._(
                    "%(record)s is reported as rectified by %(name)s, who holds it.",
                    record=self.display_name,
                    name=self.sudo().acting_user_id.name or self.env._("(none)"),
                )
            )
        check_state(self, "issued")
        missing = []
        if not (self.done or "").strip():
            missing.append(self.env._("write what was done"))
        if not self.photo_after_ids:
            missing.append(self.env._("take a photo of what it looks like now"))
        if missing:
            raise UserError(
                self.env._(
                    "%(record)s cannot be reported: %(missing)s.",
                    record=self.display_name,
                    missing=joined(self.env, missing),
                )
            )

    def _check_judge(self):
        self.check_access("read")
        self._check_project_open()
        if self.state == "rectified" and not self._may_judge():
            raise AccessError(
                self.env._(
                    "%(record)s was reported by %(name)s: somebody else re-inspects "
                    "it, who raised it, the branch's representative or who works on "
                    "the project.",
                    record=self.display_name,
                    name=self.sudo().rectified_by_id.name,
                )
            )
        if self.state != "rectified" and not self._has_part():
            raise AccessError(
                self.env._(
                    "%s is re-inspected by who raised it, the branch's representative "
                    "or who works on the project.",
                    self.display_name,
                )
            )
        check_state(self, "rectified")

    def _check_withdraw(self):
        self.check_access("read")
        record = self.sudo()
        raisers = record.raised_by_id | record.raised_for_id
        if self.env.user not in raisers and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(record)s was raised by %(name)s, who alone withdraws it.",
                    record=self.display_name,
                    name=record.raised_by_id.name,
                )
            )
        check_state(self, "issued", "rectified")

    def _check_project_open(self):
        """Neither an ended nor a suspended project's works are judged."""
        missing = self.project_id._gate_open()
        if missing:
            raise UserError(
                self.env._(
                    "%(record)s cannot go on: %(missing)s.",
                    record=self.display_name,
                    missing=missing[0],
                )
            )
