from odoo import fields, models


class CashHanding(models.TransientModel):
    """The cashier signs for money, slips and sheet (R81)."""

    _name = "haerun.cash.handing"
    _inherit = ["haerun.window.mixin"]
    _description = "Hand a Session Over"

    session_id = fields.Many2one("haerun.cash.session", required=True)
    totals = fields.Json(related="session_id.totals")
    cashier_name = fields.Char(related="session_id.cashier_id.name")
    signature = fields.Binary()

    def action_confirm(self):
        """Hand it over; from now on the accountant has it."""
        self.ensure_one()
        self.session_id._hand_over(self.signature)
        return {"type": "ir.actions.act_window_close"}
