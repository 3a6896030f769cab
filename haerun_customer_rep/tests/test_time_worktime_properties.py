from datetime import date, datetime, timedelta

import chinese_calendar
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools.worktime import Day, PlanError, WorkTime, shift_weekday
from .worktime_oracle import FIRST, LAST, SHIFTS, Oracle

RUN = settings(max_examples=200, deadline=None, derandomize=True)
shifts = st.sampled_from(sorted(SHIFTS))
starts = st.integers(0, 700 * 1440).map(
    lambda minute: datetime(2024, 12, 31, 16) + timedelta(minutes=minute)
)
minutes = st.integers(0, 20 * 420)
days = st.integers(0, 15)
AMOUNTS = {
    "minute": st.integers(0, 30 * 1440),
    "hour": st.integers(0, 720) | st.floats(0, 720),
    "work_minute": minutes,
    "work_hour": st.integers(0, 140) | st.integers(0, 560).map(lambda n: n / 4),
    "work_day": days | st.sampled_from([0.1, 0.25, 1 / 3, 0.5, 0.75, 0.99]),
}
plans = st.sampled_from(sorted(AMOUNTS)).flatmap(
    lambda unit: st.tuples(AMOUNTS[unit], st.just(unit))
)


def official_worktime(shift):
    everyday, spans = SHIFTS[shift]
    seconds = [(begin * 60, end * 60) for begin, end in spans]
    known = {}
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        kind = "workday" if chinese_calendar.is_workday(day) else "holiday"
        if kind == "workday" and day.weekday() > 4:
            kind = "makeup"
        rule = "everyday" if everyday else "workday"
        known[day] = Day(shift_weekday(rule, kind, day, 0))
    week = range(7 if everyday else 5)
    return WorkTime(dict.fromkeys(week, seconds), known, "Asia/Shanghai")


class TestWorkTimeProperties(BaseCase):
    """Our deadlines against a planner that walks minute by minute, 2025 to 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.oracles = {shift: Oracle(shift) for shift in SHIFTS}
        cls.ours = {shift: official_worktime(shift) for shift in SHIFTS}

    def test_published_makeup_days(self):
        """R20: the six make-up days of the notice of 2025-11-04 are worked."""
        oracle = self.oracles["default"]
        for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)):
            number = (date(2026, month, day) - FIRST).days
            self.assertEqual(oracle.minutes_of(number), 420)

    @RUN
    @given(shifts, starts, plans)
    def test_agrees_with_the_oracle(self, shift, start, plan):
        """R1, R16, R20: every unit, three shifts."""
        amount, unit = plan
        try:
            expected = self.oracles[shift].plan(start, amount, unit)
        except IndexError:
            with self.assertRaises(PlanError):
                self.ours[shift].plan(start, amount, unit)
            return
        found = self.ours[shift].plan(start, amount, unit)
        self.assertLess(abs(found - expected), timedelta(milliseconds=1))

    @RUN
    @given(shifts, starts, starts, minutes, minutes, st.sampled_from(sorted(AMOUNTS)))
    def test_more_or_later_never_ends_earlier(self, shift, s, t, a, b, unit):
        """Planning is monotone in start and amount."""
        if unit == "work_day":
            a, b = a % 16, b % 16
        elif unit in ("hour", "work_hour"):
            a, b = a / 60, b / 60
        s, t = sorted((s, t))
        a, b = sorted((a, b))
        plan = self.ours[shift].plan
        try:
            latest = plan(t, b, unit)
        except PlanError:
            assume(False)
        self.assertLessEqual(plan(s, a, unit), plan(s, b, unit))
        self.assertLessEqual(plan(s, a, unit), plan(t, a, unit))
        self.assertLessEqual(plan(s, b, unit), latest)
        if unit != "work_day":
            self.assertGreaterEqual(plan(s, a, unit), s)

    @RUN
    @given(shifts, starts, minutes)
    def test_back_undoes_plan(self, shift, start, amount):
        """R102: planning and planning back enclose the same work."""
        ours = self.ours[shift]
        try:
            end = ours.plan(start, amount, "work_minute")
        except PlanError:
            assume(False)
        self.assertEqual(ours.between(start, end, "work"), amount * 60)
        begin = ours.back(end, amount, "work_minute")
        self.assertGreaterEqual(begin, start)
        self.assertEqual(ours.between(begin, end, "work"), amount * 60)
        self.assertEqual(ours.plan(begin, amount, "work_minute"), end)

    @RUN
    @given(shifts, starts, st.integers(1, 4000))
    def test_back_agrees_with_the_oracle(self, shift, end, amount):
        """The latest instant from which the work still fits."""
        oracle, ours = self.oracles[shift], self.ours[shift]
        end += timedelta(days=25)
        begin = ours.back(end, amount, "work_minute")
        self.assertEqual(begin, oracle.back(end, amount))
        self.assertEqual(ours.between(begin, end, "work"), amount * 60)
        self.assertEqual(oracle.between(begin, end), amount)

    @RUN
    @given(shifts, starts, st.integers(1, 15))
    def test_back_of_working_days_opens_the_first_of_them(self, shift, start, count):
        """The n working days of a deadline begin on the morning after its start."""
        oracle, ours = self.oracles[shift], self.ours[shift]
        try:
            end = ours.plan(start, count, "work_day")
        except PlanError:
            assume(False)
        first = oracle.working_day(oracle.minute(start) // 1440)
        first = oracle.working_day(first + 1)
        opening = next(m for m in range(1440) if oracle.worked[first * 1440 + m])
        self.assertEqual(
            ours.back(end, count, "work_day"), oracle.instant(first * 1440 + opening)
        )
