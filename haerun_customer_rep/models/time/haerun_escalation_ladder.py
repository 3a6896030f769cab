from odoo import fields, models


class HaerunEscalationLadder(models.Model):
    """What happens, step by step, as a limit runs out."""

    _name = "haerun.escalation.ladder"
    _inherit = ["haerun.versioned.mixin"]
    _description = "Escalation Ladder"
    _order = "sequence, id"
    _haerun_used_by = ("haerun.clock", "ladder_id")

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    level_ids = fields.One2many(
        "haerun.escalation.level",
        "ladder_id",
        string="Levels",
        copy=True,
    )
