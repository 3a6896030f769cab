from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountabilityUnit(models.Model):
    """责任单位: a unit that a case concerns (R112, R118)."""

    _name = "haerun.accountability.unit"
    _inherit = ["haerun.accountability.part"]
    _description = "Unit an Accountability Case Concerns"
    _rec_name = "unit_id"
    _order = "id"

    unit_id = fields.Many2one(
        "hr.department", string="Unit", required=True, index=True, ondelete="restrict"
    )
    note = fields.Char(string="Why")

    _once = models.Constraint(
        "UNIQUE (case_id, unit_id)", "This unit is on the case already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            lines.case_id._check_working("received", "investigating", "opinion")
        lines.sudo().case_id._settle_secrecy()
        return lines

    def write(self, vals):
        self.case_id._check_working("received", "investigating", "opinion")
        if not {"note"}.issuperset(vals):
            raise UserError(
                self.env._("Take the unit off the case and put another one on.")
            )
        return super().write(vals)

    def unlink(self):
        cases = self.case_id
        cases._check_working("received", "investigating", "opinion")
        result = super().unlink()
        cases.sudo()._settle_secrecy()
        return result
