from odoo import fields, models
from odoo.tools import SQL

BASES = [
    ("average", "Average of the last months"),
    ("last_year", "Same period last year"),
    ("previous", "Previous period"),
    ("area_class", "Average of area and class of use"),
    ("maximum", "What the diameter can pass"),
    ("hand", "Figure of an auditor"),
]
PARTIES = [
    ("company", "Company"),
    ("customer", "Customer"),
    ("none", "Nobody"),
]


class EstimateMethod(models.Model):
    """估抄办法: by what a point that was not read is estimated (RULES, estimation).

    The first method in order that fits the cause and has figures to go by counts.
    Never silently: an estimate names its method and demands a catch-up reading.
    """

    _name = "haerun.estimate.method"
    _description = "Way of Estimating"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    basis = fields.Selection(BASES, required=True, tracking=True)
    months = fields.Integer(default=3, tracking=True, help="Of an average: 3, 6 or 12.")
    exception_ids = fields.Many2many(
        "haerun.reading.exception",
        string="Causes",
        help="Only when one of these kept the reader; empty: whatever did.",
    )
    responsible = fields.Selection(PARTIES, default="none", required=True)
    streak_from = fields.Integer(
        default=1, help="From the so-manieth estimate in a row.", tracking=True
    )
    multiplier = fields.Float(digits=(6, 2), default=1, required=True, tracking=True)
    clause = fields.Char(string="Legal Basis")
    active = fields.Boolean(default=True, tracking=True)

    _figures_sane = models.Constraint(
        "CHECK (months BETWEEN 1 AND 24 AND streak_from >= 1 AND multiplier > 0)",
        "Months lie between 1 and 24, the rest above zero.",
    )

    def _choice(self):
        """SQL: ``(daily, method id)`` of the first of these methods that fits.

        Over the columns of the estimating statement: ``exception_id``, ``streak``,
        ``average_<months>``, ``last_year``, ``previous``, ``area_class``, ``q3``.
        """
        arms = []
        for method in self:
            daily = SQL("(%s) * %s", method._daily(), method.multiplier)
            fits = [SQL("streak >= %s", method.streak_from), SQL("%s >= 0", daily)]
            if method.exception_ids:
                fits.append(SQL("exception_id = ANY(%s)", method.exception_ids.ids))
            arms.append(
                SQL(
                    "WHEN %s THEN ARRAY[%s, %s]::numeric[]",
                    SQL(" AND ").join(fits),
                    daily,
                    method.id,
                )
            )
        return (
            SQL("CASE %s END", SQL(" ").join(arms)) if arms else SQL("NULL::numeric[]")
        )

    def _daily(self):
        """SQL: m³ a day by this method's basis, NULL with nothing to go by."""
        return {
            "average": SQL.identifier(f"average_{self.months}"),
            "last_year": SQL("last_year"),
            "previous": SQL("previous"),
            "area_class": SQL("area_class"),
            "maximum": SQL("1.25 * q3 * 24"),
            # an auditor says how much: never chosen by itself
            "hand": SQL("NULL::numeric"),
        }[self.basis]

    def _averages(self):
        """SQL columns ``average_<months>`` that these methods ask for."""
        months = sorted({method.months for method in self if method.basis == "average"})
        return SQL("").join(
            SQL(
                """, (SELECT sum(r.use) / nullif(sum(r.days), 0)
                        FROM haerun_meter_reading AS r
                       WHERE r.point_id = task.point_id AND r.state = 'accepted'
                         AND r.is_real AND r.days > 0
                         AND r.read_at > past.read_at - make_interval(months => %s))
                     AS %s""",
                count,
                SQL.identifier(f"average_{count}"),
            )
            for count in months
        )
