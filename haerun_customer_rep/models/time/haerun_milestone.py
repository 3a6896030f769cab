from odoo import fields, models


class HaerunMilestone(models.Model):
    """A named event that a limit may begin or end at (DESIGN, The heart).

    Each supervised model ships its own; the code reaches them through
    ``_reach(code)`` of ``haerun.supervised.mixin``.
    """

    _name = "haerun.milestone"
    _description = "Milestone"
    _order = "model, sequence, id"

    name = fields.Char(required=True)
    model = fields.Char(required=True, index=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)

    _code_uniq = models.Constraint(
        "UNIQUE (model, code)", "This model already has a milestone with this code."
    )
