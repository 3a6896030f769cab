from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError

from .people_common import NOW, PeopleCase

HOUR = timedelta(hours=1)


class TestPeopleSubstitution(PeopleCase):
    """Substitutions entered by hand, chains and loops."""

    def _by_hand(self, principal, user=None, start=NOW, hours=8, **vals):
        return (
            self.Substitution.with_user(user or self.head_user)
            .create(
                {
                    "principal_id": principal.id,
                    "date_from": start,
                    "date_to": start + hours * HOUR,
                    **vals,
                }
            )
            .with_user(self.env.user)
        )

    def test_inside_its_period_it_begins_at_once(self):
        """R121: created now, effective now; the regular deputy is proposed."""
        sub = self._by_hand(self.a, user=self.a.user_id)
        self.assertEqual(sub.deputy_id, self.b)
        self.assertEqual(sub.state, "active")
        self.assertEqual(self.a.acting_user_id, self.b.user_id)

    def test_buttons(self):
        """R121: start now, end now, cancel; each only where it makes sense."""
        sub = self._by_hand(self.a, start=NOW + 24 * HOUR)
        self.assertEqual(sub.state, "planned")
        with self.refused(AccessError, "Only A or the head"):
            sub.with_user(self.b.user_id).action_start_now()
        sub.with_user(self.a.user_id).action_start_now()
        self.assertEqual(self.a.acting_user_id, self.b.user_id)
        with self.refused(UserError, "not in the right state"):
            sub.with_user(self.a.user_id).action_cancel()
        sub.with_user(self.a.user_id).action_end_now()
        self.assertEqual(sub.state, "ended")
        self.assertEqual(self.a.acting_user_id, self.a.user_id)
        other = self._by_hand(self.a, start=NOW + 48 * HOUR)
        other.with_user(self.head_user).action_cancel()
        self.assertEqual(other.state, "cancelled")

    def test_back_early_from_time_off(self):
        """R121: ended by hand, it is not planned again by the same time off."""
        leave = self._leave(self.a, "2026-03-02", "2026-03-06")
        sub = leave.haerun_substitution_ids
        sub.with_user(self.a.user_id).action_end_now()
        self.a.deputy_id = self.c
        self.assertEqual(leave.haerun_substitution_ids, sub)
        self.assertEqual(self.a.acting_user_id, self.a.user_id)

    def test_same_checks_as_for_time_off(self):
        """R121: no absent deputy, nobody's only cover, no overlap by hand."""
        with self.refused(AccessError, "names another than the regular deputy"):
            self._by_hand(self.a, user=self.a.user_id, deputy_id=self.c.id)
        self._leave(self.b, "2026-03-02", "2026-03-03")
        with self.refused(ValidationError, "A and B would both be away"):
            self._by_hand(self.a, user=self.a.user_id)
        sub = self._by_hand(self.a, deputy_id=self.c.id)
        self.assertEqual(sub.third_approved_by_id, self.head_user)
        with self.refused(ValidationError, "already"):
            self._by_hand(self.a, start=NOW + HOUR, deputy_id=self.c.id)
        with self.refused(ValidationError, "cannot stand in for themselves"):
            self._by_hand(self.c, deputy_id=self.c.id)

    def test_only_holder_and_head_enter_it(self):
        """R121: a colleague, another unit's head and a clerk cannot."""
        clerk = self._user("clerk", "intake_clerk")
        for user in (self.b.user_id, self.other.user_id, clerk):
            with self.refused(AccessError):
                self._by_hand(self.a, user=user)
        with self.refused(AccessError, "made by the system"):
            self._by_hand(self.a, source="leave")
        with self.refused(AccessError, "made by the system"):
            self._by_hand(self.a, state="active")

    def test_chain(self):
        """R121: A away, B away, C present: C acts for both and for C."""
        self.b.deputy_id = self.c
        self._by_hand(self.b)
        self._by_hand(self.a, deputy_id=self.c.id)
        self.assertEqual((self.a | self.b | self.c).acting_user_id, self.c.user_id)

    def test_chain_grows_when_the_stand_in_is_called_away(self):
        """R121: A → B → C, when the head lets B go and names C; back step by step."""
        first = self._by_hand(self.a)
        self.assertEqual(self.a.acting_user_id, self.b.user_id)
        second = self._by_hand(self.b, deputy_id=self.c.id, hours=4)
        self.assertEqual(self.a.acting_user_id, self.c.user_id)
        self.assertEqual(self.b.acting_user_id, self.c.user_id)
        self._go(second.date_to)
        self.assertEqual(self.a.acting_user_id, self.b.user_id)
        self._go(first.date_to)
        self.assertEqual(self.a.acting_user_id, self.a.user_id)

    def test_loop_is_covered_by_the_head(self):
        """R121: A stands in for B, B for A, both away: the unit head covers."""
        subs = self.Substitution.create(
            [
                {
                    "principal_id": principal.id,
                    "deputy_id": deputy.id,
                    "date_from": NOW,
                    "date_to": NOW + HOUR,
                    "source": "leave",
                    "state": "planned",
                }
                for principal, deputy in ((self.a, self.b), (self.b, self.a))
            ]
        )
        subs._activate()
        self.assertEqual((self.a | self.b).acting_user_id, self.head_user)

    def test_absent_head_is_covered_by_the_head_above(self):
        """R121: the cover itself must be present."""
        post = self.Representative.create(
            {
                "employee_id": self.head.id,
                "unit_id": self.unit.id,
                "rep_class": "engineering",
                "date_from": "2026-01-01",
            }
        )
        self._by_hand(post)
        self.assertEqual(post.acting_user_id, self.boss_user)
        self.a.deputy_id = False
        self._by_hand(self.a)
        self.assertEqual(self.a.acting_user_id, self.boss_user)
        self.unit.manager_id = self.c.employee_id
        self.assertEqual(self.a.acting_user_id, self.c.user_id, "the new head")

    def test_by_hand_comes_before_time_off(self):
        """R121: the decision of a person counts more than the plan."""
        self._leave(self.a, "2026-03-02", "2026-03-06")
        sub = self._by_hand(self.a, deputy_id=self.c.id)
        self.assertEqual(self.a.acting_user_id, self.c.user_id)
        self._go(sub.date_to)
        self.assertEqual(self.a.acting_user_id, self.b.user_id)

    def test_time_off_is_cancelled_as_time_off(self):
        """R121: what follows a time off has no button of its own to cancel it."""
        sub = self._leave(self.a, "2026-03-04", "2026-03-06").haerun_substitution_ids
        for button in "action_cancel", "action_start_now":
            with self.refused(UserError, "follows the time off"):
                getattr(sub.with_user(self.head_user), button)()

    def test_head_chooses_the_deputy_of_a_time_off(self):
        """R121: the head's choice stays when the time off is touched again."""
        leave = self._leave(self.a, "2026-03-04", "2026-03-06")
        sub = leave.haerun_substitution_ids
        sub.with_user(self.head_user).deputy_id = self.c
        self.assertEqual(sub.third_approved_by_id, self.head_user)
        self._move(leave, request_date_to="2026-03-05")
        self.assertEqual(sub.deputy_id, self.c)
        self._go(datetime(2026, 3, 4, 1, 0))
        self.assertEqual(self.a.acting_user_id, self.c.user_id)

    def test_unit_of_history_is_frozen(self):
        """R4, R121: a transfer does not rewrite who stood in where."""
        sub = self._by_hand(self.c)
        self._go(sub.date_to)
        self.c.write({"unit_id": self.branch.id, "deputy_id": False})
        self.assertEqual(sub.unit_id, self.unit)

    def test_calendar_greys_days_off(self):
        """R121: the calendar knows holidays and make-up Saturdays."""
        days = self.Substitution.get_unusual_days("2026-10-07", "2026-10-11")
        self.assertTrue(days["2026-10-07"], "国庆")
        self.assertFalse(days["2026-10-10"], "a make-up Saturday")
        self.assertTrue(days["2026-10-11"])
