from odoo import fields, models


class SuspensionAsking(models.TransientModel):
    """Why the water of a customer should be stopped."""

    _name = "haerun.suspension.asking"
    _inherit = ["haerun.window.mixin"]
    _description = "Propose to Stop the Water"

    dunning_id = fields.Many2one("haerun.dunning", required=True)
    customer = fields.Char(related="dunning_id.customer")
    amount = fields.Float(related="dunning_id.amount")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Propose it."""
        self.ensure_one()
        proposals = self.env["haerun.suspension.proposal"]
        proposal = proposals._propose(self.dunning_id, self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": proposal._name,
            "res_id": proposal.id,
            "views": [(False, "form")],
        }
