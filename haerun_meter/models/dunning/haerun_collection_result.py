from odoo import fields, models

DISPUTES = [("opens", "Disputes the bill"), ("settles", "The dispute is settled")]


class CollectionResult(models.Model):
    """催收结果: what came of a contact, and what follows from it.

    Seed data, to be confirmed by CSD.
    """

    _name = "haerun.collection.result"
    _description = "Result of a Contact"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    reached = fields.Boolean(
        string="Customer Reached",
        help="Counts as a dunning: only those allow a proposal to stop the water.",
    )
    promises = fields.Boolean(
        string="Promises to Pay", help="The day is asked, and the sum."
    )
    dispute = fields.Selection(
        DISPUTES,
        help="While a dispute is not settled nobody's water is stopped.",
    )
    next_days = fields.Integer(
        string="Contact Again After",
        default=3,
        help="Calendar days, when the contact says nothing else.",
    )
    confirmed = fields.Boolean(string="Confirmed by CSD")

    _code_uniq = models.UniqueIndex("(code)", "This code is taken: choose another.")
    _days_positive = models.Constraint(
        "CHECK (next_days > 0)", "Contact again after one day at least."
    )
