from odoo import models


class HookupProject(models.Model):
    _name = "haerun.hookup.project"
    _inherit = ["haerun.hookup.project", "haerun.accountability.source"]

    def _accountability_values(self):
        self.ensure_one()
        project = self.sudo()  # who holds it, its reader may know
        return {
            "name": project.display_name,
            "kind": "complaint",
            "complainant": project.applicant_name,
            **self._accountability_holders(
                project.owner_user_id | project.acting_user_id, project.unit_id
            ),
        }
