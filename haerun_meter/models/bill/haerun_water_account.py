from odoo import models


class WaterAccount(models.Model):
    """An account's bills."""

    _inherit = "haerun.water.account"

    def action_bills(self):
        """Open the bills of these accounts."""
        self.env["haerun.water.bill"].check_access("read")
        self.check_access("read")
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "haerun_meter.water_bill_action"
            ),
            "domain": [("account_id", "in", self.ids)],
            "context": {},
        }
