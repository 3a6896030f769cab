"""When the levels of a ladder fall: pure functions over a clock's figures."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Level:
    """One level: ``anchor`` share|before|due|after.

    ``share`` is the part of the limit used up (0..1); ``amount``/``unit`` the
    distance to the deadline for ``before`` and ``after``.
    """

    key: int
    anchor: str
    share: float = 0.0
    amount: float = 0.0
    unit: str = "work_day"


def level_at(level, started_at, due_at, length, kind, worktime):
    """Return the instant (naive UTC) at which ``level`` falls due.

    Every level is measured from the deadline, so a pause or an extension that
    moves the deadline moves its whole ladder. No level falls before the start:
    "one working day before expiry, or at once when the limit is shorter".

    :param length: the time allowed, seconds of ``kind`` (``work``/``clock``)
    """
    if level.anchor == "due":
        return due_at
    if level.anchor == "after":
        return worktime.plan(due_at, level.amount, level.unit)
    if level.anchor == "share":
        unit = "minute" if kind == "clock" else "work_minute"
        # whole seconds, like every instant the ledger keeps
        left = round(length * (1 - level.share))
        return max(started_at, worktime.back(due_at, left / 60, unit))
    return max(started_at, worktime.back(due_at, level.amount, level.unit))


def yellow_at(started_at, due_at, length, kind, worktime):
    """Return when a clock turns yellow: its last working day (R20).

    A limit in clock time has no working day; it is yellow in its last fifth.
    """
    if kind == "work":
        return max(started_at, worktime.back(due_at, 1, "work_day"))
    return max(started_at, worktime.back(due_at, round(length / 5) / 60, "minute"))


def passed(schedule, now, done):
    """Split a clock's schedule at ``now``.

    :param schedule: iterable of ``(instant, key)``
    :param now: naive UTC datetime
    :param done: keys already acted on in this cycle
    :return: ``(keys that have come, in order, next instant or None)``
    """
    waiting = sorted((at, key) for at, key in schedule if key not in done)
    due = [key for at, key in waiting if at <= now]
    later = [at for at, _key in waiting if at > now]
    return due, (min(later) if later else None)


def within_quiet_hours(local: datetime, quiet_from: float, quiet_to: float) -> bool:
    """Tell whether ``local`` (wall clock) lies in the quiet hours.

    :param quiet_from: hour of the day as a float (21.5 = 21:30); when it is later
        than ``quiet_to`` the quiet hours span midnight; equal means none
    """
    hour = local.hour + local.minute / 60 + local.second / 3600
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to
