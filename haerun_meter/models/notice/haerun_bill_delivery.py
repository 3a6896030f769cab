from odoo import fields, models


class BillDelivery(models.Model):
    """Of a notice by SMS: the message, and how it fared."""

    _inherit = "haerun.bill.delivery"

    message_id = fields.Many2one(
        "haerun.bill.message",
        string="Message",
        index="btree_not_null",
        ondelete="restrict",
    )
    sms_state = fields.Selection(
        related="message_id.sms_state", string="Message Status"
    )
