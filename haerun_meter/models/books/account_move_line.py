from odoo import models

#: what an entry says; reconciling touches none of it
SAID = frozenset(
    {
        "account_id",
        "partner_id",
        "debit",
        "credit",
        "balance",
        "amount_currency",
        "date",
        "move_id",
        "name",
    }
)


class AccountMoveLine(models.Model):
    """Odoo lets accounts of posted lines be changed; a summary's stay as they are."""

    _inherit = "account.move.line"

    def write(self, vals):
        if SAID & vals.keys():
            posted = self.filtered(lambda line: line.parent_state == "posted")
            posted.move_id._haerun_check_summary()
        return super().write(vals)
