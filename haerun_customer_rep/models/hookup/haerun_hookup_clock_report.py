from odoo import fields, models
from odoo.tools import SQL

from .haerun_hookup_fact import PROJECT

VERDICTS = [("met", "Met"), ("missed", "Missed")]


class HookupClockReport(models.Model):
    """A row a concluded clock of a project: the on-time rate of every limit (R2)."""

    _name = "haerun.hookup.clock.report"
    _inherit = ["haerun.hookup.fact"]
    _description = "On-Time Rate by Limit"
    _auto = False
    _order = "ended_at desc, id desc"
    _rec_name = "project_id"
    _depends = {
        "haerun.clock": [
            "res_model",
            "res_id",
            "limit_id",
            "owner_id",
            "acting_user_id",
            "unit_id",
            "started_at",
            "due_at",
            "ended_at",
            "state",
        ],
        PROJECT: [
            "accepted_at",
            "area_id",
            "outside_line",
            "service_type_id",
            "service_version_id",
        ],
    }

    limit_id = fields.Many2one("haerun.time.limit", readonly=True)
    owner_id = fields.Many2one(
        "haerun.representative", string="Representative", readonly=True
    )
    acting_user_id = fields.Many2one("res.users", string="Held by", readonly=True)
    started_at = fields.Datetime(readonly=True)
    due_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    verdict = fields.Selection(VERDICTS, readonly=True)
    concluded = fields.Integer(string="Concluded Clocks", readonly=True)
    on_time = fields.Float(
        string="On-Time Rate (%)",
        readonly=True,
        aggregator="avg",
        help="Clocks met, of those that ended with a verdict.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT c.id, %(project)s, c.limit_id, c.owner_id, c.acting_user_id,
                   c.unit_id, c.started_at, c.due_at, c.ended_at,
                   c.state AS verdict, 1 AS concluded,
                   CASE c.state WHEN 'met' THEN 100.0 ELSE 0.0 END AS on_time
              FROM haerun_clock c
              JOIN haerun_hookup_project p ON p.id = c.res_id
             WHERE c.res_model = %(model)s AND c.state IN ('met', 'missed')
            """,
            project=self._project_columns(),
            model=PROJECT,
        )
