from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import clock_ledger
from ...tools import ladder as ladder_tools

#: what Odoo reads as False where the pure state has None or a number
_EMPTY = {
    "length": 0.0,
    "used": 0.0,
    "cycle": 0,
    "counted_from": None,
    "paused_at": None,
    "pause_until": None,
    "ended_at": None,
}
#: before every instant: all levels not yet acted on are still to come
_ALWAYS = fields.Datetime.to_datetime("1970-01-01 00:00:00")


class HaerunClockLedger(models.Model):
    """How an event gets into the ledger and what it makes of the clock."""

    _inherit = "haerun.clock"

    def _append(self, kind, at=None, **details):
        """Log an event of ``kind`` on each clock and write what it makes of it.

        :param at: naive UTC instant of an event that is copied from another clock:
            nobody is told of it again
        :param details: ``amount``, ``unit``, ``until``, ``due_at`` of the event and
            ``reason``, ``pause_reason_id`` for the ledger line
        :raises UserError: when the event is impossible in a clock's state
        """
        now = at or fields.Datetime.now()
        clocks = self.sudo()
        clocks._lock()
        done = clocks._levels_done() if kind in ("resume", "reschedule") else {}
        for clock in clocks:
            event = clock_ledger.Event(
                kind,
                now,
                amount=details.get("amount", 0.0),
                unit=details.get("unit", ""),
                until=details.get("until"),
                due_at=details.get("due_at"),
            )
            worktime = clock._worktime()
            try:
                state = clock_ledger.step(clock._ledger_state(), event, worktime)
            except clock_ledger.LedgerError as error:
                raise UserError(clock._refusal(error.args[0])) from error
            specs = clock.ladder_id.level_ids._specs()
            clock.write(
                {
                    **{name: getattr(state, name) for name in clock_ledger.STORED},
                    **self._schedule(
                        state,
                        specs,
                        worktime,
                        done.get(clock.id, ()),
                        # after an extension only what is still to come is told
                        after=now if kind == "extend" else _ALWAYS,
                    ),
                    "pause_reason_id": state.state == "paused"
                    and details.get("pause_reason_id", clock.pause_reason_id.id),
                    "failure": False,
                }
            )
        clocks._log(kind, now, **details)
        if not at:
            clocks._after_change(kind)

    def _log(self, kind, now, **details):
        """Add a ledger line of ``kind`` to each of these clocks."""
        details.pop("due_at", None)
        principal_of = self.env["haerun.supervised.mixin"]._principal_of
        verdict = kind == "satisfy"
        start = kind == "start"
        self.env["haerun.clock.event"].sudo().create(
            [
                {
                    "clock_id": clock.id,
                    "kind": kind,
                    "at": now,
                    "user_id": self.env.uid,
                    "acting_for_id": principal_of(clock).id,
                    "cycle": clock.cycle,
                    "due_at": clock.due_at,
                    "verdict": clock.state if verdict else False,
                    "owner_id": clock.owner_id.id,
                    "holder_id": clock.acting_user_id.id,
                    **({"amount": clock.amount, "unit": clock.unit} if start else {}),
                    **details,
                }
                for clock in self
            ]
        )

    def _lock(self):
        """Serialise the events of a clock: the last one sees the one before."""
        if not self:
            return
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM haerun_clock WHERE id IN %s ORDER BY id FOR UPDATE",
            [tuple(self.ids)],
        )
        self.invalidate_recordset()

    def _ledger_state(self):
        return clock_ledger.ClockState(
            kind=clock_ledger.time_kind(self.unit),
            **{name: self[name] or _EMPTY.get(name) for name in clock_ledger.STORED},
        )

    def _replay(self):
        """Return the state that the ledger alone gives (for audits and tests)."""
        self.ensure_one()
        return clock_ledger.fold(self.event_ids._pure(), self._worktime())

    def _worktime(self):
        return self.env["haerun.workday"]._worktime(self.calendar_id)

    @api.model
    def _schedule(self, state, specs, worktime, done, after=None):
        """Return the fields that tell when a clock wants attention next.

        :param done: ids of the levels already acted on in this cycle
        :param after: levels that fell before this instant ask for nothing
        """
        if state.state == "paused":
            next_at = state.pause_until
        elif state.state == "running":
            _due, next_at = ladder_tools.passed(
                self._level_times(state, specs, worktime), after or _ALWAYS, done
            )
        else:
            next_at = None
        figures = (state.started_at, state.due_at, state.length, state.kind)
        return {
            "next_event_at": next_at,
            "yellow_at": ladder_tools.yellow_at(*figures, worktime),
            "estimated": worktime.crosses_estimated(state.started_at, state.due_at),
        }

    @api.model
    def _level_times(self, state, specs, worktime):
        """Return ``[(instant, level id)]`` of a running clock."""
        figures = (state.started_at, state.due_at, state.length, state.kind)
        return [
            (ladder_tools.level_at(spec, *figures, worktime), spec.key)
            for spec in specs
        ]

    def _levels_done(self):
        """Return ``{clock id: set of level ids}`` acted on in the present cycle."""
        done = {}
        events = (
            self.env["haerun.clock.event"]
            .sudo()
            .search_fetch(
                [("clock_id", "in", self.ids), ("kind", "=", "escalate")],
                ["clock_id", "level_id", "cycle"],
            )
        )
        for event in events:
            if event.cycle == event.clock_id.cycle:
                done.setdefault(event.clock_id.id, set()).add(event.level_id.id)
        return done

    def _refusal(self, code):
        """Say in one sentence why an event is refused, and the way out."""
        names = {"matter": self.res_name, "limit": self.limit_id.name}
        return {
            "not_running": self.env._(
                "“%(matter)s”: “%(limit)s” is not running, so it cannot be paused; "
                "reopen it first.",
                **names,
            ),
            "not_paused": self.env._(
                "“%(matter)s”: “%(limit)s” is not paused; it runs already or has "
                "ended.",
                **names,
            ),
            "overdue": self.env._(
                "“%(matter)s”: “%(limit)s” has already expired; it can only be "
                "finished now, with a reason.",
                **names,
            ),
            "open": self.env._(
                "“%(matter)s”: “%(limit)s” is still open and need not be reopened.",
                **names,
            ),
        }.get(
            code,
            self.env._(
                "“%(matter)s”: “%(limit)s” has ended; reopen it first.", **names
            ),
        )

    # ------------------------------------------------------------
    # Consequences
    # ------------------------------------------------------------

    def _after_change(self, kind):
        """Bring the records' deadline and the pending pushes in line."""
        ended = self.filtered(lambda clock: clock.state not in clock_ledger.OPEN)
        if ended:
            self.env["mail.activity"].sudo().search(
                [("haerun_clock_id", "in", ended.ids)]
            ).unlink()
            self.env["haerun.push"].sudo()._forget(ended)
        self._sync_records()
        if kind != "satisfy":  # the matter moves on, and whoever reached that says so
            for model, clocks in self.grouped("res_model").items():
                matters = self.env[model].browse(set(clocks.mapped("res_id")))
                matters._haerun_clocks_changed(kind)

    def _sync_records(self):
        """Write the earliest deadline of each record's open clocks on the record."""
        for model, clocks in self.grouped("res_model").items():
            self.env[model]._haerun_sync_due(set(clocks.mapped("res_id")))
