from odoo import fields, models


class CashDeciding(models.TransientModel):
    """Why sessions go back to their cashiers."""

    _name = "haerun.cash.deciding"
    _inherit = ["haerun.window.mixin"]
    _description = "Send Sessions Back"

    session_ids = fields.Many2many("haerun.cash.session", required=True)
    kind = fields.Selection(
        [("refuse", "Difference sent back"), ("return", "Returned by the accountant")],
        required=True,
    )
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Send them back; the session asks whether one may."""
        self.ensure_one()
        if self.kind == "refuse":
            self.session_ids._refuse(self.reason)
        else:
            self.session_ids._return(self.reason)
        return {"type": "ir.actions.act_window_close"}
