from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.context import without_defaults


class MaterialNotice(models.Model):
    """The one-time notice 一次性告知书: all that is missing, told once (R15).

    Made by the project, its list frozen; never changed.
    """

    _name = "haerun.material.notice"
    _inherit = ["haerun.hookup.part"]
    _description = "One-Time Notice"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(required=True, readonly=True)
    project_id = fields.Many2one(
        "haerun.hookup.project",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    given_at = fields.Datetime(string="Given At", required=True, readonly=True)
    given_by_id = fields.Many2one("res.users", required=True, readonly=True)
    applicant_name = fields.Char(required=True, readonly=True)
    address = fields.Char(required=True, readonly=True)
    service_name = fields.Char(required=True, readonly=True)
    company_name = fields.Char(required=True, readonly=True)
    line_ids = fields.One2many("haerun.material.notice.line", "notice_id")

    _project_uniq = models.UniqueIndex(
        "(project_id)", "What is missing is told once: this project has its notice."
    )

    @api.model
    def _give(self, project, missing):
        """Freeze the list of ``missing`` lines of the checklist, now."""
        return self.create(
            {
                "number": f"{project.number}-G",
                "project_id": project.id,
                "given_at": fields.Datetime.now(),
                "given_by_id": self.env.uid,
                "company_name": self.env.company.name,
                "applicant_name": project.applicant_name,
                "address": project.address,
                "service_name": project.service_type_id.name,
                "line_ids": [
                    Command.create(
                        {
                            "name": line.material_type_id.name,
                            "note": line.material_type_id.note,
                            "remark": line.remark,
                        }
                    )
                    for line in missing
                ],
            }
        )

    @api.model_create_multi
    def create(self, vals_list):
        return super(MaterialNotice, without_defaults(self)).create(vals_list)

    def write(self, vals):
        raise UserError(self.env._("A one-time notice that was given stays as it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A one-time notice that was given stays."))

    def _sheets(self, size: int = 18) -> list:
        """The lines cut into printed sheets (wkhtmltopdf repeats no heading)."""
        self.ensure_one()
        lines = self.line_ids
        return [lines[i : i + size] for i in range(0, len(lines) or 1, size)]
