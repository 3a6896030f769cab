from odoo import fields, models


class HaerunSubrole(models.Model):
    _name = "haerun.subrole"
    _description = "Sub-role of a Representative"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(
        required=True,
        help="Technical name that rules refer to.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()

    _code_uniq = models.Constraint(
        "unique(code)", "Another sub-role has this code already: choose another one."
    )
