from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.state import check_state
from .haerun_accountability_person import GUILTY

STEP = "haerun.accountability.step"


class AccountabilityCase(models.Model):
    """The way of a case: each step checks who takes it and where the case stands."""

    _inherit = "haerun.accountability.case"

    # ------------------------------------------------------------ opening
    def _open_case(self, values):
        """Open a case; its first clock runs, whoever may take it is told (R112).

        :param values: of the case, and ``employees`` (hr.employee), ``unit``
            (hr.department), both may be missing
        :return: the case, in the present user's name
        """
        values = dict(values)
        employees = values.pop("employees", None) or ()
        unit = values.pop("unit", None)
        values |= {
            "received_at": fields.Datetime.now(),
            "received_by_id": self.env.uid,
            "person_ids": [(0, 0, {"employee_id": one.id}) for one in employees],
            "unit_ids": [(0, 0, {"unit_id": unit.id})] if unit else [],
        }
        # sudo: opened by the system, for whoever may open one
        case = self.sudo().create(values)
        case._reach("received")
        case._tell_body(self.env._("A new case: take it, or name who investigates."))
        return case.with_env(self.env)

    # ------------------------------------------------------------- action
    def action_take(self):
        """Investigate this case oneself (R116)."""
        self.ensure_one()
        self._appoint(self.env.user)
        return True

    def action_appoint(self):
        """Open the window in which another investigator is named."""
        self._check_working()
        return self._ask("appoint", self.env._("Who Investigates"))

    def action_request_report(self):
        """Open the window in which a unit is asked for its report (R118)."""
        self._check_working("investigating", "opinion")
        return self._ask("report", self.env._("Ask a Unit for Its Report"))

    def action_investigated(self):
        """The facts are clear: findings are made, the handling opinion follows (R116).

        :raise UserError: without evidence, or with a finding missing
        """
        self.ensure_one()
        self._check_investigator("investigating")
        if not (self.evidence_ids or self.statement_ids):
            raise UserError(
                self.env._(
                    "%s: put evidence or a statement on file first.", self.display_name
                )
            )
        if not self.person_ids:
            raise UserError(
                self.env._(
                    "%s: name the persons concerned, or dismiss the case.",
                    self.display_name,
                )
            )
        for person in self.person_ids:
            if not person.finding or not (person.facts or "").strip():
                raise UserError(
                    self.env._(
                        "%(case)s: say of %(person)s the finding and the facts found.",
                        case=self.display_name,
                        person=person.display_name,
                    )
                )
        case = self.sudo()  # state and times are set by the system
        case.write({"state": "opinion", "investigated_at": fields.Datetime.now()})
        case._reach("investigated")
        return True

    def action_propose(self):
        """Open the window in which the handling opinion is written (R117)."""
        self._check_investigator("opinion")
        self._check_verdicts()
        return self._ask("propose", self.env._("Handling Opinion"))

    def action_approve(self):
        """Agree with the handling opinion that waits (R117)."""
        return self._waiting_opinion().action_approve()

    def action_return(self):
        """Return the handling opinion that waits (R117)."""
        return self._waiting_opinion().action_return()

    def _waiting_opinion(self):
        self.ensure_one()
        self.check_access("read")
        check_state(self, "approval")
        return self.opinion_ids.filtered(lambda one: one.state == "pending")

    def action_back(self):
        """Investigate on: the findings are not complete after all."""
        self._check_investigator("opinion")
        self.sudo().write({"state": "investigating"})
        return True

    def action_dismiss(self):
        """Open the window in which the reason for dismissing is given."""
        self._check_working("received", "investigating", "opinion")
        return self._ask("dismiss", self.env._("Dismiss the case"))

    def action_serve(self):
        """Serve the decisions on the persons: each reads his own (R113)."""
        self.ensure_one()
        self._check_investigator("decided")
        waiting = self.decision_ids.filtered(lambda one: not one.served_at)
        if not waiting:
            raise UserError(
                self.env._("%s: all decisions are served.", self.display_name)
            )
        waiting._serve()
        self.sudo()._reach("served")
        return True

    def action_close(self):
        """Close the case: all is executed, no appeal is open or possible any more.

        :raise UserError: names what is still open
        """
        self.ensure_one()
        self._check_investigator("decided", "executed")
        self.decision_ids._settle_final()
        for decision in self.decision_ids:
            left = decision._left_open()
            if left:
                raise UserError(
                    self.env._(
                        "%(case)s cannot be closed: decision %(number)s %(left)s.",
                        case=self.number,
                        number=decision.number,
                        left=left,
                    )
                )
        open_reports = self.sudo().report_ids.filtered(lambda one: not one.verdict)
        if open_reports:
            raise UserError(
                self.env._(
                    "%(case)s cannot be closed: say of the report of %(unit)s whether "
                    "it came in time and is true.",
                    case=self.number,
                    unit=open_reports[0].unit_id.name,
                )
            )
        case = self.sudo()  # state and times are set by the system
        case.write({"state": "closed", "closed_at": fields.Datetime.now()})
        case._reach("closed")
        return True

    def _ask(self, kind, title, **defaults):
        """Return the window of one step of the case."""
        defaults = {"case_id": self.id, "kind": kind, **defaults}
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": STEP,
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{key}": value for key, value in defaults.items()},
        }

    # ----------------------------------------------------------- business
    def _appoint(self, user):
        """``user`` investigates this case from now on (R116, R119).

        :raise UserError: for somebody outside the body, or too near; the sentence is
            the same, so that it does not tell which
        """
        self.ensure_one()
        self._check_working("received", "investigating", "opinion")
        case = self.sudo()  # who investigates is set by the system
        if not case._may_investigate(user):
            raise UserError(
                self.env._(
                    "%(case)s is not for %(name)s to investigate: name somebody else.",
                    case=self.number,
                    name=user.name,
                )
            )
        case._hold(user, user)
        case._settle_investigator()
        if case.state == "received":
            case.write({"state": "investigating"})
            case._reach("accepted")

    def _check_investigator(self, *states):
        """:raise AccessError: for anybody but who investigates this case now"""
        self.ensure_one()
        self.check_access("write")
        if not self.is_mine:
            raise AccessError(
                self.env._(
                    "%(case)s is investigated by %(name)s: leave this step to them.",
                    case=self.number,
                    name=self.acting_user_id.sudo().name or self.env._("nobody yet"),
                )
            )
        check_state(self, *states)

    def _check_verdicts(self):
        """Nothing is proposed without a verdict on each person (R115, R117)."""
        for person in self.person_ids:
            missing = person._missing_verdict()
            if missing:
                raise UserError(
                    self.env._(
                        "%(case)s cannot go to approval: %(missing)s is missing for "
                        "%(person)s.",
                        case=self.number,
                        missing=missing,
                        person=person.display_name,
                    )
                )
        if self.severity != "normal" and not self.person_ids.filtered(
            lambda one: one.role == "leader"
        ):
            raise UserError(
                self.env._(
                    "%s has serious impact: put the leader of the responsible unit on "
                    "the case, with a verdict.",
                    self.number,
                )
            )

    def _propose(self, text):
        """Hand the handling opinion in for approval (R117).

        :return: haerun.accountability.opinion
        """
        self._check_investigator("opinion")
        self._check_verdicts()
        opinion = self.env["haerun.accountability.opinion"]._hand_in(self, text)
        case = self.sudo()  # state is set by the system
        case.write({"state": "approval"})
        case._reach("proposed")
        return opinion

    def _dismiss(self, reason):
        """There is nothing to answer for, for ``reason``; clocks lapse."""
        self.ensure_one()
        self._check_working("received", "investigating", "opinion")
        if not (reason or "").strip():
            raise UserError(self.env._("%s: say why it is dismissed.", self.number))
        case = self.sudo()  # state is set by the system
        case._clock_cancel(reason)
        case.write(
            {
                "state": "dismissed",
                "dismiss_reason": reason,
                "closed_at": fields.Datetime.now(),
            }
        )

    def _returned(self):
        """The opinion was returned: it is written anew."""
        case = self.sudo()
        case.write({"state": "opinion"})
        case._reach("investigated")

    def _decided(self, opinion):
        """The last tier agreed: a decision for each who answers (R113, R117)."""
        case = self.sudo()
        now = fields.Datetime.now()
        guilty = case.person_ids.filtered(lambda one: one.finding in GUILTY)
        case.write({"state": "decided", "decided_at": now})
        case.env["haerun.accountability.decision"]._make(guilty, opinion)
        case._reach("decided")
        if not guilty:
            case._check_executed()

    def _check_executed(self):
        """With the last execution the case is executed."""
        for case in self.sudo():
            decisions = case.decision_ids
            appealed = decisions.appeal_ids.filtered(lambda one: one.state == "filed")
            if appealed:
                state = "appeal"
            elif all(one.executed_on or one.outcome == "revoked" for one in decisions):
                state = "executed"
            else:
                state = "decided"
            if case.state in ("decided", "appeal", "executed") and case.state != state:
                values = {"state": state}
                if state == "executed":
                    values["executed_at"] = fields.Datetime.now()
                case.write(values)
                if state == "executed":
                    case._reach("executed")
