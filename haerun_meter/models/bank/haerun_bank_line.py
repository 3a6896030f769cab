from odoo import fields, models


class BankLine(models.Model):
    """What a bank was asked to withhold of one account, and what came of it."""

    _name = "haerun.bank.line"
    _description = "Line of a Withholding Batch"
    _inherit = ["haerun.evidence.mixin"]
    _order = "batch_id desc, id"
    _rec_name = "line_no"
    _log_access = False

    batch_id = fields.Many2one(
        "haerun.bank.batch", required=True, index=True, ondelete="restrict"
    )
    line_no = fields.Char(string="Line Reference", required=True)
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    agreement_id = fields.Many2one(
        "haerun.bank.agreement",
        string="Withholding Agreement",
        required=True,
        ondelete="restrict",
    )
    amount = fields.Float(string="Amount (yuan)", digits=(16, 2), required=True)
    state = fields.Selection(
        [("sent", "Sent"), ("paid", "Withheld"), ("failed", "Failed")],
        required=True,
        default="sent",
    )
    reason = fields.Char(help="Why the bank did not withhold it.")
    bank_ref = fields.Char(string="Bank's Reference")
    payment_id = fields.Many2one(
        "haerun.payment", index="btree_not_null", ondelete="restrict"
    )
    result_id = fields.Many2one(
        "haerun.bank.result", index="btree_not_null", ondelete="restrict"
    )

    _line_uniq = models.UniqueIndex("(batch_id, line_no)")
    _sent_idx = models.Index("(account_id) WHERE state = 'sent'")
