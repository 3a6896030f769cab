from datetime import date, datetime, timedelta

from odoo.tests import BaseCase

from ..tools.worktime import Day, PlanError, WorkTime, shift_weekday

OFFICE = [(30600, 43200), (48600, 61200)]
WEEK = {weekday: OFFICE for weekday in range(5)}


def local(text):
    """Return the naive UTC datetime of a Beijing ``MM-DD HH:MM`` in 2026."""
    return datetime.strptime("2026-" + text, "%Y-%m-%d %H:%M") - timedelta(hours=8)


def autumn(spans=None, first=date(2026, 9, 28), count=28, tz="Asia/Shanghai"):
    """Four weeks around 国庆 2026; what lies after 2026-10-20 is estimated."""
    days = {}
    for number in range(count):
        day = first + timedelta(days=number)
        kind = "workday" if day.weekday() < 5 else "holiday"
        if date(2026, 10, 1) <= day <= date(2026, 10, 7):
            kind = "holiday"
        if day == date(2026, 10, 10):
            kind = "makeup"
        days[day] = Day(
            shift_weekday("workday", kind, day, 0), day > date(2026, 10, 20)
        )
    return WorkTime(WEEK if spans is None else spans, days, tz)


class TestWorkTime(BaseCase):
    """The arithmetic of deadlines, without a database."""

    def assertPlans(self, start, amount, unit, end):
        self.assertEqual(autumn().plan(local(start), amount, unit), local(end))

    def assertRefused(self, reason, method, *args):
        with self.assertRaises(PlanError) as caught:
            method(*args)
        self.assertEqual(caught.exception.reason, reason)

    def test_clock_time_runs_through(self):
        """R20: clock units know neither night nor holiday."""
        self.assertPlans("09-30 23:50", 30, "minute", "10-01 00:20")
        self.assertPlans("09-30 16:00", 24, "hour", "10-01 16:00")

    def test_working_time_ends_as_early_as_it_can(self):
        """R16: half a day's work is done at noon, not after the break."""
        self.assertPlans("09-29 08:30", 3.5, "work_hour", "09-29 12:00")
        self.assertPlans("09-29 08:30", 211, "work_minute", "09-29 13:31")
        self.assertPlans("09-29 07:00", 30, "work_minute", "09-29 09:00")
        self.assertPlans("09-29 11:45", 30, "work_minute", "09-29 13:45")
        self.assertPlans("09-29 16:45", 30, "work_minute", "09-30 08:45")

    def test_working_time_skips_the_holiday_and_works_the_makeup_day(self):
        """R20: 国庆 yields nothing, the Saturday after it is worked."""
        self.assertPlans("09-30 16:00", 2, "work_hour", "10-08 09:30")
        self.assertPlans("10-09 16:30", 1, "work_hour", "10-10 09:00")
        self.assertPlans("10-10 16:30", 1, "work_hour", "10-12 09:00")

    def test_nothing_to_do_is_done_at_once(self):
        for unit in ("minute", "hour", "work_minute", "work_hour"):
            self.assertPlans("10-03 03:00", 0, unit, "10-03 03:00")

    def test_working_days_end_at_close_of_business(self):
        """R20: the start day does not count, the n-th one ends at 17:00."""
        self.assertPlans("09-29 08:30", 1, "work_day", "09-30 17:00")
        self.assertPlans("09-29 20:00", 1, "work_day", "09-30 17:00")
        self.assertPlans("09-29 10:00", 4, "work_day", "10-10 17:00")
        self.assertPlans("09-29 10:00", 5.0, "work_day", "10-12 17:00")
        self.assertPlans("09-29 10:00", 0, "work_day", "09-29 17:00")

    def test_a_start_on_a_day_off_counts_from_the_next_working_day(self):
        self.assertPlans("10-03 10:00", 0, "work_day", "10-08 17:00")
        self.assertPlans("10-03 10:00", 1, "work_day", "10-09 17:00")
        self.assertPlans("10-11 10:00", 1, "work_day", "10-13 17:00")

    def test_a_share_of_a_working_day_is_worked_from_the_start(self):
        """R20: half a working day after 16:00 goes on next morning."""
        self.assertPlans("09-29 08:30", 0.5, "work_day", "09-29 12:00")
        self.assertPlans("09-29 16:00", 0.5, "work_day", "09-30 11:00")
        self.assertPlans("10-03 10:00", 0.5, "work_day", "10-08 12:00")

    def test_refusals(self):
        worktime = autumn()
        start = local("09-29 10:00")
        for unit in ("day", "", None, "WORK_DAY", ["hour"]):
            self.assertRefused("unit", worktime.plan, start, 1, unit)
        for amount in (-1, float("nan"), float("inf"), "1", None, True, 1j):
            for unit in ("minute", "hour", "work_minute", "work_hour", "work_day"):
                self.assertRefused("amount", worktime.plan, start, amount, unit)
        for amount in (1.5, 2.000001):
            self.assertRefused("fraction", worktime.plan, start, amount, "work_day")

    def test_a_date_beyond_the_calendar_is_refused_for_all_units(self):
        worktime = autumn()
        start = local("10-25 10:00")
        for unit in ("minute", "hour", "work_minute", "work_hour", "work_day"):
            for amount in (99_999, 10**400, 1e300):
                self.assertRefused("beyond", worktime.plan, start, amount, unit)
            for outside in ("09-27 23:59", "10-26 00:00"):
                self.assertRefused("beyond", worktime.plan, local(outside), 0, unit)
        self.assertRefused("beyond", worktime.plan, start, 14, "hour")
        self.assertRefused("beyond", worktime.plan, start, 0.5, "work_day")
        self.assertEqual(
            worktime.plan(start, 839, "minute"), start + timedelta(minutes=839)
        )

    def test_a_missing_day_ends_what_can_be_planned(self):
        days = {
            date(2026, 9, number): Day(date(2026, 9, number).weekday())
            for number in range(1, 31)
            if number != 16
        }
        worktime = WorkTime(WEEK, days, "Asia/Shanghai")
        self.assertRefused("beyond", worktime.plan, local("09-15 10:00"), 1, "work_day")
        self.assertRefused("beyond", worktime.plan, local("09-15 16:00"), 9, "hour")
        self.assertRefused("beyond", worktime.plan, local("09-16 10:00"), 1, "hour")
        self.assertRefused(
            "beyond", worktime.back, local("09-17 09:00"), 1, "work_hour"
        )
        self.assertRefused(
            "beyond",
            worktime.between,
            local("09-15 09:00"),
            local("09-17 09:00"),
            "work",
        )
        self.assertEqual(
            worktime.plan(local("09-17 10:00"), 1, "work_day"), local("09-18 17:00")
        )

    def test_a_shift_without_hours_plans_clock_time_only(self):
        worktime = autumn(spans={})
        start = local("09-29 10:00")
        self.assertRefused("empty", worktime.plan, start, 1, "work_hour")
        self.assertRefused("empty", worktime.back, start, 1, "work_day")
        self.assertEqual(worktime.plan(start, 1, "hour"), local("09-29 11:00"))

    def test_back_finds_the_latest_start(self):
        """R102: one working day before close of business is that morning."""
        worktime = autumn()
        for end, amount, unit, begin in (
            ("09-30 17:00", 1, "work_day", "09-30 08:30"),
            ("10-08 17:00", 2, "work_day", "09-30 08:30"),
            ("09-28 17:00", 1, "work_day", "09-28 08:30"),
            ("10-10 17:00", 0.5, "work_day", "10-10 13:30"),
            ("10-10 12:00", 1, "work_day", "10-09 13:30"),
            ("10-10 12:00", 1.5, "work_day", "10-09 08:30"),
            ("10-11 15:00", 1, "work_day", "10-10 08:30"),
            ("10-08 08:30", 1, "work_hour", "09-30 16:00"),
            ("10-08 09:30", 60, "work_minute", "10-08 08:30"),
            ("10-08 09:30", 24, "hour", "10-07 09:30"),
            ("10-03 09:30", 0, "work_day", "10-03 09:30"),
        ):
            self.assertEqual(
                worktime.back(local(end), amount, unit), local(begin), (end, unit)
            )
        self.assertRefused("beyond", worktime.back, local("09-28 10:00"), 1, "work_day")
        self.assertRefused("beyond", worktime.back, local("09-28 10:00"), 11, "hour")
        self.assertRefused("beyond", worktime.back, local("11-28 10:00"), 1, "hour")

    def test_between_is_signed(self):
        worktime = autumn()
        span = local("09-30 16:00"), local("10-08 09:30")
        self.assertEqual(worktime.between(*span, "work"), 7200)
        self.assertEqual(worktime.between(*reversed(span), "work"), -7200)
        self.assertEqual(worktime.between(*span, "clock"), (7 * 24 + 17.5) * 3600)
        self.assertRefused("unit", worktime.between, *span, "day")
        self.assertRefused(
            "beyond", worktime.between, span[0], local("12-08 09:30"), "work"
        )

    def test_estimated_days_leave_a_mark(self):
        """R20: a deadline that rests on an unpublished day says so."""
        worktime = autumn()
        self.assertFalse(worktime.is_estimated(local("10-20 23:59")))
        self.assertTrue(worktime.is_estimated(local("10-21 00:00")))
        official = local("10-08 09:00"), local("10-21 00:00")
        self.assertFalse(worktime.crosses_estimated(*official))
        self.assertTrue(
            worktime.crosses_estimated(local("10-08 09:00"), local("10-21 00:01"))
        )
        self.assertTrue(
            worktime.crosses_estimated(local("10-22 09:00"), local("10-22 09:00"))
        )

    def test_a_day_round_the_clock_ends_at_midnight(self):
        """R109: emergency crews work up to 24:00 and on."""
        days = {
            date(2026, 10, n): Day(date(2026, 10, n).weekday()) for n in range(1, 9)
        }
        crew = WorkTime(dict.fromkeys(range(7), [(0, 86400)]), days, "Asia/Shanghai")
        start = local("10-02 22:00")
        self.assertEqual(crew.plan(start, 2, "work_hour"), local("10-03 00:00"))
        self.assertEqual(crew.plan(start, 30, "work_hour"), local("10-04 04:00"))
        self.assertEqual(crew.plan(start, 0, "work_day"), local("10-03 00:00"))
        self.assertEqual(crew.plan(start, 6, "work_day"), local("10-09 00:00"))
        self.assertEqual(
            crew.back(local("10-03 00:00"), 1, "work_day"), local("10-02 00:00")
        )

    def test_summer_time_of_other_zones(self):
        """A day of 25 hours does not move the opening hours."""
        first = date(2026, 10, 19)
        worktime = autumn(first=first, tz="Europe/Berlin")
        start = datetime(2026, 10, 23, 14, 0)  # Friday 16:00 in Berlin
        self.assertEqual(
            worktime.plan(start, 2, "work_hour"), datetime(2026, 10, 26, 8, 30)
        )
