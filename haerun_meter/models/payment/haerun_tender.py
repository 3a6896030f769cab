from odoo import fields, models

KINDS = [
    ("cash", "Cash"),
    ("cheque", "Cheque"),
    ("card", "Bank card"),
    ("code", "WeChat, Alipay"),
    ("bank", "Bank file"),
]


class Tender(models.Model):
    """收款方式: by what money comes in, and how a day's takings of it are counted."""

    _name = "haerun.tender"
    _description = "Way of Paying"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True)
    hotkey = fields.Char(help="Key by which the counter chooses it.")
    needs_reference = fields.Boolean(
        help="Number of the cheque, of the slip or of the order."
    )
    by_system = fields.Boolean(
        string="Sent by Systems", help="Payment systems may send payments of it."
    )
    at_counter = fields.Boolean(default=True, help="Offered at the counter.")

    _code_uniq = models.UniqueIndex(
        "(code)", "Another way of paying has this code: choose a different one."
    )
