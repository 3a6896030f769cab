from odoo import fields, models


class DunningClosing(models.TransientModel):
    """Why nobody goes on collecting from these customers."""

    _name = "haerun.dunning.closing"
    _inherit = ["haerun.window.mixin"]
    _description = "Written in Vain"

    dunning_ids = fields.Many2many("haerun.dunning", required=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Close them; what is owed stays owed."""
        self.ensure_one()
        self.dunning_ids._give_up(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
