from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.window import open_form

#: periods in a row from which on a point is listed (RULES: estimate streak, 2 cycles)
SHORTEST = 2


class ReadingStreak(models.Model):
    """Points whose dial nobody has seen for two periods or more, until now (R65).

    A real reading settles the lines of the periods before it at once
    (``caught_up_id``), so that those which are left are the ones in a row.
    """

    _name = "haerun.reading.streak"
    _description = "Estimated in a Row"
    _inherit = ["haerun.branch.mixin"]
    _auto = False
    _order = "streak desc, id"
    _rec_name = "point_id"
    _depends = {
        "haerun.reading.task": [
            "plan_id",
            "period",
            "book_id",
            "reader_id",
            "unit_id",
            "point_id",
            "account_id",
            "meter_id",
            "exception_id",
            "previous_at",
            "previous_value",
            "state",
            "caught_up_id",
            "reading_id",
        ],
        "haerun.meter.reading": ["volume"],
    }

    plan_id = fields.Many2one("haerun.reading.plan", string="Last Plan", readonly=True)
    point_id = fields.Many2one(
        "haerun.service.point", string="Service Point", readonly=True
    )
    account_id = fields.Many2one(
        "haerun.water.account", string="Account", readonly=True
    )
    address = fields.Char(related="account_id.address")
    meter_id = fields.Many2one("haerun.meter", string="Meter", readonly=True)
    book_id = fields.Many2one("haerun.meter.book", string="Meter Book", readonly=True)
    reader_id = fields.Many2one("haerun.representative", string="Reader", readonly=True)
    exception_id = fields.Many2one(
        "haerun.reading.exception", string="Exception", readonly=True
    )
    streak = fields.Integer(string="Periods in a Row", readonly=True, aggregator="max")
    estimates = fields.Integer(string="Estimates", readonly=True)
    since = fields.Integer(string="Since Period", readonly=True, aggregator=None)
    previous_at = fields.Datetime(string="Seen Last", readonly=True)
    previous_value = fields.Float(
        string="Last Dial Seen", digits=(12, 3), readonly=True, aggregator=None
    )
    volume = fields.Float(string="Estimated (m³)", digits=(12, 3), readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT last.id, last.plan_id, last.point_id, last.account_id,
                   last.meter_id, last.book_id, last.reader_id, last.unit_id,
                   last.exception_id, last.previous_at, last.previous_value,
                   run.streak, run.estimates, run.since, run.volume
              FROM (SELECT t.point_id, count(*) AS streak, min(t.period) AS since,
                           max(t.period) AS until,
                           count(*) FILTER (WHERE t.state = 'estimated') AS estimates,
                           sum(r.volume) FILTER (WHERE t.state = 'estimated') AS volume
                      FROM haerun_reading_task AS t
                      LEFT JOIN haerun_meter_reading AS r ON r.id = t.reading_id
                     WHERE t.state IN ('unread', 'estimated')
                       AND t.caught_up_id IS NULL
                     GROUP BY t.point_id
                    HAVING count(*) FILTER (WHERE t.state = 'estimated') >= %s) AS run
              JOIN haerun_reading_task AS last
                ON last.point_id = run.point_id AND last.period = run.until
            """,
            SHORTEST,
        )

    def action_open_plan(self):
        """Open the last plan in which the point was not read.

        :return: the window action
        """
        self.ensure_one()
        return open_form("haerun.reading.plan", self.plan_id.id)
