"""The ledger of a clock, replayed: a pure function from events to a state.

Every change of a clock is an event; :func:`step` says what an event makes of the
clock, so the stored clock and a replay of its ledger cannot disagree.
All instants are naive UTC datetimes, all durations are seconds.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime

CLOCK_UNITS = ("minute", "hour")
OPEN = ("running", "paused")


class LedgerError(ValueError):
    """The event is impossible in this state; ``args[0]`` is a code."""


@dataclass(frozen=True)
class Event:
    """One line of the ledger.

    ``amount``/``unit`` belong to ``start`` and ``extend``, ``until`` to ``pause``,
    ``due_at`` to ``reschedule`` (the deadline after the calendar changed).
    """

    kind: str
    at: datetime
    amount: float = 0.0
    unit: str = ""
    until: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True)
class ClockState:
    """What is known of a clock after its events.

    ``length`` is all the time allowed, ``used`` the time charged so far (up to
    ``counted_from``, the instant from which it runs on), in seconds of the limit's
    own time: working seconds for working units, else clock seconds.
    """

    state: str
    kind: str
    started_at: datetime
    due_at: datetime
    length: float
    used: float = 0.0
    counted_from: datetime | None = None
    paused_at: datetime | None = None
    pause_until: datetime | None = None
    ended_at: datetime | None = None
    cycle: int = 0


#: what of a state is stored on the clock; its kind follows from the limit's unit
STORED = tuple(field.name for field in fields(ClockState) if field.name != "kind")


def time_kind(unit):
    """``clock`` for minutes and hours of the day, ``work`` for working time."""
    return "clock" if unit in CLOCK_UNITS else "work"


def shift(due_at, seconds, kind, worktime):
    """Return ``due_at`` put off by ``seconds`` of the limit's own time."""
    unit = "minute" if kind == "clock" else "work_minute"
    return worktime.plan(due_at, seconds / 60, unit) if seconds else due_at


def step(state, event, worktime):
    """Return the state after ``event``.

    :param state: a :class:`ClockState`, ``None`` before the start
    :param event: an :class:`Event`
    :param worktime: what answers ``plan`` and ``between`` (``tools.worktime``)
    :raises LedgerError: code ``not_started``, ``not_running``, ``not_paused``,
        ``overdue``, ``not_open`` or ``open``
    """
    if event.kind == "start":
        due_at = worktime.plan(event.at, event.amount, event.unit)
        kind = time_kind(event.unit)
        return ClockState(
            state="running",
            kind=kind,
            started_at=event.at,
            due_at=due_at,
            length=worktime.between(event.at, due_at, kind),
            counted_from=event.at,
        )
    if state is None:
        raise LedgerError("not_started")
    return _STEPS.get(event.kind, _keep)(state, event, worktime)


def fold(events, worktime):
    """Replay ``events`` (in order) and return the :class:`ClockState`."""
    state = None
    for event in events:
        state = step(state, event, worktime)
    return state


def _pause(state, event, worktime):
    if state.state != "running":
        raise LedgerError("not_running")
    if event.at > state.due_at:
        raise LedgerError("overdue")
    return replace(
        state,
        state="paused",
        used=_used(state, event.at, worktime),
        counted_from=None,
        paused_at=event.at,
        pause_until=event.until,
    )


def _resume(state, event, worktime):
    """The deadline moves by what the pause lasted: that time is another's."""
    if state.state != "paused":
        raise LedgerError("not_paused")
    away = worktime.between(state.paused_at, event.at, state.kind)
    return replace(
        state,
        state="running",
        due_at=shift(state.due_at, away, state.kind, worktime),
        counted_from=event.at,
        paused_at=None,
        pause_until=None,
    )


def _extend(state, event, worktime):
    if state.state not in OPEN:
        raise LedgerError("not_open")
    if state.state == "running" and event.at > state.due_at:
        raise LedgerError("overdue")
    due_at = worktime.plan(state.due_at, event.amount, event.unit)
    return replace(
        state,
        due_at=due_at,
        length=state.length + worktime.between(state.due_at, due_at, state.kind),
        cycle=state.cycle + 1,
    )


def _satisfy(state, event, worktime):
    """The verdict is given once, here, and a pause that still runs counts."""
    state = _ended(state, event, worktime)
    return replace(state, state="met" if event.at <= state.due_at else "missed")


def _cancel(state, event, worktime):
    return replace(_ended(state, event, worktime), state="cancelled")


def _ended(state, event, worktime):
    """Return the open clock stopped at the event, its pause ended before."""
    if state.state not in OPEN:
        raise LedgerError("not_open")
    if state.state == "paused":
        state = _resume(state, event, worktime)
    return replace(
        state,
        used=_used(state, event.at, worktime),
        counted_from=None,
        ended_at=event.at,
    )


def _reopen(state, event, worktime):
    """Between its end and its reopening a matter was in nobody's hands."""
    if state.state in OPEN:
        raise LedgerError("open")
    away = worktime.between(state.ended_at, event.at, state.kind)
    return replace(
        state,
        state="running",
        due_at=shift(state.due_at, away, state.kind, worktime),
        counted_from=event.at,
        ended_at=None,
        cycle=state.cycle + 1,
    )


def _reschedule(state, event, worktime):
    if state.state not in OPEN:
        raise LedgerError("not_open")
    return replace(state, due_at=event.due_at)


def _keep(state, event, worktime):
    """``escalate`` and ``reassign`` tell who knew and who held, not how long."""
    return state


def _used(state, at, worktime):
    if state.counted_from is None:
        return state.used
    return state.used + worktime.between(state.counted_from, at, state.kind)


_STEPS = {
    "pause": _pause,
    "resume": _resume,
    "extend": _extend,
    "satisfy": _satisfy,
    "cancel": _cancel,
    "reopen": _reopen,
    "reschedule": _reschedule,
}
