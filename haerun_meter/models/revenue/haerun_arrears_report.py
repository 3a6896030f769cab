from odoo import fields, models
from odoo.tools import SQL

from ...tools import revenue
from ...tools.words import USES


class ArrearsReport(models.Model):
    """陈欠回收: what of earlier years' debt was collected in a year (R66).

    Opening debt is what was billed for periods of earlier years and not collected by
    the year's first day; reversals of such bills in the year lower it.
    """

    _name = "haerun.arrears.report"
    _description = "Collection of Arrears"
    _inherit = ["haerun.rate.mixin", "haerun.branch.mixin"]
    _auto = False
    _order = "year desc, unit_id, book_id, id"
    _haerun_rates = {"arrears_rate": ("collected", "opening")}
    _depends = {
        "haerun.revenue.figure": ["month", *revenue.KEYS, *revenue.SUMS],
        "haerun.water.bill": ["state", "amount", "residual"],
        "haerun.allocation": ["amount"],
    }

    year = fields.Integer(readonly=True, aggregator=None)
    is_current = fields.Boolean(string="This Year", readonly=True)
    period = fields.Integer(string="Period Number", readonly=True, aggregator=None)
    book_id = fields.Many2one("haerun.meter.book", string="Meter Book", readonly=True)
    reader_id = fields.Many2one("haerun.representative", string="Reader", readonly=True)
    use_class = fields.Selection(USES, string="Use", readonly=True)
    opening = fields.Float(string="Opening Debt (yuan)", digits=(16, 2), readonly=True)
    collected = fields.Float(string="Collected (yuan)", digits=(16, 2), readonly=True)
    open_amount = fields.Float(string="Open (yuan)", digits=(16, 2), readonly=True)
    arrears_rate = fields.Float(
        string="Arrears Collected (%)",
        readonly=True,
        aggregator="avg",
        help="Collected in the year on earlier years' debt ÷ opening debt.",
    )

    @property
    def _table_query(self):
        keys = revenue.columns(revenue.KEYS, "f")
        return SQL(
            """SELECT a.*, a.opening - a.collected AS open_amount, %(rates)s,
                      a.year = extract(year FROM now() AT TIME ZONE %(zone)s)
                          AS is_current
                 FROM (
               SELECT min(f.id) + y.year::bigint * %(apart)s AS id, y.year, %(keys)s,
                      sum(CASE WHEN extract(year FROM f.month) < y.year
                               THEN f.billed - f.collected ELSE f.billed END)
                          AS opening,
                      sum(CASE WHEN extract(year FROM f.month) = y.year
                               THEN f.collected ELSE 0 END) AS collected
                 FROM haerun_revenue_figure AS f
                CROSS JOIN LATERAL generate_series(
                      f.period / 100 + 1,
                      extract(year FROM now() AT TIME ZONE %(zone)s)::int) AS y (year)
                WHERE extract(year FROM f.month) <= y.year
                GROUP BY y.year, %(keys)s) AS a
                WHERE a.opening <> 0 OR a.collected <> 0""",
            keys=keys,
            rates=self._rates("a"),
            apart=2**32,
            zone=revenue.ZONE,
        )
