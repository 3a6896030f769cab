"""A slow planner that walks minute by minute; it shares no code with ours.

Days come straight from chinesecalendar, instants are naive UTC on whole minutes.
"""

from datetime import date, datetime, timedelta

import chinese_calendar

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
UTC_OFFSET = timedelta(hours=8)  # Beijing has no summer time
OFFICE = ((510, 720), (810, 1020))  # 08:30-12:00, 13:30-17:00
SHIFTS = {
    "default": (False, OFFICE),
    "hall": (True, OFFICE),
    "crew": (True, ((0, 1440),)),
}


class Oracle:
    """One shift over 2025 and 2026 as one byte a minute of Beijing time."""

    def __init__(self, shift):
        everyday, spans = SHIFTS[shift]
        self.origin = datetime.combine(FIRST, datetime.min.time()) - UTC_OFFSET
        self.days = (LAST - FIRST).days + 1
        self.worked = bytearray(self.days * 1440)
        for number in range(self.days):
            day = FIRST + timedelta(days=number)
            if everyday or chinese_calendar.is_workday(day):
                for begin, end in spans:
                    for minute in range(begin, end):
                        self.worked[number * 1440 + minute] = 1

    def minute(self, instant):
        return int((instant - self.origin).total_seconds() // 60)

    def instant(self, minute):
        return self.origin + timedelta(minutes=minute)

    def minutes_of(self, day):
        return sum(self.worked[day * 1440 : (day + 1) * 1440])

    def working_day(self, day):
        while not self.minutes_of(day):
            day += 1
        return day

    def plan(self, start, amount, unit):
        """Return the deadline; IndexError beyond the end of 2026."""
        at = self.minute(start)
        if unit in ("minute", "hour"):
            minutes = amount * (60 if unit == "hour" else 1)
            if at + minutes >= len(self.worked):
                raise IndexError
            return start + timedelta(minutes=minutes)
        if unit == "work_minute":
            return self._walk(at, amount)
        if unit == "work_hour":
            return self._walk(at, amount * 60)
        day = self.working_day(at // 1440)
        if amount != int(amount):
            return self._walk(at, amount * self.minutes_of(day))
        for _day in range(int(amount)):
            day = self.working_day(day + 1)
        if day >= self.days:
            raise IndexError
        last = max(m for m in range(1440) if self.worked[day * 1440 + m])
        return self.instant(day * 1440 + last + 1)

    def _walk(self, at, minutes):
        while minutes > 0:
            if self.worked[at]:
                if minutes < 1:
                    return self.instant(at) + timedelta(minutes=minutes)
                minutes -= 1
            at += 1
        return self.instant(at)

    def back(self, end, minutes):
        """Return the latest whole minute with that much work until `end`."""
        at = self.minute(end)
        while minutes > 0:
            at -= 1
            minutes -= self.worked[at]
        return self.instant(at)

    def between(self, start, end):
        """Return the minutes worked from `start` to `end`."""
        return sum(self.worked[self.minute(start) : self.minute(end)])
