from odoo import fields, models


class Channel(models.Model):
    """Where a matter came in: window, official account, website, phone … (R15)."""

    _name = "haerun.channel"
    _description = "Channel"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Name used by imports and other systems.")
    kind = fields.Selection(
        [("window", "Window"), ("online", "Online"), ("phone", "Phone")],
        required=True,
        default="window",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "A channel has this code already.")
