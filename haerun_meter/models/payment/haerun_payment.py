from odoo import fields, models

KINDS = [
    ("payment", "Money taken"),
    ("refund", "Refund"),
    ("reversal", "Cancelled payment"),
    ("credit", "Credit"),
    ("transfer", "Transfer"),
]


class Payment(models.Model):
    """收款: money that came in for an account, or went back; never changed (R78).

    What was not allocated to bills is prepayment (预存): a top-up (充值) is a payment
    without bills. A wrong one is cancelled by another with the opposite amount.
    """

    _name = "haerun.payment"
    _description = "Payment"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin"]
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "reference", "account_id"]
    _log_access = False

    number = fields.Char(string="Receipt Number", required=True)
    uuid = fields.Char(
        required=True, help="Given by who sends it: sent twice, kept once."
    )
    account_id = fields.Many2one(
        "haerun.water.account", string="Account", required=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, required=True, default="payment")
    tender_id = fields.Many2one("haerun.tender", ondelete="restrict")
    amount = fields.Float(
        string="Amount (yuan)",
        digits=(16, 2),
        required=True,
        help="Negative: went back to the customer.",
    )
    unallocated = fields.Float(
        string="Prepaid (yuan)", digits=(16, 2), help="Amount less its allocations."
    )
    reference = fields.Char(help="Number of the cheque, slip or order.")
    paid_at = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", string="By", required=True)
    session_id = fields.Many2one(
        "haerun.cash.session",
        string="Cash Session",
        index="btree_not_null",
        ondelete="restrict",
    )
    posting_id = fields.Many2one(
        "haerun.posting", required=True, index=True, ondelete="restrict"
    )
    reverses_id = fields.Many2one(
        "haerun.payment", index="btree_not_null", ondelete="restrict"
    )
    reason = fields.Char(help="Why it was cancelled or refunded.")
    invoice_no = fields.Char(string="Invoice Number")
    allocation_ids = fields.One2many(
        "haerun.allocation", "payment_id", string="Allocations"
    )
    reversal_ids = fields.One2many(
        "haerun.payment", "reverses_id", string="Cancelled By"
    )
    invoice_ids = fields.One2many(
        "haerun.invoice.record", "payment_id", string="Invoices"
    )

    _uuid_uniq = models.UniqueIndex("(uuid)")
    _number_uniq = models.UniqueIndex("(number)")
    _reversed_once = models.UniqueIndex("(reverses_id) WHERE reverses_id IS NOT NULL")
    _account_idx = models.Index("(account_id, id DESC)")
    _reference_idx = models.Index("(reference) WHERE reference IS NOT NULL")
    _page_idx = models.Index("(unit_id, id DESC)")
    _prepaid_idx = models.Index("(account_id, id) WHERE unallocated <> 0")
