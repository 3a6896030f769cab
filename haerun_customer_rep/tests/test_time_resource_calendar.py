from datetime import UTC, datetime, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user

from .common import local

MAKEUP_DAYS = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")


class TestResourceCalendar(TransactionCase):
    """Odoo's own planning works the days of ours (R20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workday = cls.env["haerun.workday"]
        cls.office, cls.hall, cls.crew = (
            cls.env.ref(f"haerun_customer_rep.resource_calendar_{name}")
            for name in ("default", "hall", "crew")
        )
        cls.employee = cls.env["hr.employee"].create(
            {"name": "王建国", "resource_calendar_id": cls.office.id}
        )
        cls.employee.tz = "Asia/Shanghai"

    def _planned(self, calendar, start, hours):
        end = calendar.plan_hours(hours, start.replace(tzinfo=UTC))
        return end.astimezone(UTC).replace(tzinfo=None)

    def _hours(self, calendar, start, end, **kwargs):
        return calendar.get_work_hours_count(
            local(start), local(end), compute_leaves=False, **kwargs
        )

    def test_plan_hours_agrees_over_the_makeup_days(self):
        """Four days around each make-up day of 2026, hour by hour, three shifts."""
        for calendar in (self.office, self.hall, self.crew):
            worktime = self.workday._worktime(calendar)
            for makeup in MAKEUP_DAYS:
                first = local(f"2026-{makeup} 00:00") - timedelta(days=2)
                for number in range(0, 96, 5):
                    start = first + timedelta(hours=number, minutes=7 * number % 60)
                    hours = (number % 13) + 0.5
                    ours = worktime.plan(start, hours, "work_hour")
                    theirs = self._planned(calendar, start, hours)
                    self.assertEqual(ours, theirs, (calendar.name, start, hours))

    def test_a_makeup_day_is_worked_like_a_monday(self):
        for makeup in MAKEUP_DAYS:
            day = f"2026-{makeup}"
            self.assertEqual(
                self._hours(self.office, f"{day} 00:00", f"{day} 23:59"), 7
            )
            self.assertEqual(
                self._planned(self.office, local(f"{day} 07:00"), 3.5),
                local(f"{day} 12:00"),
            )
        self.assertEqual(
            self._planned(self.office, local("2026-10-10 09:00"), 1),
            local("2026-10-10 10:00"),
        )

    def test_holidays_yield_nothing(self):
        span = "2026-10-01 00:00", "2026-10-07 23:59"
        self.assertEqual(self._hours(self.office, *span), 0)
        self.assertEqual(self._hours(self.hall, *span), 49)
        self.assertEqual(
            self._planned(self.office, local("2026-09-30 16:30"), 1),
            local("2026-10-08 09:00"),
        )

    def test_the_clock_round(self):
        """R109: 24:00 is midnight, not a microsecond before."""
        self.assertEqual(
            self._hours(self.crew, "2026-10-01 00:00", "2026-10-08 00:00"), 168
        )
        self.assertEqual(
            self._planned(self.crew, local("2026-10-01 20:00"), 52),
            local("2026-10-04 00:00"),
        )

    def test_a_leave_costs_our_working_days(self):
        """R120: 国庆 is no leave, the make-up Saturday is."""
        leave_type = self.env["hr.leave.type"].create(
            {"name": "年休", "requires_allocation": False}
        )
        for first, last, days in (
            ("2026-09-30", "2026-10-10", 4),
            ("2026-10-10", "2026-10-10", 1),
            ("2026-10-01", "2026-10-08", 1),
        ):
            leave = self.env["hr.leave"].new(
                {
                    "employee_id": self.employee.id,
                    "holiday_status_id": leave_type.id,
                    "request_date_from": first,
                    "request_date_to": last,
                }
            )
            self.assertEqual(leave.number_of_days, days, (first, last))

    def test_an_employee_in_the_calendar_of_odoo(self):
        """The grey days of time off and the hours of a person follow too."""
        unusual = self.employee._get_unusual_days(
            "2026-10-05 00:00:00", "2026-10-12 00:00:00"
        )
        off = {day for day, grey in unusual.items() if grey}
        self.assertIn("2026-10-05", off)
        self.assertIn("2026-10-11", off)
        self.assertNotIn("2026-10-10", off)
        days = self.employee._list_work_time_per_day(
            datetime(2026, 10, 5, tzinfo=UTC), datetime(2026, 10, 12, tzinfo=UTC)
        )[self.employee.id]
        self.assertEqual(
            [(str(day)[5:], hours) for day, hours in days],
            [("10-08", 7), ("10-09", 7), ("10-10", 7)],
        )
        self.assertTrue(self.office._works_on_date(datetime(2026, 10, 10).date()))
        self.assertFalse(self.office._works_on_date(datetime(2026, 10, 7).date()))
        self.assertTrue(self.hall._works_on_date(datetime(2026, 10, 7).date()))

    def test_hours_outside_the_calendar_stay_odoos(self):
        """Odoo looks far ahead; where we know nothing its weekdays stand."""
        self.assertEqual(
            self._hours(self.office, "2040-10-01 00:00", "2040-10-01 23:59"), 7
        )

    def test_other_calendars_are_untouched(self):
        stock = self.office.copy({"haerun_day_rule": False})
        self.assertEqual(
            self._hours(stock, "2026-10-01 00:00", "2026-10-11 00:00"), 7 * 7
        )

    def test_a_lunch_break_is_kept_on_a_makeup_day(self):
        self.office.attendance_ids = [
            (
                0,
                0,
                {
                    "name": "午休",
                    "dayofweek": "0",
                    "hour_from": 12,
                    "hour_to": 13.5,
                    "day_period": "lunch",
                },
            )
        ]
        span = [
            at.replace(tzinfo=UTC)
            for at in (local("2026-10-10 00:00"), local("2026-10-11 00:00"))
        ]
        lunch = self.office._attendance_intervals_batch(*span, lunch=True)[False]
        self.assertEqual(
            [stop - start for start, stop, _l in lunch], [timedelta(hours=1.5)]
        )
        work = self.office._attendance_intervals_batch(*span)[False]
        self.assertEqual(len(work), 2)

    def test_flexible_people_stay_flexible(self):
        """A person without fixed hours is not bound by the shift asked about."""
        self.employee.resource_calendar_id = False
        span = [
            at.replace(tzinfo=UTC)
            for at in (local("2026-10-01 00:00"), local("2026-10-03 00:00"))
        ]
        resource = self.employee.resource_id
        work = self.office._attendance_intervals_batch(*span, resource)
        self.assertEqual(
            sum((b - a).total_seconds() for a, b, _l in work[resource.id]), 48 * 3600
        )
        self.assertFalse(work[False])

    def test_the_rule_needs_fixed_hours_of_one_week(self):
        for vals in ({"two_weeks_calendar": True}, {"schedule_type": "flexible"}):
            with self.assertRaisesRegex(ValidationError, "fixed hours"):
                self.office.copy(vals)

    def test_hours_of_deadlines_belong_to_the_rules_administrator(self):
        """R120: personnel officers edit other schedules, not ours."""
        officer = new_test_user(
            self.env, "shift_hr", groups="hr.group_hr_user,base.group_user"
        )
        admin = new_test_user(
            self.env, "shift_admin", groups="haerun_customer_rep.group_rules_admin"
        )
        stock = self.office.copy({"haerun_day_rule": False})
        stock.with_user(officer).attendance_ids[0].hour_from = 9
        line = self.office.attendance_ids[0]
        for change in (
            lambda: line.with_user(officer).write({"hour_from": 9}),
            lambda: line.with_user(officer).unlink(),
            lambda: self.office.with_user(officer).write({"tz": "UTC"}),
            lambda: self.office.with_user(officer).unlink(),
            lambda: stock.with_user(officer).write({"haerun_day_rule": "workday"}),
        ):
            with self.assertRaisesRegex(AccessError, "rules administrator"):
                change()
        line.with_user(admin).hour_from = 9
        self.assertEqual(
            self.workday.plan(local("2026-09-28 08:30"), 1, "work_hour"),
            local("2026-09-28 10:00"),
        )

    def test_uninstalling_gives_the_former_schedules_back(self):
        company = self.env.ref("base.main_company")
        self.assertEqual(company.resource_calendar_id, self.office)
        self.env["resource.calendar"]._haerun_release_shifts()
        former = company.resource_calendar_id
        self.assertFalse(former.haerun_day_rule)
        self.assertEqual(self.employee.resource_calendar_id, former)
        self.env["resource.calendar"]._haerun_adopt_default_shift()
        self.assertEqual(company.resource_calendar_id, self.office)
