import logging
import time

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import ladder as ladder_tools
from ...tools.concurrency import CONCURRENCY_ERRORS, retry

_logger = logging.getLogger(__name__)

BATCH = 500


class HaerunClockScan(models.Model):
    """The scheduled action: what runs late is pushed to who holds it (R20, R122).

    It takes only the clocks whose ``next_event_at`` has come, so its cost grows with
    what is due. A level acts once per clock and cycle: the rows are locked while
    the ledger is read and written.
    """

    _inherit = "haerun.clock"

    @api.model
    def _cron_scan(self):
        """Deal with every clock that is due, then send each person one message.

        Commits after each batch (500 clocks) and stops when the scheduled action's
        time is up; what is left is taken by the next run, which starts at once.
        """
        self = self.with_context(lang=self.env.user.lang)  # what is kept in words
        began = time.monotonic()
        run = self.env["haerun.scan.run"].sudo()._begin()
        progress = self.env["ir.cron"]._commit_progress
        waiting = self.sudo().search_count(self._due_domain())
        progress(remaining=waiting)
        taken, pushed, failed = self._scan_all(progress)
        run._end(taken, pushed, failed, time.monotonic() - began)

    @api.model
    def _scan_all(self, progress=None):
        """Take all due clocks in batches, then send what waits in the outbox.

        :param progress: commits; called with the number done after each batch and
            each group of people, it returns the seconds that are left, 0 to stop.
            Without it all is one transaction, which is the caller's.
        :return: ``(clocks taken, messages sent, clocks flagged)``
        """
        taken = failed = 0
        left = 1
        while left > 0:
            if progress:
                done, broken = retry(self.env.cr, self._scan_batch, BATCH)
            else:
                done, broken = self._scan_batch(BATCH)
            if not done:
                break
            taken += done
            failed += broken
            left = progress(done) if progress else 1
        pushed = self.env["haerun.push"].sudo()._send_pending(progress) if left else 0
        return taken, pushed, failed

    @api.model
    def _due_domain(self):
        return [
            ("next_event_at", "<=", fields.Datetime.now()),
            ("state", "in", ("running", "paused")),
            ("failure", "=", False),
        ]

    @api.model
    def _scan_batch(self, size):
        """Take up to ``size`` due clocks that no other worker holds.

        A clock that cannot be dealt with is flagged with its failure and left out
        of later runs, so that it stops neither the others nor the next run.

        :return: ``(clocks taken, of which failed)``
        """
        clocks = self._take_due(size)
        if not clocks:
            return 0, 0
        try:
            with self.env.cr.savepoint():
                clocks._escalate()
            return len(clocks), 0
        except CONCURRENCY_ERRORS:
            raise
        except Exception:
            _logger.info("Clocks failed: taking them one by one", exc_info=True)
            return len(clocks), sum(not clock._escalate_alone() for clock in clocks)

    @api.model
    def _take_due(self, size):
        """Lock up to ``size`` due clocks that no other worker holds, and return them.

        What was known of them before is forgotten: the locked row alone counts.
        """
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT id
              FROM haerun_clock
             WHERE next_event_at <= %s
               AND state IN ('running', 'paused')
               AND failure IS NULL
             ORDER BY next_event_at
             LIMIT %s
               FOR UPDATE SKIP LOCKED
            """,
            [fields.Datetime.now(), size],
            log_exceptions=False,  # a faster worker is no error
        )
        clocks = self.sudo().browse([row[0] for row in self.env.cr.fetchall()])
        clocks.invalidate_recordset()
        return clocks

    def _escalate_alone(self):
        """Deal with one clock; flag it when that fails. Tells whether it went well."""
        try:
            with self.env.cr.savepoint():
                self.invalidate_recordset()
                self._escalate()
            return True
        except CONCURRENCY_ERRORS:
            raise
        except Exception as error:
            _logger.warning("Clock %s cannot be escalated", self.id, exc_info=True)
            self.invalidate_recordset()
            self.failure = f"{type(error).__name__}: {error}"[:200]
            self.flush_recordset()
            return False

    def _escalate(self):
        """Act on every level that has come for these (locked) clocks."""
        now = fields.Datetime.now()
        over = self.filtered(lambda clock: clock.state == "paused")
        over._resume(note=self.env._("The pause has run out."))
        running = self - over
        done = running._levels_done()
        specs = {ladder: ladder.level_ids._specs() for ladder in running.ladder_id}
        came, later = {}, {}
        for clock in running:
            worktime = clock._worktime()
            levels = specs.get(clock.ladder_id, ())
            times = self._level_times(clock._ledger_state(), levels, worktime)
            came[clock], later[clock.id] = ladder_tools.passed(
                times, now, done.get(clock.id, ())
            )
        running._log_levels(came, now)
        self.env["haerun.escalation.level"].browse()._act(came)
        self._write_next(later)

    def _log_levels(self, came, now):
        self.env["haerun.clock.event"].create(
            [
                {
                    "clock_id": clock.id,
                    "kind": "escalate",
                    "at": now,
                    "user_id": self.env.uid,
                    "cycle": clock.cycle,
                    "level_id": level_id,
                    "due_at": clock.due_at,
                    "owner_id": clock.owner_id.id,
                    "holder_id": clock.acting_user_id.id,
                }
                for clock, level_ids in came.items()
                for level_id in level_ids
            ]
        )

    @api.model
    def _write_next(self, next_by_id):
        """Write each clock's next instant with one statement."""
        if not next_by_id:
            return
        self.flush_model(["next_event_at"])
        values = SQL(", ").join(
            SQL("(%s, %s::timestamp)", clock_id, at)
            for clock_id, at in next_by_id.items()
        )
        self.env.cr.execute(
            SQL(
                "UPDATE haerun_clock SET next_event_at = v.at"
                " FROM (VALUES %s) AS v (id, at) WHERE haerun_clock.id = v.id",
                values,
            )
        )
        self.browse(next_by_id).invalidate_recordset(["next_event_at"])
