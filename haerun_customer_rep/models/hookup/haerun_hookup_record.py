from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.window import open_form

PROJECT = "haerun.hookup.project"


class HookupRecord(models.AbstractModel):
    """A record made on a project's way: plan, survey, inspection, water-on.

    It knows its project and who holds that; what its buttons set, nobody writes.
    """

    _name = "haerun.hookup.record"
    _inherit = ["haerun.hookup.part"]
    _description = "Record of a Hookup Project"

    project_id = fields.Many2one(
        PROJECT,
        string="Project",
        required=True,
        index=True,
        ondelete="restrict",
    )
    applicant_name = fields.Char(related="project_id.applicant_name")
    address = fields.Char(related="project_id.address")
    # of the project, stored for lists, appointments and rules
    acting_user_id = fields.Many2one(
        related="project_id.acting_user_id", store=True, index=True
    )
    owner_user_id = fields.Many2one(related="project_id.owner_user_id", store=True)
    unit_id = fields.Many2one(related="project_id.unit_id", store=True, index=True)

    def action_open_project(self):
        """Back to the project."""
        self.ensure_one()
        self.check_access("read")
        return open_form(PROJECT, self.project_id.id)

    def _check_protected(self, vals, protected):
        """:raise UserError: when ``vals`` hold a field that the system alone sets"""
        touched = sorted(protected.intersection(vals))
        if touched and not self.env.su:
            raise UserError(
                self.env._(
                    "%(field)s of %(record)s is set by its buttons: use them.",
                    field=self._fields[touched[0]]._description_string(self.env),
                    record=self[:1].display_name or self._description,
                )
            )
