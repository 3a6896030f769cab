from odoo import api, models


class WaterBill(models.Model):
    _inherit = "haerun.water.bill"

    @api.model
    def _paid_changed(self, bill_ids):
        """Hook: what is open of these bills has changed (list of ids).

        Called in the transaction that moved the money, also when it was undone.
        """
