from datetime import datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .people_common import PeopleCase


class TestPeopleRepresentative(PeopleCase):
    """Appointments: class, unit, deputy, validity."""

    def test_name_tells_class_and_unit(self):
        """R3, R4: who, of which class, where."""
        self.assertEqual(self.a.display_name, "A(Engineering · 客服)")

    def test_one_class_per_appointment(self):
        """R3: the class is required, and an employee holds it once in a unit."""
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.a.copy({"deputy_id": False})
            self.env.flush_all()

    def test_history_is_kept(self):
        """R121: who stood in for whom is not lost by deleting a post."""
        self.env["haerun.substitution"].create(
            {
                "principal_id": self.a.id,
                "date_from": "2020-01-01 00:00:00",
                "date_to": "2090-01-01 00:00:00",
            }
        )
        with self.assertRaisesRegex(UserError, "has a history"):
            self.a.unlink()

    def test_emd_has_engineering_only(self):
        """R4: also below the department, whose level is inherited."""
        section = self.env["hr.department"].create(
            {"name": "施工科", "parent_id": self.emd.id}
        )
        self.assertEqual(section.haerun_complete_level, "emd")
        for unit in self.emd, section:
            with self.refused(ValidationError, "engineering representatives only"):
                self.other.write({"unit_id": unit.id, "rep_class": "marketing"})
            self.other.unit_id = unit
            self.assertEqual(self.other.unit_level, "emd")

    def test_deputy_of_same_class_and_unit(self):
        """R121: not oneself, not another class, not another office."""
        marketing = self._post("m", rep_class="marketing")
        with self.refused(ValidationError, "same class"):
            self.a.with_user(self.head_user).deputy_id = marketing
        with self.refused(ValidationError, "same unit"):
            self.a.with_user(self.head_user).deputy_id = self.other
        twin = self.Representative.create(
            {
                "employee_id": self.a.employee_id.id,
                "unit_id": self.branch.id,
                "rep_class": "engineering",
                "date_from": "2026-01-01",
            }
        )
        with self.refused(ValidationError, "own deputy"):
            self.a.deputy_id = twin

    def test_leadership_approves_another_office(self):
        """R121: by whoever heads both units, recorded who and when, void on a move."""
        self.a.with_user(self.boss_user).deputy_id = self.other
        self.assertEqual(self.a.deputy_approved_by_id, self.boss_user)
        self.assertEqual(self.a.deputy_approved_at, datetime(2026, 3, 2, 2, 0))
        with self.refused(AccessError, "recorded by"):
            self.a.with_user(self.head_user).deputy_approved_by_id = self.head_user
        self.a.with_user(self.head_user).deputy_id = self.b
        self.assertFalse(self.a.deputy_approved_by_id)

    def test_posts_without_a_deputy(self):
        """R121: none, expired, archived or without a user: all count as missing."""
        lonely = self._post("lonely")
        self.assertTrue(lonely.deputy_missing)
        lonely.deputy_id = self.c
        self.assertFalse(lonely.deputy_missing)
        self.c.date_to = "2026-03-01"
        self.assertTrue(lonely.deputy_missing)
        self.c.date_to = False
        self.assertFalse(lonely.deputy_missing)
        self.c.active = False
        self.assertTrue(lonely.deputy_missing)
        self.c.active = True
        self.c.employee_id.user_id = False
        self.assertTrue(lonely.deputy_missing)

    def test_badge_counts_for_those_who_can_mend_it(self):
        """R121: a head counts the own units, a coordinator the class, rules all."""
        self._post("lonely", rep_class="service")
        Representative = self.Representative
        everywhere = Representative.search_count([("deputy_missing", "=", True)])
        rules = self._user("rules", "rules_admin")
        service = self._user("service", "csd_service")
        of_service = Representative.search_count(
            [("deputy_missing", "=", True), ("rep_class", "=", "service")]
        )
        for user, count in (
            (self.head_user, 1),
            (self.boss_user, 2),
            (rules, everywhere),
            (service, of_service),
            (self.a.user_id, 0),
        ):
            gap = Representative.with_user(user).get_deputy_gap()
            self.assertEqual(gap["count"], count, user.name)
            action = Representative.with_user(user).action_open_deputy_gap()
            if gap["watch"]:
                self.assertEqual(Representative.search_count(action["domain"]), count)

    def test_validity_begins_and_ends_at_midnight(self):
        """R122: an appointment rules from its first to its last day in Qingdao."""
        self.a.date_to = "2026-03-03"
        self._go(datetime(2026, 3, 3, 15, 59))
        self.assertEqual(
            (self.a.state, self.a.acting_user_id.id), ("valid", self.a.user_id.id)
        )
        self._go(datetime(2026, 3, 3, 16, 0))
        self.assertEqual(self.a.state, "ended")
        self.assertEqual(
            self.a.acting_user_id, self.b.user_id, "B until it is given on"
        )
        self.assertTrue(self.b.deputy_missing)
        coming = self._post("coming", date_from="2026-03-05", deputy_id=self.c.id)
        self.assertEqual(coming.state, "planned")
        self._go(datetime(2026, 3, 4, 16, 0))
        self.assertEqual(coming.state, "valid")
        self.assertEqual(coming.acting_user_id, coming.user_id)

    def test_expiry_ends_the_substitution(self):
        """R122: a post that is over needs no stand-in any more."""
        sub = self._leave(self.a, "2026-03-02", "2026-03-06").haerun_substitution_ids
        self.a.date_to = "2026-03-03"
        self._go(datetime(2026, 3, 3, 16, 0))
        self.assertEqual(sub.state, "ended")

    def test_acting_follows_the_user(self):
        """R121: another user, no user, an archived user: acting is right at once."""
        user = self._user("new", "representative")
        self.a.employee_id.user_id = user
        self.assertEqual(self.a.acting_user_id, user)
        self.a.employee_id.user_id = False
        self.assertEqual(self.a.acting_user_id, self.b.user_id)
        self.c.user_id.sudo().active = False
        self.assertEqual(self.c.acting_user_id, self.b.user_id)

    def test_shift_is_inherited(self):
        """R4: a station works the hours of its parent unless it has its own."""
        calendar = self.env.company.resource_calendar_id.copy({"name": "夜班"})
        station = self.env["hr.department"].create(
            {"name": "站", "parent_id": self.branch.id}
        )
        self.assertEqual(
            station._haerun_calendar(), self.env.company.resource_calendar_id
        )
        self.branch.haerun_calendar_id = calendar
        self.assertEqual(station._haerun_calendar(), calendar)

    def test_acting_costs_the_same_for_many_posts(self):
        """R121: who acts is found set-based, not post by post."""
        self._by_many(5)
        few = self._count_queries()
        self._by_many(25, offset=5)
        self.assertLessEqual(self._count_queries(), few + 2)

    def _by_many(self, number, offset=0):
        employees = self.env["hr.employee"].create(
            [{"name": f"n{i + offset}"} for i in range(number)]
        )
        self.Representative.create(
            [
                {
                    "employee_id": employee.id,
                    "unit_id": self.unit.id,
                    "rep_class": "service",
                    "date_from": "2026-01-01",
                }
                for employee in employees
            ]
        )

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.Representative._haerun_refresh_acting()
        self.env.flush_all()
        return self.cr.sql_log_count - before
