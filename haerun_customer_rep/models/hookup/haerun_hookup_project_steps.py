from functools import reduce

from odoo import fields, models
from odoo.exceptions import UserError

#: from which steps a step is reached
BEFORE = {
    "handed_over": {"accepted"},
    "survey_planned": {"handed_over", "survey_planned", "surveyed", "survey_signed"},
    "surveyed": {"survey_planned", "surveyed"},
    "survey_signed": {"surveyed"},
}


class HookupProject(models.Model):
    """The steps of a project: each gate says in one sentence what is missing."""

    _inherit = "haerun.hookup.project"

    # ----------------------------------------------------------- action
    def action_hand_over(self):
        """Pass the application on to the representative of its area (R16)."""
        self.check_access("write")
        for project in self:
            project._check_gate("handed_over")
        self._hand_over()
        return True

    def action_plan_survey(self):
        """Fix the time of the survey with the units concerned (R17)."""
        self.ensure_one()
        self.check_access("write")
        self._check_gate("survey_planned")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Survey Appointment"),
            "res_model": "haerun.hookup.survey",
            "view_mode": "form",
            "views": [
                (
                    self.env.ref("haerun_customer_rep.hookup_survey_view_form_plan").id,
                    "form",
                )
            ],
            "target": "new",
            "context": {"default_project_id": self.id},
        }

    def action_open_survey(self):
        """The survey record, to fill in on site (R18)."""
        self.ensure_one()
        if not self.survey_id:
            raise UserError(
                self.env._(
                    "%s has no survey yet: fix the survey time first.",
                    self.display_name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "haerun.hookup.survey",
            "res_id": self.survey_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_withdraw(self):
        """Ask for the reason of a withdrawal."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw"),
            "res_model": "haerun.hookup.withdraw",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_project_ids": self.ids},
        }

    # ------------------------------------------------------------ gates
    def _check_gate(self, step):
        """:raise UserError: one sentence that says what is missing for ``step``."""
        self.ensure_one()
        missing = self._gate_step(step) or getattr(self, f"_gate_{step}")()
        if missing:
            raise UserError(
                self.env._(
                    "%(project)s cannot go on to “%(step)s”: %(missing)s.",
                    project=self.display_name,
                    step=self._step_name(step),
                    missing=reduce(self._and_also, missing),
                )
            )

    def _and_also(self, first, second):
        return self.env._("%(first)s; %(second)s", first=first, second=second)

    def _step_name(self, step):
        names = dict(self._fields["step"]._description_selection(self.env))
        return names.get(step) or self.env._("Plan")

    def _gate_step(self, step):
        if self.step == "withdrawn":
            return [self.env._("it was withdrawn, accept it anew")]
        if step in BEFORE and self.step not in BEFORE[step]:
            return [
                self.env._(
                    "it stands at “%s”, finish that first", self._step_name(self.step)
                )
            ]
        return []

    def _gate_handed_over(self):
        missing = []
        lacking = self._missing_materials()
        if lacking:
            missing.append(
                self.env._(
                    "these materials are still missing: %s",
                    "、".join(lacking.material_type_id.mapped("name")),
                )
            )
        if not self.area_id:
            missing.append(self.env._("no service area fits the address, choose one"))
        elif not self.responsible_id:
            missing.append(
                self.env._(
                    "service area %s has no engineering representative, let the rules "
                    "administrator name one",
                    self.area_id.display_name,
                )
            )
        return missing

    def _gate_survey_planned(self):
        if not self.owner_id:
            return [self.env._("it has no representative, hand it over first")]
        return []

    def _gate_surveyed(self):
        survey = self.survey_id
        if not survey:
            return [self.env._("no survey time is fixed")]
        return survey._missing_findings()

    def _gate_survey_signed(self):
        survey = self.survey_id
        return survey._missing_signature() if survey else [self.env._("no survey yet")]

    def _gate_plan(self):
        """No plan without the customer's signature on the survey record (R19)."""
        survey = self.survey_id
        if survey.state == "signed":
            return []
        if survey.state == "refused":
            return [
                self.env._(
                    "the customer refused to sign the survey record (%s), "
                    "survey again and have it signed",
                    survey.refusal_reason,
                )
            ]
        return [self.env._("the customer has not signed the survey record")]

    # --------------------------------------------------------- business
    def _advance(self, step):
        """Reach ``step`` now; rights and gate were checked by the caller."""
        # sudo: the step is no field that anybody writes
        self.sudo().write({"step": step})
        self._reach(step)

    def _accepted(self):
        """What follows acceptance at once: clocks, and hand-over when complete."""
        self._reach("accepted")
        self._hand_over_complete()

    def _hand_over_complete(self):
        """Hand over whatever has all it needs; the rest stays with the clerk (R16)."""
        ready = self.filtered(
            lambda p: (
                p.step == "accepted"
                and not p._missing_materials()
                and p.area_id
                and p.responsible_id
            )
        )
        ready._hand_over()
        return ready

    def _hand_over(self):
        """Give each project to the representative of its area, or to who acts."""
        projects = self.sudo()  # owner and step are set by the system alone
        for representative, group in projects.grouped("responsible_id").items():
            group._clock_resume()
            group.write({"handed_over_at": fields.Datetime.now()})
            # the clerk's clock gets its verdict while it is still the clerk's
            group._open_clocks().filtered(
                lambda c: c.limit_id.end_milestone_id.code == "handed_over"
            )._satisfy()
            group._assign(representative)
            group._advance("handed_over")
        projects._measure_handover()
        projects._ask_for_survey()

    def _measure_handover(self):
        """Note what the hand-over clock says (R16)."""
        clocks = (
            self.env["haerun.clock"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("limit_code", "=", "hookup_handover"),
                ],
                order="id",
            )
        )
        for clock in clocks:
            self.browse(clock.res_id).handover_minutes = clock.used / 60

    def _ask_for_survey(self):
        """A task for who acts: contact the units, fix the survey (R17)."""
        activity_type = self.env.ref("haerun_customer_rep.mail_activity_survey_time")
        model_id = self.env["ir.model"]._get_id(self._name)
        today = fields.Date.context_today(self)
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "res_model_id": model_id,
                    "res_id": project.id,
                    "user_id": project.acting_user_id.id,
                    "date_deadline": today,
                    "summary": activity_type.summary,
                }
                for project in self
                if project.acting_user_id
            ]
        )

    def _survey_time_fixed(self):
        """The task to fix a survey time is done."""
        activity_type = self.env.ref("haerun_customer_rep.mail_activity_survey_time")
        # sudo: the task may lie with the principal while the deputy fixes the time
        self.sudo().activity_ids.filtered(
            lambda a: a.activity_type_id == activity_type
        ).action_feedback()

    def _withdraw(self, reason):
        """The customer takes the application back; its clocks lapse, not met."""
        self.check_access("write")
        for project in self:
            if project.step == "withdrawn":
                raise UserError(
                    self.env._("%s is withdrawn already.", project.display_name)
                )
        projects = self.sudo()  # rights were checked above
        projects._clock_cancel(reason)
        projects.survey_ids.filtered(lambda s: s.state == "planned")._cancel(reason)
        projects.activity_ids.unlink()
        projects.write(
            {
                "step": "withdrawn",
                "withdrawn_at": fields.Datetime.now(),
                "withdraw_reason": reason,
            }
        )
