from odoo import fields, models


class Reassign(models.TransientModel):
    _inherit = "haerun.reassign"

    check_ids = fields.Many2many("haerun.site.check", string="Site Checks")

    def _matters(self):
        return [*super()._matters(), self.check_ids]
