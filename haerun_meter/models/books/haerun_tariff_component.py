from odoo import fields, models


class TariffComponent(models.Model):
    """Where in the books a component's charge goes, and which VAT lies in it."""

    _inherit = "haerun.tariff.component"

    account_id = fields.Many2one(
        "account.account",
        string="Account in the Books",
        ondelete="restrict",
        help="Revenue, or what is owed to the body for which it is collected.",
    )
    vat_rate = fields.Float(
        string="VAT in the Price (%)",
        digits=(5, 2),
        help="Water by the simplified method: 3 % of the price without it.",
    )
    books_confirmed = fields.Boolean(
        string="Account Confirmed",
        help="False: account and rate are to be confirmed by Accounting.",
    )

    _vat_rate_sound = models.Constraint(
        "CHECK (vat_rate >= 0 AND vat_rate < 100)", "A VAT rate is 0 to 100 per cent."
    )
