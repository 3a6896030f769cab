from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.window import open_form

from ...tools import reading_counts
from ...tools.words import METER_KINDS, USES
from ..reading.haerun_reading_plan import STATES

#: ids of rows that are counted live begin here, above those of settled ones
LIVE = 2**32


class ReadingReport(models.Model):
    """抄表情况: a plan's points by use, mode and exception, with the rates (R58, R63).

    Settled plans come from ``haerun.reading.figure``, those that moved since are
    counted live; the two are the same SQL. A rate is always that of the sums, never
    a mean of rates; where there is nothing to divide by it is empty, "no data".
    Branch, book and reader are those of the plan's day.
    """

    _name = "haerun.reading.report"
    _description = "Reading Figures"
    _inherit = ["haerun.rate.mixin", "haerun.branch.mixin"]
    _auto = False
    _order = "period desc, unit_id, book_id, id"
    _haerun_rates = {
        **{
            name: figures
            for name, figures in reading_counts.RATES.items()
            if name != "wrong_rate"
        },
        "accuracy": reading_counts.RATES["wrong_rate"],
    }
    _rec_name = "plan_id"
    _depends = {
        "haerun.reading.figure": [*reading_counts.KEYS, *reading_counts.COUNTS],
        "haerun.reading.touch": ["plan_number"],
        "haerun.reading.plan": [
            "planned_on",
            "state",
            "owner_user_id",
            "acting_user_id",
        ],
        "haerun.reading.task": [
            *reading_counts.KEYS,
            "state",
            "reading_id",
        ],
        "haerun.meter.reading": [
            "task_id",
            "source",
            "state",
            "read_at",
            "severity",
            "volume",
            "value",
            "has_value",
            "decided_at",
            "supersedes_id",
        ],
    }

    plan_id = fields.Many2one("haerun.reading.plan", string="Plan", readonly=True)
    period = fields.Integer(readonly=True, aggregator=None)
    month = fields.Date(string="Month", readonly=True, help="The period's first day.")
    book_id = fields.Many2one("haerun.meter.book", string="Meter Book", readonly=True)
    reader_id = fields.Many2one("haerun.representative", string="Reader", readonly=True)
    use_class = fields.Selection(USES, string="Use", readonly=True)
    meter_kind = fields.Selection(METER_KINDS, string="Reading Mode", readonly=True)
    exception_id = fields.Many2one(
        "haerun.reading.exception", string="Exception", readonly=True
    )
    plan_state = fields.Selection(STATES, string="Status", readonly=True)
    planned_on = fields.Date(string="Planned Day", readonly=True)
    owner_user_id = fields.Many2one("res.users", string="Principal", readonly=True)
    acting_user_id = fields.Many2one("res.users", string="Acts now", readonly=True)
    due_count = fields.Integer(string="Points Due", readonly=True)
    read_count = fields.Integer(string="Read Points", readonly=True)
    actual_count = fields.Integer(
        string="Actually Read",
        readonly=True,
        help="Read first by the reader or by wire, not by the customer.",
    )
    remote_count = fields.Integer(string="Read by Wire", readonly=True)
    on_day_count = fields.Integer(string="Read on the Day", readonly=True)
    held_count = fields.Integer(string="Held Readings", readonly=True)
    unread_count = fields.Integer(
        string="Unread Points", readonly=True, help="Not read yet, or not readable."
    )
    skipped_count = fields.Integer(
        string="Could Not Be Read", readonly=True, help="Of the unread: with a reason."
    )
    estimated_count = fields.Integer(string="Estimates", readonly=True)
    flagged_count = fields.Integer(
        string="Flagged Readings", readonly=True, help="On the auditor's list."
    )
    rechecked_count = fields.Integer(
        string="Rechecked Readings",
        readonly=True,
        help="Somebody decided on them, or put another dial in their place.",
    )
    wrong_count = fields.Integer(
        string="Wrong Readings",
        readonly=True,
        help="Rejected, or corrected to another dial.",
    )
    volume = fields.Float(string="Volume (m³)", digits=(14, 3), readonly=True)
    read_rate = fields.Float(
        string="Read Rate (%)", readonly=True, aggregator="avg", help="Read ÷ due."
    )
    actual_rate = fields.Float(
        string="Actual Read Rate (%)",
        readonly=True,
        aggregator="avg",
        help="First read by the reader or by wire ÷ due.",
    )
    estimate_rate = fields.Float(
        string="Estimate Rate (%)",
        readonly=True,
        aggregator="avg",
        help="Estimated ÷ due.",
    )
    on_day_rate = fields.Float(
        string="On-Day Rate (%)",
        readonly=True,
        aggregator="avg",
        help="Read on the planned day ÷ read.",
    )
    accuracy = fields.Float(
        string="Reading Accuracy (%)",
        readonly=True,
        aggregator="avg",
        help="1 − wrong ÷ rechecked.",
    )

    @property
    def _table_query(self):
        counts = reading_counts.columns(reading_counts.COUNTS, "f")
        keys = reading_counts.columns(reading_counts.KEYS, "f")
        figures = SQL("%s, %s", keys, counts)
        touched = SQL("SELECT DISTINCT plan_number FROM haerun_reading_touch")
        return SQL(
            """
            SELECT f.id, %(figures)s, %(rates)s,
                   make_date(f.period / 100, f.period %% 100, 1) AS month,
                   p.state AS plan_state, p.planned_on, p.owner_user_id,
                   p.acting_user_id
              FROM (SELECT f.id::bigint AS id, %(figures)s
                      FROM haerun_reading_figure AS f
                     WHERE NOT EXISTS (SELECT 1 FROM haerun_reading_touch AS moved
                                        WHERE moved.plan_number = f.plan_id)
                     UNION ALL
                    SELECT f.first_id + %(live)s::bigint, %(figures)s
                      FROM (%(counted)s) AS f) AS f
              JOIN haerun_reading_plan AS p ON p.id = f.plan_id
            """,
            figures=figures,
            rates=self._rates("f"),
            live=LIVE,
            counted=reading_counts.counted(touched),
        )

    def _rate(self, name, table, total=False):
        """Accuracy is what is left of a hundred per cent."""
        rate = super()._rate(name, table, total)
        return SQL("100.0 - %s", rate) if name == "accuracy" else rate

    def action_open_plan(self):
        """Open the plan of this row.

        :return: the window action
        """
        self.ensure_one()
        return open_form("haerun.reading.plan", self.plan_id.id)
