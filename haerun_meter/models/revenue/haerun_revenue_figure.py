from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import revenue, triggers
from ...tools.words import USES

#: nobody puts rows together beside another: the key of the database's lock
LOCK = 7_211_947


class RevenueFigure(models.Model):
    """What was billed and collected, by month, period, branch, book, reader and use.

    The database adds a row a group itself when bills are issued or reversed and money
    is allocated, in the same transaction and whichever statement it was. At night rows
    of one group are put together. Read through the reports, never directly.
    """

    _name = "haerun.revenue.figure"
    _description = "Revenue Figures"
    _inherit = ["haerun.evidence.mixin"]
    _log_access = False
    _order = "month desc, id"

    month = fields.Date(required=True, help="First day of the month it moved in.")
    period = fields.Integer(required=True, aggregator=None)
    unit_id = fields.Many2one("hr.department", ondelete="restrict")
    book_id = fields.Many2one("haerun.meter.book", ondelete="restrict")
    reader_id = fields.Many2one("haerun.representative", ondelete="restrict")
    use_class = fields.Selection(USES, string="Use")
    bill_count = fields.Integer(string="Bills")
    volume = fields.Float(string="Volume (m³)", digits=(16, 3))
    billed = fields.Float(string="Billed (yuan)", digits=(16, 2))
    collected = fields.Float(string="Collected (yuan)", digits=(16, 2))
    on_time = fields.Float(string="Collected in Time (yuan)", digits=(16, 2))

    _period_idx = models.Index("(period, unit_id)")

    def init(self):
        self.pool.post_init(self._make_triggers)

    def _make_triggers(self):
        """Let the database note what moves; what moved before is counted once."""
        triggers.make(self.env.cr, revenue.FUNCTIONS, revenue.TRIGGERS)
        self.env.cr.execute("SELECT EXISTS (SELECT FROM haerun_revenue_figure)")
        if self.env.cr.fetchone()[0]:
            return
        for source, month, sums in (
            (
                SQL(
                    """FROM haerun_water_bill AS bill
                       WHERE bill.state IN ('issued', 'reversed')"""
                ),
                SQL("bill.issued_at"),
                revenue.OF_BILLS,
            ),
            (
                SQL(
                    """FROM haerun_allocation AS moved
                       JOIN haerun_water_bill AS bill ON bill.id = moved.bill_id"""
                ),
                SQL("moved.allocated_at"),
                revenue.OF_ALLOCATIONS,
            ),
        ):
            self.env.cr.execute(revenue.noted(revenue.month(month), source, sums))

    @api.model
    def _cron_compact(self):
        """Scheduled action: put the rows of one group together."""
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not self.env.cr.fetchone()[0]:
            return
        keys = SQL("month, %s", revenue.columns(revenue.KEYS))
        self.env.cr.execute(
            SQL(
                """WITH crowd AS (
                       SELECT array_agg(id) AS ids FROM haerun_revenue_figure
                        GROUP BY %(keys)s HAVING count(*) > 1),
                   gone AS (
                       DELETE FROM haerun_revenue_figure
                        WHERE id IN (SELECT unnest(ids) FROM crowd)
                    RETURNING *)
                   INSERT INTO haerun_revenue_figure (%(keys)s, %(sums)s)
                   SELECT %(keys)s, %(added)s FROM gone GROUP BY %(keys)s""",
                keys=keys,
                sums=revenue.columns(revenue.SUMS),
                added=SQL(", ").join(
                    SQL("sum(%s)", SQL.identifier(name)) for name in revenue.SUMS
                ),
            )
        )
        self.invalidate_model()
