from odoo import fields, models
from odoo.tools import SQL

from ...tools import revenue
from ...tools.words import USES


class RevenueReport(models.Model):
    """收费情况: billed and collected by period, branch, book, reader and use.

    The collection rate of a period is what was collected on its bills, by now or up
    to a month, divided by what was billed (RULES, Indicators: 当期回收率). Branch,
    book and reader are those of the bill.
    """

    _name = "haerun.revenue.report"
    _description = "Collection"
    _inherit = ["haerun.rate.mixin", "haerun.branch.mixin"]
    _auto = False
    _order = "period desc, unit_id, book_id, id"
    _haerun_rates = revenue.RATES
    _depends = {
        "haerun.revenue.figure": ["month", *revenue.KEYS, *revenue.SUMS],
        "haerun.water.bill": ["state", "amount", "residual"],
        "haerun.allocation": ["amount"],
    }

    month = fields.Date(string="Moved In", readonly=True)
    billed_month = fields.Date(
        string="Period", readonly=True, help="First day of the bills' period."
    )
    period = fields.Integer(string="Period Number", readonly=True, aggregator=None)
    book_id = fields.Many2one("haerun.meter.book", string="Meter Book", readonly=True)
    reader_id = fields.Many2one("haerun.representative", string="Reader", readonly=True)
    use_class = fields.Selection(USES, string="Use", readonly=True)
    bill_count = fields.Integer(string="Bills", readonly=True)
    volume = fields.Float(string="Volume (m³)", digits=(16, 3), readonly=True)
    billed = fields.Float(string="Billed (yuan)", digits=(16, 2), readonly=True)
    collected = fields.Float(string="Collected (yuan)", digits=(16, 2), readonly=True)
    on_time = fields.Float(
        string="Collected in Time (yuan)",
        digits=(16, 2),
        readonly=True,
        help="Up to the due day.",
    )
    open_amount = fields.Float(string="Open (yuan)", digits=(16, 2), readonly=True)
    collection_rate = fields.Float(
        string="Collection Rate (%)",
        readonly=True,
        aggregator="avg",
        help="Collected ÷ billed.",
    )
    on_time_rate = fields.Float(
        string="Collected in Time (%)",
        readonly=True,
        aggregator="avg",
        help="Collected up to the due day ÷ billed.",
    )

    @property
    def _table_query(self):
        return SQL(
            """SELECT f.id, f.month, %(keys)s, %(sums)s,
                      make_date(f.period / 100, f.period %% 100, 1) AS billed_month,
                      f.billed - f.collected AS open_amount, %(rates)s
                 FROM haerun_revenue_figure AS f""",
            keys=revenue.columns(revenue.KEYS, "f"),
            sums=revenue.columns(revenue.SUMS, "f"),
            rates=self._rates("f"),
        )
