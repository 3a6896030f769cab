from odoo import models


class WaterAccount(models.Model):
    _inherit = "haerun.water.account"

    def action_quote(self):
        """Open the calculator for this account."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Calculator"),
            "res_model": "haerun.tariff.quote",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_account_id": self.id},
        }
