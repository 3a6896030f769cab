from odoo import fields, models


class InvoiceRecord(models.Model):
    """发票登记: which invoice was given for a payment, by whom; written once (R79)."""

    _name = "haerun.invoice.record"
    _description = "Invoice of a Payment"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"
    _rec_name = "invoice_no"

    payment_id = fields.Many2one(
        "haerun.payment",
        required=True,
        index=True,
        ondelete="restrict",
        string="Payment",
    )
    invoice_no = fields.Char(string="Invoice Number", required=True)
    recorded_at = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="By", required=True)

    _payment_once = models.UniqueIndex(
        "(payment_id)", "This payment has its invoice already."
    )
    _number_once = models.UniqueIndex(
        "(invoice_no)", "This invoice number was given for another payment already."
    )
