from odoo import fields, models


class Reassign(models.TransientModel):
    _inherit = "haerun.reassign"

    dunning_ids = fields.Many2many("haerun.dunning", string="Dunnings")

    def _matters(self):
        return [*super()._matters(), self.dunning_ids]
