"""Periods are integers such as 202611: they sort, index and group as they are."""

from datetime import date


def of(day: date) -> int:
    """The period in which a day lies."""
    return day.year * 100 + day.month


def is_period(number: int) -> bool:
    return 190001 <= number <= 299912 and 1 <= number % 100 <= 12


def shift(period: int, months: int) -> int:
    """The period so many months later (earlier: negative)."""
    count = period // 100 * 12 + period % 100 - 1 + months
    return count // 12 * 100 + count % 12 + 1


def day_in(period: int, day: int) -> date:
    """The day of the month, or the last one when the month is shorter."""
    year, month = divmod(period, 100)
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - date(year, month, 1)).days
    return date(year, month, min(max(day, 1), last))


def name(period: int) -> str:
    """As people write it: 2026-11."""
    return f"{period // 100}-{period % 100:02}" if period else ""
