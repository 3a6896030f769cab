from odoo import fields, models
from odoo.tools import SQL

from ...tools import hookup_route
from .haerun_hookup_fact import PROJECT
from .haerun_hookup_project_holding import AFTER_WATER_ON

STATES = [
    ("open", "Open"),
    ("closed", "Closed"),
    ("withdrawn", "Withdrawn"),
    ("refused", "Refused"),
]
#: a two-decimal day is no breach of a promise
TOLERANCE = 0.005


class HookupReport(models.Model):
    """A row a project: on time, in one go, days by holder, satisfaction (R2).

    The verdicts and days are those of closed projects; an open, withdrawn or refused
    one has none.
    """

    _name = "haerun.hookup.report"
    _inherit = ["haerun.hookup.fact"]
    _description = "Hookup Figures"
    _auto = False
    _order = "accepted_at desc, id desc"
    _rec_name = "project_id"
    _depends = {
        PROJECT: [
            "accepted_at",
            "acting_user_id",
            "area_id",
            "branch_rep_id",
            "channel_id",
            "coordinator_id",
            "ended_at",
            "outside_line",
            "owner_id",
            "owner_user_id",
            "phase",
            "service_type_id",
            "service_version_id",
            "setbacks",
            "step",
            "unit_id",
        ],
        "haerun.clock": ["res_model", "res_id", "state"],
        "haerun.material.notice": ["project_id"],
        "haerun.holding": [
            "res_model",
            "res_id",
            "step",
            "holder",
            "owner_id",
            "ended_at",
            "work_days",
        ],
        "haerun.representative": ["unit_id", "unit_level"],
        "haerun.service.area": ["unit_id"],
        "haerun.service.version": [
            "promised_amount",
            "promised_amount_line",
            "promised_amount_simple",
            "promised_unit",
        ],
        "rating.rating": ["res_model", "res_id", "rating", "consumed"],
    }

    branch_id = fields.Many2one(
        "hr.department",
        string="Branch",
        readonly=True,
        help="The branch in whose area the water address lies.",
    )
    channel_id = fields.Many2one("haerun.channel", readonly=True)
    owner_id = fields.Many2one(
        "haerun.representative", string="Representative", readonly=True
    )
    owner_user_id = fields.Many2one("res.users", string="Principal", readonly=True)
    acting_user_id = fields.Many2one("res.users", string="Acts now", readonly=True)
    coordinator_id = fields.Many2one(
        "haerun.representative", string="CSD Representative", readonly=True
    )
    emd_rep_id = fields.Many2one(
        "haerun.representative", string="EMD Representative", readonly=True
    )
    step = fields.Selection(hookup_route.SELECTION, readonly=True)
    phase = fields.Selection(hookup_route.PHASES, readonly=True)
    state = fields.Selection(STATES, string="Status", readonly=True)
    ended_at = fields.Datetime(string="Ended At", readonly=True)
    accepted = fields.Integer(string="Accepted Projects", readonly=True)
    closed = fields.Integer(string="Closed Projects", readonly=True)
    on_time = fields.Float(
        string="On Time (%)",
        readonly=True,
        aggregator="avg",
        help="Closed projects whose clocks were all met, of those with a verdict.",
    )
    within_promise = fields.Float(
        string="Within the Promise (%)",
        readonly=True,
        aggregator="avg",
        help="Closed projects that the company held no longer than promised until "
        "water-on.",
    )
    one_go = fields.Float(
        string="Done in One Go (%)",
        readonly=True,
        aggregator="avg",
        help="Closed projects that never had to go back and whose papers were "
        "complete at once: no one-time notice (一次办好).",
    )
    satisfaction = fields.Float(
        readonly=True,
        aggregator="avg",
        help="What customers gave, of 5; projects without a rating do not count.",
    )
    rated = fields.Integer(string="Rated Projects", readonly=True)
    setbacks = fields.Integer(readonly=True)
    total_days = fields.Float(string="Days in All", readonly=True, aggregator="avg")
    company_days = fields.Float(string="Days: Company", readonly=True, aggregator="avg")
    customer_days = fields.Float(
        string="Days: Customer", readonly=True, aggregator="avg"
    )
    design_days = fields.Float(
        string="Days: Design Unit", readonly=True, aggregator="avg"
    )
    construction_days = fields.Float(
        string="Days: Construction", readonly=True, aggregator="avg"
    )
    permit_days = fields.Float(
        string="Days: Permit Office", readonly=True, aggregator="avg"
    )
    clocks_met = fields.Integer(readonly=True)
    clocks_missed = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH held AS (%(held)s), judged AS (%(judged)s), rated AS (%(rated)s),
                 promised AS (%(promised)s)
            SELECT p.id, %(project)s, p.unit_id, p.channel_id, p.owner_id,
                   p.owner_user_id, p.acting_user_id, p.coordinator_id, p.step, p.phase,
                   COALESCE(branch.unit_id, area.unit_id) AS branch_id,
                   held.emd_rep_id,
                   CASE WHEN p.step IN ('closed', 'withdrawn', 'refused') THEN p.step
                        ELSE 'open' END AS state,
                   COALESCE(p.ended_at, CASE WHEN is_closed.flag THEN held.last_at END)
                        AS ended_at,
                   1 AS accepted,
                   is_closed.flag::int AS closed,
                   CASE WHEN is_closed.flag AND judged.met + judged.missed > 0
                        THEN CASE WHEN judged.missed = 0 THEN 100.0 ELSE 0.0 END END
                        AS on_time,
                   CASE WHEN is_closed.flag AND promised.days IS NOT NULL
                        THEN CASE WHEN COALESCE(held.until_water_on, 0)
                                       <= promised.days + %(tolerance)s
                                  THEN 100.0 ELSE 0.0 END END AS within_promise,
                   CASE WHEN is_closed.flag
                        THEN CASE WHEN COALESCE(p.setbacks, 0) = 0
                                   AND noticed.project_id IS NULL
                                  THEN 100.0 ELSE 0.0 END END AS one_go,
                   rated.value AS satisfaction,
                   (rated.value IS NOT NULL)::int AS rated,
                   COALESCE(p.setbacks, 0) AS setbacks,
                   %(days)s,
                   COALESCE(judged.met, 0) AS clocks_met,
                   COALESCE(judged.missed, 0) AS clocks_missed
              FROM haerun_hookup_project p
             CROSS JOIN LATERAL (SELECT p.step = 'closed' AS flag) is_closed
              LEFT JOIN held ON held.res_id = p.id
              LEFT JOIN judged ON judged.res_id = p.id
              LEFT JOIN rated ON rated.res_id = p.id
              LEFT JOIN haerun_material_notice noticed ON noticed.project_id = p.id
              LEFT JOIN promised ON promised.id = p.service_version_id
               AND promised.outside_line = COALESCE(p.outside_line, 'needed')
              LEFT JOIN haerun_representative branch ON branch.id = p.branch_rep_id
              LEFT JOIN haerun_service_area area ON area.id = p.area_id
            """,
            project=self._project_columns(),
            held=self._held_sql(),
            judged=self._judged_sql(),
            rated=self._rated_sql(),
            promised=self._promised_sql(),
            days=self._days_sql(),
            tolerance=TOLERANCE,
        )

    @staticmethod
    def _days_sql():
        """Working days of closed projects: all of them, and by holder."""
        columns = [SQL("CASE WHEN is_closed.flag THEN held.total END AS total_days")]
        for holder in ("company", "customer", "design", "construction", "permit"):
            columns.append(
                SQL(
                    "CASE WHEN is_closed.flag THEN COALESCE(held.%s, 0) END AS %s",
                    SQL.identifier(holder),
                    SQL.identifier(f"{holder}_days"),
                )
            )
        return SQL(", ").join(columns)

    @staticmethod
    def _held_sql():
        """By project: days by holder, the company's until water-on, EMD's post."""
        by_holder = SQL(", ").join(
            SQL(
                "SUM(h.work_days) FILTER (WHERE h.holder = %s) AS %s",
                holder,
                SQL.identifier(holder),
            )
            for holder in ("company", "customer", "design", "construction", "permit")
        )
        return SQL(
            """
            SELECT h.res_id, SUM(h.work_days) AS total, MAX(h.ended_at) AS last_at,
                   %(by_holder)s,
                   SUM(h.work_days) FILTER (
                       WHERE h.holder = 'company' AND h.step NOT IN %(after)s
                   ) AS until_water_on,
                   (array_agg(h.owner_id ORDER BY h.id DESC)
                       FILTER (WHERE r.unit_level = 'emd'))[1] AS emd_rep_id
              FROM haerun_holding h
              LEFT JOIN haerun_representative r ON r.id = h.owner_id
             WHERE h.res_model = %(model)s
             GROUP BY h.res_id
            """,
            by_holder=by_holder,
            after=tuple(sorted(AFTER_WATER_ON)),
            model=PROJECT,
        )

    @staticmethod
    def _judged_sql():
        return SQL(
            """
            SELECT res_id, COUNT(*) FILTER (WHERE state = 'met') AS met,
                   COUNT(*) FILTER (WHERE state = 'missed') AS missed
              FROM haerun_clock
             WHERE res_model = %s AND state IN ('met', 'missed')
             GROUP BY res_id
            """,
            PROJECT,
        )

    @staticmethod
    def _rated_sql():
        return SQL(
            """
            SELECT res_id, AVG(rating) AS value FROM rating_rating
             WHERE res_model = %s AND consumed AND rating > 0
             GROUP BY res_id
            """,
            PROJECT,
        )

    def _promised_sql(self):
        """By version and outside line, what is promised in working days."""
        return SQL(
            """
            SELECT v.id, l.outside_line,
                   CASE l.outside_line
                        WHEN 'none' THEN v.promised_amount
                        WHEN 'simple' THEN v.promised_amount_simple
                        ELSE v.promised_amount_line END
                   / CASE v.promised_unit WHEN 'work_hour' THEN %s ELSE 1 END AS days
              FROM haerun_service_version v
             CROSS JOIN (VALUES ('none'), ('simple'), ('needed')) AS l (outside_line)
            """,
            self.env.company.resource_calendar_id.hours_per_day or 8.0,
        )
