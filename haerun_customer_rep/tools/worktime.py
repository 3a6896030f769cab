"""Working-time arithmetic: deadlines out of shifts and calendar days.

No database and no environment: one :class:`WorkTime` holds a whole calendar as
sorted lists of microseconds (cumulative working time), so that a deadline is two
bisections. Instants go in and come out as naive UTC datetimes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from numbers import Real
from typing import NamedTuple
from zoneinfo import ZoneInfo

UNITS = ("minute", "hour", "work_minute", "work_hour", "work_day")

_EPOCH = datetime(1970, 1, 1)
_UTC = ZoneInfo("UTC")
_SIZE = {
    "minute": 60_000_000,
    "hour": 3_600_000_000,
    "work_minute": 60_000_000,
    "work_hour": 3_600_000_000,
}
_ABSURD = 10_000_000  # more than any calendar holds, in whatever unit


class PlanError(ValueError):
    """A plan that cannot be made. `reason` is one of:

    * ``unit``: unknown unit
    * ``amount``: negative, infinite or no number
    * ``fraction``: a broken number of working days above one
    * ``beyond``: a date for which there is no calendar
    * ``empty``: a shift without working hours
    """

    def __init__(self, reason: str, value=None):
        super().__init__(f"{reason}: {value!r}")
        self.reason = reason
        self.value = value


class Day(NamedTuple):
    """How one calendar day is worked."""

    weekday: int | None
    """Weekday (Monday 0) whose shift is worked; None when nobody works."""
    estimated: bool = False
    """The authority has not published this day yet."""


def shift_weekday(rule: str, kind: str, day: date, first: int | None) -> int | None:
    """Weekday whose shift is worked on `day`, or None.

    :param rule: ``everyday`` (weekends and holidays are worked) or ``workday``
    :param kind: ``workday``, ``holiday`` or ``makeup`` (调休)
    :param first: first weekday on which the shift works: that of a make-up day
    """
    if rule == "everyday" or kind == "workday":
        return day.weekday()
    return first if kind == "makeup" else None


def _stamp(at: datetime) -> int:
    delta = at - _EPOCH
    return delta.days * 86_400_000_000 + delta.seconds * 1_000_000 + delta.microseconds


def _instant(stamp: int) -> datetime:
    return _EPOCH + timedelta(microseconds=stamp)


def _check(amount, unit) -> None:
    if unit not in UNITS:
        raise PlanError("unit", unit)
    if isinstance(amount, bool) or not isinstance(amount, Real):
        raise PlanError("amount", amount)
    if not amount >= 0 or amount == float("inf"):
        raise PlanError("amount", amount)
    if amount > _ABSURD:
        raise PlanError("beyond", amount)


class WorkTime:
    """Working time of one shift over the known calendar days.

    :param spans: for each weekday (Monday 0) its working spans as seconds from
        local midnight, ascending, up to 86400 (24:00)
    :param days: the known days; a missing day in between ends what can be planned
    :param tz: time zone of the shift
    """

    __slots__ = (
        "_after",
        "_before",
        "_day_after",
        "_day_before",
        "_day_close",
        "_day_open",
        "_ends",
        "_estimated",
        "_known",
        "_mornings",
        "_next",
        "_starts",
    )

    def __init__(
        self,
        spans: Mapping[int, Iterable[tuple[int, int]]],
        days: Mapping[date, Day],
        tz: str,
    ):
        zone = ZoneInfo(tz)

        def utc(day: date, seconds: int) -> int:
            # 24:00 is the midnight of the next day
            local = datetime.combine(day, time.min) + timedelta(seconds=seconds)
            aware = local.replace(tzinfo=zone).astimezone(_UTC)
            return _stamp(aware.replace(tzinfo=None))

        self._starts, self._ends = [], []  # working spans
        self._before, self._after = [], []  # work done before and after each
        self._day_open, self._day_close = [], []  # working days
        self._day_before, self._day_after = [], []
        self._mornings = []  # local midnight of every known day
        self._next = []  # first working day on or after every known day
        self._known = []  # begin, end, begin, end … of what is known
        self._estimated = []  # the same of what is estimated
        done = 0
        for day, (weekday, estimated) in sorted(days.items()):
            bounds = utc(day, 0), utc(day, 86400)
            self._extend(self._known, *bounds)
            if estimated:
                self._extend(self._estimated, *bounds)
            self._mornings.append(bounds[0])
            self._next.append(len(self._day_open))
            todays = list(spans.get(weekday, ())) if weekday is not None else []
            begun = done
            for begin, end in todays:
                self._starts.append(utc(day, begin))
                self._ends.append(utc(day, end))
                self._before.append(done)
                done += self._ends[-1] - self._starts[-1]
                self._after.append(done)
            if done > begun:
                self._day_open.append(self._starts[-len(todays)])
                self._day_close.append(self._ends[-1])
                self._day_before.append(begun)
                self._day_after.append(done)

    # ------------------------------------------------------------
    # PLANNING
    # ------------------------------------------------------------

    def plan(self, start: datetime, amount: float, unit: str) -> datetime:
        """Return when `amount` of `unit` is up for a matter begun at `start`.

        Clock units run through; working units end at the earliest instant at which
        that much work is done (0 gives `start`). A whole number of `work_day` ends
        at close of business of that many working days after the start day, or after
        the next working day when nobody works on the start day. A fraction below
        one is that share of the (next) working day's hours, worked from `start`.

        :raises PlanError: see there
        """
        _check(amount, unit)
        at = _stamp(start)
        limit = self._limit(at)
        if unit in ("minute", "hour"):
            end = at + round(amount * _SIZE[unit])
            limit -= 1  # midnight belongs to the next, unknown day
        elif not self._starts:
            raise PlanError("empty")
        elif unit == "work_day":
            end = self._plan_days(at, amount)
        else:
            end = self._plan_work(at, round(amount * _SIZE[unit]))
        if end > limit:
            raise PlanError("beyond", end)
        return _instant(end)

    def back(self, end: datetime, amount: float, unit: str) -> datetime:
        """Return the latest instant from which `amount` of `unit` fits until `end`.

        A working day counts as the share of its own hours: one `work_day` before
        close of business is the opening of the same day, 1.5 before noon of a day
        with equal halves is the opening of the day before. 0 gives `end`.

        :raises PlanError: see there
        """
        _check(amount, unit)
        at = _stamp(end)
        floor = self._floor(at)
        if not amount:
            return end
        if unit in ("minute", "hour"):
            begin = at - round(amount * _SIZE[unit])
        elif not self._starts:
            raise PlanError("empty")
        elif unit == "work_day":
            begin = self._back_days(at, amount)
        else:
            begin = self._back_work(at, self._work(at) - round(amount * _SIZE[unit]))
        if begin < floor:
            raise PlanError("beyond", begin)
        return _instant(begin)

    def between(self, start: datetime, end: datetime, unit_kind: str) -> float:
        """Return the seconds from `start` to `end`, negative when it lies before.

        :param unit_kind: ``work`` (working time only) or ``clock`` (all of it)
        """
        begun, ended = _stamp(start), _stamp(end)
        if unit_kind == "clock":
            return (ended - begun) / 1e6
        if unit_kind != "work":
            raise PlanError("unit", unit_kind)
        first, last = min(begun, ended), max(begun, ended)
        if self._floor(last) > first:
            raise PlanError("beyond", last)
        return (self._work(ended) - self._work(begun)) / 1e6

    def days_after(self, start: datetime, end: datetime) -> int:
        """Return how many working days open after the day of `start`, up to `end`.

        On a Monday three days are left until Thursday evening; 0 when `end` lies on
        the same day or before.

        :raises PlanError: ``beyond`` when `start` lies outside the known days
        """
        first = self._next_day(_stamp(start))
        return max(0, bisect_right(self._day_open, _stamp(end)) - first)

    def is_estimated(self, at: datetime) -> bool:
        """Tell whether the calendar day of `at` is only estimated."""
        return bool(bisect_right(self._estimated, _stamp(at)) % 2)

    def crosses_estimated(self, start: datetime, end: datetime) -> bool:
        """Tell whether any part of `start` to `end` lies in estimated days."""
        first = bisect_right(self._estimated, _stamp(start))
        return bool(first % 2) or first != bisect_left(self._estimated, _stamp(end))

    # ------------------------------------------------------------
    # STEPS
    # ------------------------------------------------------------

    @staticmethod
    def _extend(bounds: list[int], begin: int, end: int) -> None:
        if bounds and bounds[-1] == begin:
            bounds[-1] = end
        else:
            bounds += (begin, end)

    def _limit(self, at: int) -> int:
        """Return the end of the known days in which `at` lies."""
        index = bisect_right(self._known, at)
        if not index % 2:
            raise PlanError("beyond", at)
        return self._known[index]

    def _floor(self, at: int) -> int:
        """Return the begin of the known days at whose end or within `at` lies."""
        index = bisect_left(self._known, at)
        if not index % 2:
            if self._known[index : index + 1] != [at]:
                raise PlanError("beyond", at)
            return at
        return self._known[index - 1]

    def _work(self, at: int) -> int:
        """Return the work done in all known days before `at`."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return 0
        end = self._ends[index]
        return self._after[index] - (end - at if at < end else 0)

    def _next_day(self, at: int) -> int:
        """Return the index of the first working day after the day of `at`."""
        self._limit(at)
        day = bisect_right(self._mornings, at)
        return self._next[day] if day < len(self._next) else len(self._day_open)

    def _plan_work(self, at: int, amount: int) -> int:
        if not amount:
            return at
        target = self._work(at) + amount
        index = bisect_left(self._after, target)
        if index == len(self._after):
            raise PlanError("beyond", target)
        return self._ends[index] - (self._after[index] - target)

    def _plan_days(self, at: int, amount: float) -> int:
        day = self._next[bisect_right(self._mornings, at) - 1]
        whole = int(amount)
        if whole != amount:
            if whole:
                raise PlanError("fraction", amount)
            if day == len(self._day_open):
                raise PlanError("beyond", at)
            hours = self._day_after[day] - self._day_before[day]
            return self._plan_work(at, round(amount * hours))
        if day + whole >= len(self._day_close):
            raise PlanError("beyond", at)
        return self._day_close[day + whole]

    def _back_work(self, at: int, target: int) -> int:
        if target < 0:
            raise PlanError("beyond", target)
        index = bisect_right(self._before, target) - 1
        return min(at, self._starts[index] + target - self._before[index])

    def _back_days(self, at: int, amount: float) -> int:
        done = self._work(at)
        day = bisect_left(self._day_after, done)
        if not done or day == len(self._day_after):
            raise PlanError("beyond", at)
        hours = self._day_after[day] - self._day_before[day]
        whole = int(amount)
        rest = done - self._day_before[day] - round((amount - whole) * hours)
        target = day - whole
        if rest == hours:  # after close: the latest instant is the next opening
            target, rest = target + 1, 0
        elif rest < 0:
            target, rest = target - 1, rest + hours
        if target < 0:
            raise PlanError("beyond", at)
        share = rest * (self._day_after[target] - self._day_before[target]) // hours
        return self._back_work(at, self._day_before[target] + share)
