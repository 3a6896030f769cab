from odoo import fields, models

RESULTS = [
    ("accept", "Reading counts"),
    ("reject", "Read anew"),
    ("correct", "Correct the reading"),
]


class CheckFinding(models.Model):
    """落实结论代码: what was found on site, and what follows from it (R73, R76).

    Some put the customer under a duty: they carry what a rectification notice
    demands, by which law, and within how many days. Seed data, to be confirmed by CSD.
    """

    _name = "haerun.check.finding"
    _description = "Finding on Site"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    recommend = fields.Selection(
        RESULTS, help="What it usually means for the reading that was doubted."
    )
    wants_notice = fields.Boolean(
        string="Customer Rectifies",
        help="Concluded only once it was rectified or handed to the authority.",
    )
    demand = fields.Text(help="What the notice asks the customer to do.")
    rectify_days = fields.Integer(
        string="Days to Rectify", default=7, help="Calendar days from the notice."
    )
    legal_basis = fields.Char()
    confirmed = fields.Boolean(string="Confirmed by CSD")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "This code is taken: choose another.")
    _days_positive = models.Constraint(
        "CHECK (rectify_days > 0)", "Give the customer at least one day."
    )
