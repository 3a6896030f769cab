from odoo import api, models
from odoo.tools import SQL

from ...tools import clock_ledger


class HaerunSupervisedClocks(models.AbstractModel):
    """Milestones of a supervised matter, and the clocks they start and end."""

    _inherit = "haerun.supervised.mixin"

    def _reach(self, code):
        """Milestone ``code`` is reached now, by server time, for all of these.

        Clocks that end at it get their verdict while they are still their holder's,
        then the matter may pass on to another, then limits that begin at it start.
        """
        open_clocks = self._open_clocks()
        ended = open_clocks._end_at(code)
        self._haerun_pass_on(code)
        today = self.env.company._haerun_today()
        limits = self.env["haerun.time.limit"]._starting(self._name, code, today)
        records = self.sudo()
        started = self.env["haerun.clock"]._start(
            {limit: limit._holds_for(records) for limit in limits},
            running=open_clocks - ended,
        )
        started._sync_records()
        self._sync_holdings()

    def _refit_clocks(self, reached, reason):
        """What these matters are has changed: their clocks follow their limits.

        Clocks whose condition holds no more lapse. Limits that hold now start as of
        the instant their milestone was reached, so that nobody wins time by calling
        a matter something else; pauses that they allow are given to them.

        :param reached: ``{record id: {milestone code: naive UTC datetime}}``, what
            was reached and still stands
        :param reason: why, for the ledger
        """
        records = self.sudo()
        clocks = records.env["haerun.clock"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        open_clocks = clocks.filtered(lambda clock: clock.state in clock_ledger.OPEN)
        gone = open_clocks.filtered(
            lambda c: not c.limit_id._holds_for(records.browse(c.res_id))
        )
        gone._cancel(reason)
        had = {
            (clock.res_id, clock.limit_code, clock.started_at)
            for clock in clocks - gone
            if clock.state != "cancelled"
        }
        wanted = {}
        limits = records.env["haerun.time.limit"]
        local = self.env.company._haerun_local
        for record in records:
            codes = reached.get(record.id, {})
            for code, since in codes.items():
                for limit in limits._starting(self._name, code, local(since).date()):
                    over = limit.end_milestone_id.code in codes
                    known = (record.id, limit.code, since) in had
                    if not over and not known and limit._holds_for(record):
                        group = wanted.setdefault(since, {})
                        group[limit] = group.get(limit, records.browse()) | record
        started = clocks.browse()
        for since, group in wanted.items():
            started |= clocks._start(group, running=open_clocks - gone, since=since)
        started._take_over(clocks, gone)
        started._sync_records()
        self._sync_holdings()

    def _haerun_pass_on(self, code):
        """Hook: milestone ``code`` is reached; give the matters to whom they go now."""

    def _open_clocks(self):
        return (
            self.env["haerun.clock"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("state", "in", clock_ledger.OPEN),
                ]
            )
        )

    def _clock_pause(self, reason, until=None, note=None):
        """Pause those running clocks of these matters that pause for ``reason``.

        :param reason: haerun.pause.reason
        :param until: naive UTC datetime at which the pause ends by itself
        :raises UserError: when no clock can pause for it
        """
        clocks = self._open_clocks().filtered(lambda clock: clock.state == "running")
        able = clocks.filtered(lambda c: reason in c.limit_id.pause_reason_ids)
        (able or clocks)._pause(reason, until=until, note=note)

    def _clock_resume(self, note=None):
        """Let the paused clocks of these matters run on."""
        self._open_clocks().filtered(lambda c: c.state == "paused")._resume(note)

    def _clock_cancel(self, note):
        """These matters lapse: their open clocks are cancelled, which is not met."""
        self._open_clocks()._cancel(note)

    @api.model
    def _haerun_sync_due(self, ids):
        """Write the earliest deadline of the open clocks on the records ``ids``."""
        if not ids:
            return
        self.env["haerun.clock"].flush_model()
        self.flush_model(["due_at", "yellow_at", "due_paused"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s AS record
                   SET due_at = figures.due_at,
                       yellow_at = figures.yellow_at,
                       due_paused = figures.paused
                  FROM (
                    SELECT record_id,
                           min(due_at) FILTER (WHERE state = 'running') AS due_at,
                           min(yellow_at) FILTER (WHERE state = 'running')
                               AS yellow_at,
                           coalesce(bool_or(state = 'paused'), FALSE) AS paused
                      FROM unnest(%(ids)s) AS record_id
                      LEFT JOIN haerun_clock
                        ON res_model = %(model)s
                       AND res_id = record_id
                       AND state IN ('running', 'paused')
                     GROUP BY record_id
                  ) AS figures
                 WHERE record.id = figures.record_id
                """,
                table=SQL.identifier(self._table),
                model=self._name,
                ids=list(ids),
            )
        )
        self.browse(ids).invalidate_recordset(["due_at", "yellow_at", "due_paused"])
