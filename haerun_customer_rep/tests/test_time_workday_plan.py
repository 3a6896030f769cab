from datetime import UTC, date, datetime

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user

from .common import local


class TestWorkdayPlan(TransactionCase):
    """``haerun.workday.plan``: the stable public method for deadlines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workday = cls.env["haerun.workday"]
        cls.departments = cls.env["hr.department"]
        cls.hall = cls._department("服务大厅", "hall")
        cls.crew = cls._department("抢修队", "crew")

    @classmethod
    def _department(cls, name, shift, **vals):
        calendar = cls.env.ref(f"haerun_customer_rep.resource_calendar_{shift}")
        return cls.departments.create(
            {"name": name, "haerun_calendar_id": calendar.id, **vals}
        )

    def assertRefused(self, text, *args, **kwargs):
        with self.assertRaisesRegex(UserError, text):
            self.workday.plan(*args, **kwargs)

    def test_the_main_company_works_the_default_shift(self):
        """R20: 08:30-12:00 and 13:30-17:00 in Beijing, around 国庆."""
        start = local("2026-09-29 08:30")
        for amount, unit, end in (
            (30, "minute", "2026-09-29 09:00"),
            (48, "hour", "2026-10-01 08:30"),
            (30, "work_minute", "2026-09-29 09:00"),
            (3.5, "work_hour", "2026-09-29 12:00"),
            (15, "work_hour", "2026-10-08 09:30"),
            (0.5, "work_day", "2026-09-29 12:00"),
            (0, "work_day", "2026-09-29 17:00"),
            (4, "work_day", "2026-10-10 17:00"),
            (5, "work_day", "2026-10-12 17:00"),
        ):
            self.assertEqual(
                self.workday.plan(start, amount, unit), local(end), (amount, unit)
            )

    def test_a_department_has_its_own_shift(self):
        """R20: halls work seven days, emergency crews round the clock; by id too."""
        start = local("2026-10-01 16:00")
        for department, end in (
            (None, "2026-10-08 10:30"),
            (False, "2026-10-08 10:30"),
            (self.departments, "2026-10-08 10:30"),
            (self.hall, "2026-10-02 09:30"),
            (self.hall.id, "2026-10-02 09:30"),
            (self.crew, "2026-10-01 18:00"),
        ):
            self.assertEqual(
                self.workday.plan(start, 2, "work_hour", department), local(end)
            )
        self.assertEqual(
            self.workday.plan(start, 1, "work_day", department=self.crew),
            local("2026-10-03 00:00"),
        )

    def test_a_unit_without_shift_works_as_its_parent(self):
        child = self.departments.create({"name": "前台", "parent_id": self.hall.id})
        start = local("2026-10-01 16:00")
        end = local("2026-10-02 09:30")
        self.assertEqual(self.workday.plan(start, 2, "work_hour", child), end)
        self.hall.haerun_calendar_id = self.crew.haerun_calendar_id
        self.assertEqual(
            self.workday.plan(start, 2, "work_hour", child), local("2026-10-01 18:00")
        )

    def test_start_is_naive_utc(self):
        """Odoo's own string is taken; what could mean another instant is refused."""
        expected = local("2026-09-29 12:00")
        start = "2026-09-29 00:30:00"
        self.assertEqual(self.workday.plan(start, 3.5, "work_hour"), expected)
        text = fields.Datetime.to_datetime(start)
        self.assertEqual(self.workday.plan(text, 3.5, "work_hour"), expected)
        for other in (
            datetime(2026, 9, 29, tzinfo=UTC),
            date(2026, 9, 29),
            "2026-09-29",
            "2026-09-29T00:30:00+08:00",
            "soon",
            "",
            None,
            False,
            1,
        ):
            self.assertRefused("UTC date and time", other, 1, "hour")

    def test_refusals_name_the_way_out(self):
        start = local("2026-09-29 08:30")
        self.assertRefused("use one of minute, hour", start, 1, "day")
        for amount in (-1, float("nan"), float("inf"), "1", None, True):
            self.assertRefused("not negative", start, amount, "work_hour")
        self.assertRefused("a fraction below one", start, 1.5, "work_day")
        for department in (0, -1, True, "1", [1], self.env.company):
            self.assertRefused(
                "department for the deadline", start, 1, "hour", department
            )

    def test_a_year_without_data_is_refused(self):
        """R20: nothing is planned where there is no calendar, in any unit."""
        first, last = min(self.workday._days()), max(self.workday._days())
        before = datetime(first.year - 1, 12, 31, 15)
        near = datetime(last.year, 12, 31, 0, 30)
        for unit in ("minute", "hour", "work_minute", "work_hour", "work_day"):
            self.assertRefused("lies beyond the working calendar", before, 1, unit)
            self.assertRefused("ask a rules administrator", near, 5000, unit)
            for department in (self.hall, self.crew):
                self.assertRefused("beyond", near, 5000, unit, department=department)

    def test_no_query_a_deadline(self):
        start = local("2026-09-29 08:30")
        self.workday.plan(start, 1, "work_day")
        self.workday.plan(start, 1, "work_day", self.hall)
        with self.assertQueryCount(0):
            for amount in range(100):
                self.workday.plan(start, amount, "work_day")
                self.workday.plan(start, amount, "work_hour", self.hall)

    def test_changes_of_calendar_and_shift_count_at_once(self):
        start = local("2026-09-30 16:00")
        calendar = self.env.company.resource_calendar_id
        self.assertEqual(
            self.workday.plan(start, 2, "work_hour"), local("2026-10-08 09:30")
        )
        self.workday.search([("date", "=", "2026-10-01")]).kind = "makeup"
        self.assertEqual(
            self.workday.plan(start, 2, "work_hour"), local("2026-10-01 09:30")
        )
        lines = calendar.attendance_ids.filtered(lambda line: line.hour_to == 17)
        lines.hour_to = 18
        self.assertEqual(
            self.workday.plan(start, 2, "work_hour"), local("2026-09-30 18:00")
        )
        lines.unlink()
        self.assertEqual(
            self.workday.plan(start, 2, "work_hour"), local("2026-10-01 10:30")
        )
        self.env.company.resource_calendar_id = self.crew.haerun_calendar_id
        self.assertEqual(
            self.workday.plan(start, 9, "work_hour"), local("2026-10-01 01:00")
        )

    def test_schedules_without_fixed_hours(self):
        """A schedule of two weeks says no hours: the default shift stands in."""
        start = local("2026-09-29 08:30")
        odd = self.env["resource.calendar"].create(
            {"name": "两周制", "two_weeks_calendar": True, "company_id": False}
        )
        self.hall.haerun_calendar_id = odd
        self.assertRefused("no fixed hours", start, 1, "work_day", self.hall)
        self.env.company.resource_calendar_id = odd
        self.assertEqual(
            self.workday.plan(start, 3.5, "work_hour"), local("2026-09-29 12:00")
        )

    def test_everybody_inside_may_plan(self):
        """Any internal user plans; portal users may not."""
        start = local("2026-09-29 08:30")
        clerk = new_test_user(self.env, "plan_clerk", groups="base.group_user")
        self.assertEqual(
            self.workday.with_user(clerk).plan(start, 1, "work_hour", self.hall.id),
            local("2026-09-29 09:30"),
        )
        guest = new_test_user(self.env, "plan_guest", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.workday.with_user(guest).plan(start, 1, "work_hour")
