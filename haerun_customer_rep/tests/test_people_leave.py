from odoo.exceptions import AccessError, ValidationError

from .people_common import PeopleCase


class TestPeopleLeave(PeopleCase):
    def test_deputy_acts_from_the_first_to_the_last_minute(self):
        """R121: B acts exactly while A is away, and A's post comes back to A."""
        leave = self._leave(self.a, "2026-03-04", "2026-03-05")
        sub = leave.haerun_substitution_ids
        self.assertEqual(sub.state, "planned")
        self.assertEqual(sub.deputy_id, self.b)
        self.assertEqual(self.a.acting_user_id, self.a.user_id)
        self._go(sub.date_from)
        self.assertEqual(sub.state, "active")
        self.assertEqual(self.a.acting_user_id, self.b.user_id)
        self.assertEqual(self.b.acting_user_id, self.b.user_id, "B's own duties stay")
        self._go(sub.date_to)
        self.assertEqual(sub.state, "ended")
        self.assertEqual(self.a.acting_user_id, self.a.user_id)

    def test_both_away_is_refused(self):
        """R121: A's time off is refused while B is away, and the other way round."""
        self._leave(self.b, "2026-03-04", "2026-03-05", approve=False)
        with self.refused(ValidationError, "would both be away"):
            self._leave(self.a, "2026-03-05", "2026-03-06")
        self._leave(self.a, "2026-03-06", "2026-03-06")

    def test_third_named_by_the_head(self):
        """R121: the unit head names a third, nobody else does."""
        self._leave(self.b, "2026-03-04", "2026-03-05")
        with self.assertRaises(AccessError):
            self._leave(self.a, "2026-03-04", "2026-03-04", haerun_third_id=self.c.id)
        leave = self._leave(
            self.a,
            "2026-03-04",
            "2026-03-04",
            user=self.head_user,
            haerun_third_id=self.c.id,
        )
        sub = leave.haerun_substitution_ids
        self.assertEqual(sub.deputy_id, self.c)
        self.assertEqual(sub.third_approved_by_id, self.head_user)
        self._go(sub.date_from)
        self.assertEqual(self.a.acting_user_id, self.c.user_id)
        self.assertEqual(self.b.acting_user_id, self.c.user_id, "b → a → c")
