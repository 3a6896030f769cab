from odoo import api, fields, models

from .haerun_service_version import UNITS


class ServiceStep(models.Model):
    """A step that one version of a service type goes through (R1)."""

    _name = "haerun.service.step"
    _description = "Step of a Service Type"
    _order = "sequence, id"

    version_id = fields.Many2one(
        "haerun.service.version", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(required=True)
    amount = fields.Float(string="Time allowed")
    unit = fields.Selection(UNITS, required=True, default="work_day")
    sequence = fields.Integer(default=10)

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.version_id._check_unused()
        return steps

    def write(self, vals):
        self.version_id._check_unused()
        return super().write(vals)

    def unlink(self):
        self.version_id._check_unused()
        return super().unlink()
