from odoo import api, models
from odoo.fields import Command

from .haerun_hookup_plan import CONTENT


class HookupPlan(models.Model):
    """Versions of a plan: what each begins with, what it lacks, who wrote it."""

    _inherit = "haerun.hookup.plan"

    # ----------------------------------------------------------- action
    def action_revise(self):
        """Open a new version in place of one that was returned or superseded."""
        self.ensure_one()
        self.check_access("write")
        return self._revise()._open()

    # --------------------------------------------------------- business
    def _revise(self):
        """A new version with the content of this one.

        :return: the new draft
        :raise UserError: when this one still stands or the project is not there
        """
        self.ensure_one()
        self.project_id._check_may_compile()
        old = self.sudo()  # what a version follows is set by the system alone
        plan = old.create(
            {
                **{name: old[name] for name in CONTENT if not name.endswith("_ids")},
                "project_id": old.project_id.id,
                "version": max(old.project_id.plan_ids.mapped("version")) + 1,
                "replaces_id": old.id,
                "survey_id": old.project_id.survey_id.id,
                "compiler_ids": [Command.set(old.compiler_ids.ids)],
                "attachment_ids": [
                    Command.link(file.copy({"res_id": 0}).id)
                    for file in old.attachment_ids
                ],
            }
        )
        plan._note_compiler()
        plan._own_files()
        return plan.with_env(self.env)

    @api.model
    def _values_from(self, project):
        """What project and signed survey say already; the engineer goes on from it."""
        survey = project.survey_id
        return {
            "survey_id": survey.id,
            "version": max(project.plan_ids.mapped("version"), default=0) + 1,
            "diameter": project.diameter,
            "meter_diameter": project.diameter,
            "outside_line": survey.outside_line,
            "existing_main": survey.existing_pipe,
            "connection_point": survey.place,
            "meter_place": survey.meter_place,
            "pressure": survey.pressure,
        }

    def _missing_content(self):
        """What the plan lacks before it can be approved: sentences without a stop."""
        self.ensure_one()
        asked = [
            ("supply_mode", self.supply_mode),
            ("connection_point", self.connection_point),
            ("existing_main", self.existing_main),
            ("pipe_material", self.pipe_material),
            ("diameter", self.diameter),
            ("outside_line", self.outside_line),
            (
                "outside_length",
                self.outside_length or self.outside_line in ("none", False),
            ),
            ("pressure", self.pressure),
            ("meter_diameter", self.meter_diameter),
            ("meter_kind", self.meter_kind),
            ("meter_count", self.meter_count),
            ("backflow", self.backflow),
            ("fire_water", self.fire_water),
            (
                "attachment_ids",
                self.attachment_ids or self.outside_line != "needed",
            ),
        ]
        names = [
            self._fields[name]._description_string(self.env)
            for name, given in asked
            if not given
        ]
        if not names:
            return []
        return [self.env._("the plan does not say yet: %s", "、".join(names))]

    def _note_compiler(self):
        """The user, and whom he stands in for, have written on this plan."""
        self.ensure_one()
        if self.env.user._is_superuser():
            return
        users = self.env.user | self.project_id._on_behalf()
        # sudo: who compiled is noted by the system alone
        plan = self.sudo()
        if users - plan.compiler_ids:
            plan.compiler_ids |= users
