from odoo import api, models


class WaterBill(models.Model):
    """Payment cancels what is pending for the customer, in the same transaction."""

    _inherit = "haerun.water.bill"

    @api.model
    def _paid_changed(self, bill_ids):
        """Dunnings close or go down, messages and proposals are withdrawn (R64)."""
        result = super()._paid_changed(bill_ids)
        self.env["haerun.dunning"]._money_moved(bill_ids)
        return result
