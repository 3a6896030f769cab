from odoo import fields, models


class CashCountingSlip(models.TransientModel):
    """A cheque or slip that ought to lie in the folder."""

    _name = "haerun.cash.counting.slip"
    _inherit = ["haerun.window.mixin"]
    _description = "Slip of a Count"

    counting_id = fields.Many2one(
        "haerun.cash.counting", required=True, index=True, ondelete="cascade"
    )
    payment_id = fields.Many2one("haerun.payment", required=True, readonly=True)
    tender_id = fields.Many2one(related="payment_id.tender_id")
    number = fields.Char(related="payment_id.number")
    reference = fields.Char(related="payment_id.reference")
    account_id = fields.Many2one(related="payment_id.account_id")
    amount = fields.Float(related="payment_id.amount")
    seen = fields.Boolean(string="Found")
