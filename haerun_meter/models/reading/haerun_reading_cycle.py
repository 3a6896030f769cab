from odoo import fields, models


class ReadingCycle(models.Model):
    """抄表周期: every how many months, and in which of them (R55)."""

    _name = "haerun.reading.cycle"
    _description = "Reading Cycle"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    months = fields.Integer(string="Every … Months", required=True, default=1)
    first_month = fields.Integer(
        string="Beginning With Month",
        required=True,
        default=1,
        help="1 for a cycle of two months: January, March, May …",
    )
    active = fields.Boolean(default=True)

    _months_sane = models.Constraint(
        "CHECK (months IN (1, 2, 3, 4, 6, 12) AND first_month BETWEEN 1 AND 12)",
        "A cycle has 1, 2, 3, 4, 6 or 12 months and begins in a month from 1 to 12.",
    )

    def _due_in(self, period):
        """Those of these cycles that are read in ``period`` (such as 202611)."""
        month = period % 100
        return self.filtered(
            lambda cycle: (month - cycle.first_month) % cycle.months == 0
        )
