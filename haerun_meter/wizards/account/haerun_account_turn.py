from odoo import fields, models

from ...models.account.haerun_account_change import KINDS


class AccountTurn(models.TransientModel):
    """From when, and why, an account is suspended, restarted or closed."""

    _name = "haerun.account.turn"
    _inherit = ["haerun.window.mixin"]
    _description = "Suspend, Restart or Close"

    account_ids = fields.Many2many("haerun.water.account", required=True)
    kind = fields.Selection(KINDS, required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Do it; one sentence says what stands in the way."""
        self.ensure_one()
        self.account_ids._turn(self.kind, self.date, self.reason)
        return {"type": "ir.actions.act_window_close"}
