from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.window import open_form

PROJECT = "haerun.hookup.project"


class HookupPaper(models.AbstractModel):
    """Part of a project's file: what its buttons set, nobody writes; it stays."""

    _name = "haerun.hookup.paper"
    _inherit = ["haerun.hookup.part", "haerun.protected.mixin"]
    _description = "Part of a Hookup Project's File"

    project_id = fields.Many2one(
        PROJECT,
        string="Project",
        required=True,
        index=True,
        ondelete="restrict",
    )
    applicant_name = fields.Char(related="project_id.applicant_name")
    address = fields.Char(related="project_id.address")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is part of the project's file and stays.", self[:1].display_name
            )
        )

    def action_open_project(self):
        """Back to the project."""
        self.ensure_one()
        self.check_access("read")
        return open_form(PROJECT, self.project_id.id)


class HookupRecord(models.AbstractModel):
    """A record made on a project's way: plan, survey, inspection, water-on.

    It knows who holds its project.
    """

    _name = "haerun.hookup.record"
    _inherit = ["haerun.hookup.paper"]
    _description = "Record of a Hookup Project"

    # of the project, stored for lists, appointments and rules
    acting_user_id = fields.Many2one(
        related="project_id.acting_user_id", store=True, index=True
    )
    owner_user_id = fields.Many2one(related="project_id.owner_user_id", store=True)
    unit_id = fields.Many2one(related="project_id.unit_id", store=True, index=True)
