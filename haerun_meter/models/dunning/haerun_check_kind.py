from odoo import fields, models


class CheckKind(models.Model):
    """Some checks put the bill itself in question."""

    _inherit = "haerun.check.kind"

    stops_dunning = fields.Boolean(
        help="While such a check is open the customer is not dunned by message, and "
        "his water is never stopped.",
    )
