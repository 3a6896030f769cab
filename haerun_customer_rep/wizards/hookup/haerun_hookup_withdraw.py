from odoo import fields, models


class HookupWithdraw(models.TransientModel):
    """Why applications are withdrawn."""

    _name = "haerun.hookup.withdraw"
    _description = "Withdrawal"

    project_ids = fields.Many2many(
        "haerun.hookup.project", string="Projects", required=True
    )
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Withdraw; the projects check whether one may."""
        self.ensure_one()
        self.project_ids._withdraw(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
