"""Periods of time: a day, week, month, quarter or year, and those beside it."""

from datetime import date, timedelta
from typing import NamedTuple

UNITS = ("day", "week", "month", "quarter", "year")


class Span(NamedTuple):
    """A period from its first day to the day after its last."""

    start: date
    end: date


def _month(day, months=0):
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def span(unit, day):
    """The :class:`Span` of a unit of time in which ``day`` lies; weeks begin on Monday.

    :param unit: one of :data:`UNITS`
    """
    if unit == "day":
        return Span(day, day + timedelta(1))
    if unit == "week":
        start = day - timedelta(day.weekday())
        return Span(start, start + timedelta(7))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    start = _month(day, -((day.month - 1) % months))
    return Span(start, _month(start, months))


def before(unit, period):
    """The :class:`Span` just before ``period``."""
    return span(unit, period.start - timedelta(1))


def after(unit, period):
    """The :class:`Span` just after ``period``."""
    return span(unit, period.end)


def year_before(unit, period):
    """The same :class:`Span` of the year before; a week that of 52 weeks before."""
    if unit == "week":
        return Span(*(day - timedelta(364) for day in period))
    start = period.start
    day = start.replace(
        year=start.year - 1,
        day=28 if (start.month, start.day) == (2, 29) else start.day,
    )
    return span(unit, day)


def cut(period, days):
    """The first so many days of a period, all of it at most: alike with alike."""
    return Span(period.start, min(period.start + timedelta(days), period.end))


def named(unit, period):
    """As people write it: 2026, 2026Q4, 2026-11, 2026W48, 2026-11-29."""
    start = period.start
    if unit == "year":
        return f"{start.year}"
    if unit == "quarter":
        return f"{start.year}Q{(start.month + 2) // 3}"
    if unit == "month":
        return f"{start:%Y-%m}"
    if unit == "week":
        year, week, _day = start.isocalendar()
        return f"{year}W{week:02}"
    return f"{start}"
