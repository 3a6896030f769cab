from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger

from ..tools import china_calendar
from .common import local

CONFIRM = "haerun_customer_rep.mail_activity_confirm_year"


class TestWorkdayYear(TransactionCase):
    """Years of the working calendar: official, estimated, confirmed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workday = cls.env["haerun.workday"]
        cls.rules_admin = new_test_user(
            cls.env, "year_admin", groups="haerun_customer_rep.group_rules_admin"
        )
        cls.representative = new_test_user(
            cls.env, "year_rep", groups="haerun_customer_rep.group_representative"
        )

    def _days(self, **conditions):
        return self.workday.search([(k, "=", v) for k, v in conditions.items()])

    def _listen(self, name):
        clocks = type(self.env["haerun.clock"])
        return patch.object(clocks, name, autospec=True)

    def test_published_years_are_official(self):
        """R20: 2026 as in the notice of 2025-11-04, names in Chinese."""
        for year in (2024, 2025, 2026):
            days = self._days(year=year)
            self.assertEqual(len(days), 366 if year == 2024 else 365)
            self.assertEqual(set(days.mapped("status")), {"official"})
        self.assertEqual(
            [str(day.date)[5:] for day in self._days(year=2026, kind="makeup")],
            ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
        )
        named = self._days(year=2026, kind="holiday").filtered("name")
        self.assertEqual(
            [str(day.date)[5:] for day in named if day.name == "国庆节"],
            [f"10-0{number}" for number in range(1, 8)],
        )
        self.assertFalse(self._days(date="2026-10-11").name)
        self.assertEqual(self._days(date="2026-10-11").kind, "holiday")

    def test_unpublished_years_are_estimated(self):
        """R20: only weekends and fixed feasts; 调休 is never guessed."""
        self.assertIsNone(china_calendar.official_year(2027))
        for year in (2027, 2028):
            days = self._days(year=year)
            self.assertEqual(len(days), 366 if year == 2028 else 365)
            self.assertEqual(set(days.mapped("status")), {"estimated"})
            self.assertFalse(days.filtered(lambda day: day.kind == "makeup"))
            self.assertEqual(
                [str(day.date)[5:] for day in days if day.name],
                ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"],
            )
            for day in days - days.filtered("name"):
                weekend = day.date.weekday() > 4
                self.assertEqual(day.kind, "holiday" if weekend else "workday")
        worktime = self.workday._default_worktime()
        self.assertFalse(worktime.is_estimated(local("2026-12-31 23:59")))
        self.assertTrue(worktime.is_estimated(local("2027-01-01 00:00")))

    def test_a_shift_of_every_day_does_not_depend_on_the_notice(self):
        hall = self.env.ref("haerun_customer_rep.resource_calendar_hall")
        worktime = self.workday._worktime(hall)
        self.assertFalse(worktime.is_estimated(local("2027-02-10 10:00")))

    def test_rules_administrators_are_warned(self):
        """R20: one activity each on every estimated year, and the banner's data."""
        january = self._days(date="2027-01-01")
        with freeze_time("2026-11-23"):
            self.workday._cron_ensure_next_year()
            self.workday._cron_ensure_next_year()
        activities = january.activity_ids.filtered(
            lambda activity: activity.user_id == self.rules_admin
        )
        self.assertEqual(len(activities), 1)
        self.assertEqual(activities.activity_type_id, self.env.ref(CONFIRM))
        self.assertEqual(activities.date_deadline, date(2026, 12, 1))
        self.assertIn("2027", activities.summary)
        self.assertNotIn(self.representative, january.activity_ids.user_id)
        banner = self.workday.with_user(self.rules_admin).estimated_years()
        self.assertEqual(banner["years"][0], {"year": 2027, "day_id": january.id})
        self.assertTrue(banner["can_confirm"])
        banner = self.workday.with_user(self.representative).estimated_years()
        self.assertFalse(banner["can_confirm"])

    def test_the_next_year_is_always_there(self):
        """R20: a daily cron adds it, estimated."""
        last = max(self.workday._days()).year
        cron = self.env.ref("haerun_customer_rep.ir_cron_ensure_next_year")
        with freeze_time(f"{last}-01-02"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
            self.workday._cron_ensure_next_year()
        self.assertEqual(max(self.workday._days()), date(last + 1, 12, 31))
        self.assertEqual(self._days(date=f"{last + 1}-06-01").status, "estimated")

    def test_what_gets_published_replaces_the_estimate(self):
        """R20: but not what the rules administrator entered by hand."""
        facts = china_calendar.estimated_year(2027)
        new_year = date(2027, 2, 5)
        facts = [
            fact._replace(kind="holiday", name="春节")
            if fact.date == new_year
            else fact
            for fact in facts
        ]
        by_hand = self._days(date="2027-02-08").with_user(self.rules_admin)
        by_hand.write({"kind": "holiday", "name": "春节"})
        with (
            patch.object(
                china_calendar,
                "official_year",
                lambda year: facts if year == 2027 else None,
            ),
            self._listen("_recompute_estimated") as recompute,
            freeze_time("2026-11-24"),
        ):
            self.workday._cron_ensure_next_year()
        recompute.assert_called_once()
        day = self._days(date="2027-02-05")
        self.assertEqual((day.kind, day.name), ("holiday", "春节"))
        self.assertFalse(day.is_edited)
        self.assertEqual(by_hand.kind, "holiday")
        self.assertEqual(set(self._days(year=2027).mapped("status")), {"official"})
        self.assertEqual(set(self._days(year=2028).mapped("status")), {"estimated"})

    def test_confirming_a_year(self):
        """R20, R120: the rules administrator settles it, clocks are recomputed."""
        day = self._days(date="2027-03-01")
        self.workday._remind_estimated()
        with self.assertRaises(AccessError):
            day.with_user(self.representative).action_confirm_year()
        with self._listen("_recompute_estimated") as recompute:
            day.with_user(self.rules_admin).action_confirm_year()
            recompute.assert_called_once()
        self.assertEqual(set(self._days(year=2027).mapped("status")), {"official"})
        self.assertFalse(
            self.workday._default_worktime().is_estimated(local("2027-03-01 09:00"))
        )
        january = self._days(date="2027-01-01")
        self.assertFalse(january.activity_search([CONFIRM]))
        self.assertTrue(
            self._days(date="2028-01-01").activity_search([CONFIRM]),
            "the other year still waits",
        )

    def test_editing_a_day_moves_running_clocks(self):
        """R20: the clocks hear of days that are worked otherwise, of no others."""
        days = self._days(date="2026-12-24") + self._days(date="2026-12-25")
        days[0].kind = "holiday"
        with self._listen("_calendar_changed") as changed:
            days.with_user(self.rules_admin).write({"kind": "holiday", "name": "试"})
            changed.assert_called_once()
            self.assertEqual(changed.call_args.args[1], [date(2026, 12, 25)])
            days.name = "另"
            changed.assert_called_once()
        self.assertEqual(days.mapped("is_edited"), [True, True])
        self.assertEqual(
            self.workday.plan(local("2026-12-23 09:00"), 1, "work_day"),
            local("2026-12-28 17:00"),
        )

    def test_only_rules_administrators_edit(self):
        """R120: all inside read, rules administrators write, nobody deletes."""
        day = self._days(date="2026-12-25")
        self.assertEqual(day.with_user(self.representative).kind, "workday")
        with self.assertRaises(AccessError):
            day.with_user(self.representative).kind = "holiday"
        with self.assertRaises(AccessError):
            self.workday.with_user(self.representative).create({"date": "2035-01-01"})
        with self.assertRaises(AccessError):
            self.workday.with_user(self.representative).action_add_year()
        with self.assertRaises(AccessError):
            day.with_user(self.rules_admin).unlink()
        day.with_user(self.rules_admin).kind = "holiday"
        last = max(self.workday._days()).year
        self.workday.with_user(self.rules_admin).action_add_year()
        self.assertEqual(len(self._days(year=last + 1)) // 365, 1)

    def test_a_date_stands_once_and_stays(self):
        day = self._days(date="2026-12-25")
        with self.assertRaisesRegex(UserError, "keeps its date"):
            day.date = "2026-12-26"
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.workday.create({"date": "2026-12-25"})

    def test_the_calendar_view_greys_days_off(self):
        days = self.workday.with_user(self.representative).get_unusual_days(
            "2026-10-08 16:00:00", "2026-10-12 16:00:00"
        )
        self.assertEqual(
            [day for day, off in sorted(days.items()) if off], ["2026-10-11"]
        )
        self.assertEqual(len(days), 5)
