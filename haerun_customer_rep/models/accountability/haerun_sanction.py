from odoo import fields, models


class Sanction(models.Model):
    """责任追究种类: a kind of sanction and what follows from it (R113).

    Figures are published practice, to be confirmed by CSD.
    """

    _name = "haerun.sanction"
    _inherit = ["haerun.versioned.mixin"]
    _description = "Sanction"
    _order = "degree, version desc"
    _haerun_used_by = ("haerun.accountability.person", "sanction_id")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    degree = fields.Integer(required=True, aggregator=None, help="1 is the lightest.")
    active = fields.Boolean(default=True)
    months = fields.Integer(
        string="Months of Effect",
        aggregator=None,
        help="How long it counts in assessment.",
    )
    has_period = fields.Boolean(
        string="Runs for a Period",
        help="It ends on a day of its own, which is put on record.",
    )
    next_tier = fields.Boolean(
        string="Needs the Next Tier", help="The company's head approves it as well."
    )
    points = fields.Float(string="Points Deducted", aggregator=None)
    amount = fields.Float(string="Bonus Deducted (yuan)", aggregator=None)
    text = fields.Text(string="What It Means", translate=True)

    _months_positive = models.Constraint(
        "CHECK (months >= 0 AND points >= 0 AND amount >= 0)",
        "Give figures of zero or more.",
    )
