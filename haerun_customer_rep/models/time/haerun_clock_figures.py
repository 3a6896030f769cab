from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import clock_ledger
from ...tools.worktime import PlanError

DUE_STATES = [
    ("red", "Overdue"),
    ("yellow", "Last working day"),
    ("green", "In time"),
    ("paused", "Paused"),
    ("none", "Ended"),
]


class HaerunClockFigures(models.Model):
    """How a clock stands at this moment: its colour, the time used and left (R20)."""

    _inherit = "haerun.clock"

    due_state = fields.Selection(
        DUE_STATES,
        string="Time",
        compute="_compute_due_state",
        search="_search_due_state",
    )
    used_now = fields.Float(
        compute="_compute_figures",
        help="Time charged until now, in seconds of the limit's own time.",
    )
    paused_now = fields.Float(
        compute="_compute_figures",
        help="Time that stood still until now, in seconds of the limit's own time.",
    )
    days_left = fields.Integer(
        string="Working days left",
        compute="_compute_figures",
        help="Working days after today until the deadline.",
    )

    _yellow_idx = models.Index("(yellow_at) WHERE state = 'running'")
    _ended_idx = models.Index("(ended_at) WHERE state IN ('met', 'missed')")
    _failure_idx = models.Index("(id) WHERE failure IS NOT NULL")

    # ------------------------------------------------------------
    # Compute, search
    # ------------------------------------------------------------

    @api.depends("state", "due_at", "yellow_at")
    def _compute_due_state(self):
        now = fields.Datetime.now()
        for clock in self:
            if clock.state != "running":
                clock.due_state = "paused" if clock.state == "paused" else "none"
            elif clock.due_at < now:
                clock.due_state = "red"
            elif clock.yellow_at and clock.yellow_at <= now:
                clock.due_state = "yellow"
            else:
                clock.due_state = "green"

    @api.model
    def _search_due_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        running = Domain("state", "=", "running")
        in_time = running & Domain("due_at", ">=", now)
        soon = Domain("yellow_at", "<=", now)
        domains = {
            "red": running & Domain("due_at", "<", now),
            "yellow": in_time & soon,
            "green": in_time
            & (Domain("yellow_at", "=", False) | Domain("yellow_at", ">", now)),
            "paused": Domain("state", "=", "paused"),
            "none": Domain("state", "not in", clock_ledger.OPEN),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Let lists, pivots and the desk count by colour in the database."""
        if groupby_spec != "due_state":
            return super()._read_group_groupby(alias, groupby_spec, query)
        return SQL(
            "CASE WHEN %(state)s = 'paused' THEN 'paused'"
            " WHEN %(state)s != 'running' THEN 'none'"
            " WHEN %(due_at)s < %(now)s THEN 'red'"
            " WHEN %(yellow_at)s <= %(now)s THEN 'yellow'"
            " ELSE 'green' END",
            state=self._field_to_sql(alias, "state", query),
            due_at=self._field_to_sql(alias, "due_at", query),
            yellow_at=self._field_to_sql(alias, "yellow_at", query),
            now=fields.Datetime.now(),
        )

    @api.depends("state", "used", "counted_from", "due_at", "ended_at")
    def _compute_figures(self):
        now = fields.Datetime.now()
        for clock in self:
            worktime = clock.sudo()._worktime()
            try:
                used, elapsed = clock._used_elapsed(worktime, now)
                days_left = worktime.days_after(now, clock.due_at)
            except PlanError:  # a year without a calendar: show what is stored
                used = elapsed = clock.used
                days_left = 0
            clock.used_now = used
            clock.paused_now = max(0.0, elapsed - used)
            clock.days_left = days_left

    def _used_elapsed(self, worktime, now):
        """Return ``(time charged, all time passed)`` in seconds of the own time."""
        kind = clock_ledger.time_kind(self.unit)
        used = self.used
        if self.state == "running" and self.counted_from < now:
            used += worktime.between(self.counted_from, now, kind)
        return used, worktime.between(self.started_at, self.ended_at or now, kind)
