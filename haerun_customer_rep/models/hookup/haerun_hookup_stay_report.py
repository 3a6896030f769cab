from odoo import fields, models
from odoo.tools import SQL

from ...tools import hookup_route
from ..time.haerun_pause_reason import HOLDERS
from .haerun_hookup_fact import PROJECT


class HookupStayReport(models.Model):
    """A row a holding: how long a project lay with whom at which step (R2)."""

    _name = "haerun.hookup.stay.report"
    _inherit = ["haerun.hookup.fact"]
    _description = "Time by Step and Holder"
    _auto = False
    _order = "started_at desc, id desc"
    _rec_name = "project_id"
    _depends = {
        "haerun.holding": [
            "res_model",
            "res_id",
            "step",
            "holder",
            "owner_id",
            "acting_user_id",
            "unit_id",
            "started_at",
            "ended_at",
            "work_hours",
            "work_days",
        ],
        PROJECT: [
            "accepted_at",
            "area_id",
            "outside_line",
            "service_type_id",
            "service_version_id",
        ],
        "haerun.service.step": ["version_id", "phase", "outside_line"],
    }

    step = fields.Selection(
        hookup_route.SELECTION, readonly=True, help="The step that was reached last."
    )
    phase = fields.Selection(
        hookup_route.PHASES,
        readonly=True,
        help="The part of the way that was gone meanwhile.",
    )
    holder = fields.Selection(HOLDERS, readonly=True)
    owner_id = fields.Many2one(
        "haerun.representative", string="Representative", readonly=True
    )
    acting_user_id = fields.Many2one("res.users", string="Held by", readonly=True)
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True, help="Empty while it lies there.")
    work_hours = fields.Float(string="Hours Held", readonly=True)
    work_days = fields.Float(string="Days Held", readonly=True)
    project_days = fields.Float(
        string="Working Days a Project",
        readonly=True,
        aggregator="avg",
        help="The working days of what is shown, divided by its projects: a step "
        "that is interrupted counts with all its parts.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT h.id, %(project)s, h.step, %(phase)s AS phase, h.holder,
                   h.owner_id, h.acting_user_id, h.unit_id,
                   h.started_at, h.ended_at,
                   CASE WHEN h.ended_at IS NOT NULL THEN h.work_hours END
                        AS work_hours,
                   CASE WHEN h.ended_at IS NOT NULL THEN h.work_days END
                        AS work_days,
                   CASE WHEN h.ended_at IS NOT NULL THEN h.work_days END
                        AS project_days
              FROM haerun_holding h
              JOIN haerun_hookup_project p ON p.id = h.res_id
              LEFT JOIN (%(asked)s) asked
                ON asked.version_id = p.service_version_id
               AND asked.outside_line = COALESCE(p.outside_line, '')
             WHERE h.res_model = %(model)s
            """,
            project=self._project_columns(),
            phase=self._phase_sql(),
            asked=self._asked_sql(),
            model=PROJECT,
        )

    def _read_group_select(self, aggregate_spec, query):
        """Days a project are all days divided by all projects that have any."""
        if aggregate_spec != "project_days:avg":
            return super()._read_group_select(aggregate_spec, query)
        days = self._field_to_sql(self._table, "work_days", query)
        project = self._field_to_sql(self._table, "project_id", query)
        return SQL(
            "SUM(%(days)s) / NULLIF("
            "COUNT(DISTINCT %(project)s) FILTER (WHERE %(days)s IS NOT NULL), 0)",
            days=days,
            project=project,
        )
