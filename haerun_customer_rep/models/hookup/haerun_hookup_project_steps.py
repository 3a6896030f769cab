from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import hookup_route
from ...tools.sentence import joined
from ...tools.state import choices

#: steps that are reached not only from the one before them on the route
BEFORE = {
    "survey_planned": {"handed_over", "survey_planned", "surveyed", "survey_signed"},
    "surveyed": {"survey_planned", "surveyed"},
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

    # ------------------------------------------------------------ gates
    def _check_gate(self, step):
        """May the present user let this project reach ``step`` now?

        What a step asks for is said by ``_gate_<step>``: a list of sentences without
        a full stop, empty when all is there. It is asked wherever the project stands.

        :raise AccessError: when his post's unit level does not act on it (R4)
        :raise UserError: one sentence that says what is missing
        """
        self.ensure_one()
        self._check_level(step)
        missing = self._gate_open() or [
            *self._gate_order(step),
            *getattr(self, f"_gate_{step}")(),
            *self._gate_next_holder(step),
        ]
        self._refuse_step(step, missing)

    def _refuse_step(self, step, missing):
        """:raise UserError: when anything is ``missing``, as parts of a sentence"""
        if missing:
            raise UserError(
                self.env._(
                    "%(project)s cannot go on to “%(step)s”: %(missing)s.",
                    project=self.display_name,
                    step=self._step_name(step),
                    missing=joined(self.env, missing),
                )
            )

    def _step_name(self, step):
        return choices(self, "step")[step]

    def _gate_open(self):
        """Neither an ended nor a suspended project goes on."""
        if self.step in hookup_route.ENDED:
            return [
                self.env._(
                    "it has ended as “%s”, have it reopened or accept it anew",
                    self._step_name(self.step),
                )
            ]
        if self.suspended_at:
            return [
                self.env._(
                    "it is suspended (%s), resume it first",
                    self.suspend_reason_id.sudo().name,
                )
            ]
        return []

    def _gate_order(self, step):
        """A step follows the one before it on this project's route."""
        if self.step in BEFORE.get(step, ()) or self._next_code() == step:
            return []
        return [
            self.env._(
                "it stands at “%s”, finish that first", self._step_name(self.step)
            )
        ]

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

    def _gate_plan_submitted(self):
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

    def _stand_at(self, step):
        """Fall back to ``step`` without reaching it anew: its clocks run on."""
        # sudo: the step is no field that anybody writes
        self.sudo().write({"step": step})
        self._sync_holdings()

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
        projects._clock_resume()
        projects.write({"handed_over_at": fields.Datetime.now()})
        projects._advance("handed_over")
        projects._measure_handover()
        projects._ask_for("mail_activity_survey_time")

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

    def _ask_for(self, activity):
        """A task for who acts, today.

        :param activity: XML id of its activity type, without the module
        """
        activity_type = self.env.ref(f"haerun_customer_rep.{activity}")
        model_id = self.env["ir.model"]._get_id(self._name)
        today = fields.Date.context_today(self)
        # sudo: the task is given by the system, to whoever acts
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "res_model_id": model_id,
                    "res_id": project.id,
                    "user_id": project.acting_user_id.id,
                    "date_deadline": today,
                    "summary": activity_type.summary,
                }
                for project in self.sudo()
                if project.acting_user_id
            ]
        )

    def _asked_is_done(self, activity):
        """The task that :meth:`_ask_for` gave is done."""
        activity_type = self.env.ref(f"haerun_customer_rep.{activity}")
        # sudo: the task may lie with the principal while the deputy does it
        self.sudo().activity_ids.filtered(
            lambda a: a.activity_type_id == activity_type
        ).action_feedback()

    def _is_working_time(self, at) -> bool:
        """Whether ``at`` (naive UTC) lies in a shift of the project's unit."""
        calendar = self.sudo().unit_id._haerun_calendar()
        worktime = self.env["haerun.workday"]._worktime(calendar)
        return bool(worktime.between(at, fields.Datetime.add(at, minutes=1), "work"))
