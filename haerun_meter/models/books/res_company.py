from odoo import fields, models


class ResCompany(models.Model):
    """Accounts of the sub-ledger's summary entries (DESIGN, Money)."""

    _inherit = "res.company"

    haerun_receivable_id = fields.Many2one(
        "account.account",
        string="Receivable of Water Charges",
        domain=[("account_type", "=", "asset_receivable")],
        help="Used by the water bills' summary entries alone.",
    )
    haerun_prepaid_id = fields.Many2one(
        "account.account",
        string="Prepaid Water Charges",
        help="What customers have paid ahead; used by the summary entries alone.",
    )
    haerun_vat_id = fields.Many2one("account.account", string="VAT of Water Charges")
    haerun_other_income_id = fields.Many2one(
        "account.account",
        string="Income without a Component",
        help="Late fees, and whatever a bill line has no price component for.",
    )
    haerun_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of Water Charges",
        domain=[("type", "=", "general")],
    )
