from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import reading_counts
from ...tools.words import METER_KINDS, USES

#: plans settled in one go, some hundred thousand points
CHUNK = 300
#: nobody settles figures beside another: the key of the database's lock
LOCK = 7_211_946


class ReadingFigure(models.Model):
    """Settled figures: a plan's points counted by use, mode and exception.

    Millions of points become some ten thousand rows a year. A row holds as long as its
    plan is not noted in ``haerun.reading.touch``; from then on its points are counted
    live until the scheduled action has settled them anew. Read through
    ``haerun.reading.report``, never directly.
    """

    _name = "haerun.reading.figure"
    _description = "Settled Reading Figures"
    _inherit = ["haerun.evidence.mixin"]
    _log_access = False
    _order = "period desc, id"

    plan_id = fields.Many2one(
        "haerun.reading.plan",
        string="Plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    period = fields.Integer(required=True, index=True, aggregator=None)
    book_id = fields.Many2one("haerun.meter.book", required=True, ondelete="restrict")
    reader_id = fields.Many2one("haerun.representative", ondelete="restrict")
    unit_id = fields.Many2one("hr.department", ondelete="restrict")
    use_class = fields.Selection(USES, string="Use")
    meter_kind = fields.Selection(METER_KINDS, string="Reading Mode")
    exception_id = fields.Many2one("haerun.reading.exception", ondelete="restrict")
    due_count = fields.Integer(string="Points Due")
    read_count = fields.Integer(string="Read Points")
    actual_count = fields.Integer(string="Actually Read")
    remote_count = fields.Integer(string="Read by Wire")
    on_day_count = fields.Integer(string="Read on the Day")
    held_count = fields.Integer(string="Held Readings")
    unread_count = fields.Integer(string="Unread Points")
    skipped_count = fields.Integer(string="Could Not Be Read")
    estimated_count = fields.Integer(string="Estimates")
    flagged_count = fields.Integer(string="Flagged Readings")
    rechecked_count = fields.Integer(string="Rechecked Readings")
    wrong_count = fields.Integer(string="Wrong Readings")
    volume = fields.Float(string="Volume (m³)", digits=(14, 3))

    _unit_idx = models.Index("(unit_id, period)")

    @api.model
    def _cron_settle(self):
        """Scheduled action: settle the figures of the plans that moved, in chunks."""
        self.env.cr.execute(
            "SELECT DISTINCT plan_number FROM haerun_reading_touch ORDER BY 1"
        )
        plans = [plan for (plan,) in self.env.cr.fetchall()]
        self.env["ir.cron"]._commit_progress(remaining=len(plans))
        for start in range(0, len(plans), CHUNK):
            chunk = plans[start : start + CHUNK]
            if not self._settle(chunk):
                break
            if not self.env["ir.cron"]._commit_progress(len(chunk)):
                break

    @api.model
    def _settle(self, plans):
        """Count the points of some plans and keep what came out.

        Notes and points are read in the same snapshot: a note that is taken away is
        counted, one that is not seen stays.

        :param plans: list of ids of haerun.reading.plan
        :return: False when another transaction settles figures now
        """
        self.env.flush_all()
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not self.env.cr.fetchone()[0]:
            return False
        names = [*reading_counts.KEYS, *reading_counts.COUNTS]
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM haerun_reading_touch WHERE plan_number = ANY(%(plans)s);
                DELETE FROM haerun_reading_figure WHERE plan_id = ANY(%(plans)s);
                INSERT INTO haerun_reading_figure (%(names)s)
                SELECT %(names)s FROM (%(counted)s) AS counted
                """,
                plans=plans,
                names=reading_counts.columns(names),
                counted=reading_counts.counted(
                    SQL("SELECT DISTINCT unnest(%s) AS plan_number", list(plans))
                ),
            )
        )
        self.invalidate_model()
        return True
