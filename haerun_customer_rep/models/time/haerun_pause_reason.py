from odoo import fields, models

HOLDERS = [
    ("company", "Company"),
    ("customer", "Customer"),
    ("design", "Design unit"),
    ("construction", "Construction unit"),
    ("permit", "Permit office"),
]


class HaerunPauseReason(models.Model):
    """Why a clock may stand still, and to whom that time is charged."""

    _name = "haerun.pause.reason"
    _description = "Pause Reason"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    holder = fields.Selection(
        HOLDERS,
        string="Charged to",
        required=True,
        default="customer",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "A pause reason with this code exists already."
    )
