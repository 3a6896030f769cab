from odoo import models

#: what a session tells of its payments
TOLD = ("payment_ids", "totals", "taken", "receipts")


class Payment(models.Model):
    """Payments are written by SQL: the session forgets what it had of them."""

    _inherit = "haerun.payment"

    def _insert(self, rows, posting, session=None):
        ids = super()._insert(rows, posting, session)
        sessions = self.env["haerun.cash.session"]
        taken = [name for name in sessions._fields if name.startswith("taken_")]
        sessions.invalidate_model([*TOLD, *taken])
        return ids
