"""Working days of a Chinese year: as published, or estimated and marked so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import chinese_calendar

FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
"""Statutory days on fixed dates (全国年节及纪念日放假办法, 2024 revision)."""

SOURCE_OFFICIAL = "国务院办公厅放假通知(chinesecalendar %s)"
SOURCE_ESTIMATED = "推算:仅周末与固定日期的法定节假日,放假与调休通知尚未公布"


class DayFacts(NamedTuple):
    date: date
    kind: str
    """``workday``, ``holiday`` (weekends too) or ``makeup`` (调休上班)"""
    name: str | None
    """The feast a holiday or a make-up day belongs to."""


def year_dates(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


def official_year(year: int) -> list[DayFacts] | None:
    """Return the published days of `year`, or None when none are published."""
    try:
        return [_published(day) for day in year_dates(year)]
    except NotImplementedError:  # chinesecalendar never guesses
        return None


def official_source() -> str:
    return SOURCE_OFFICIAL % chinese_calendar.__version__


def estimated_year(year: int) -> list[DayFacts]:
    """Return weekends and fixed statutory days of `year`.

    Feasts by the moon and 调休 are not known before the State Council's notice and
    are not guessed.
    """
    days = []
    for day in year_dates(year):
        name = FIXED_HOLIDAYS.get((day.month, day.day))
        kind = "holiday" if name or day.weekday() > 4 else "workday"
        days.append(DayFacts(day, kind, name))
    return days


def _published(day: date) -> DayFacts:
    off, feast = chinese_calendar.get_holiday_detail(day)
    name = chinese_calendar.Holiday(feast).chinese if feast else None
    if off:
        return DayFacts(day, "holiday", name)
    if day.weekday() > 4:
        return DayFacts(day, "makeup", name)
    return DayFacts(day, "workday", None)
