from datetime import datetime, timedelta

from odoo.exceptions import AccessError, ValidationError

from .people_common import PeopleCase

MINUTE = timedelta(minutes=1)


class TestPeopleLeave(PeopleCase):
    """Time off of a representative makes the deputy stand in."""

    def test_deputy_acts_from_the_first_to_the_last_minute(self):
        """R121: B acts exactly while A is away, and A's post comes back to A."""
        sub = self._leave(self.a, "2026-03-04", "2026-03-05").haerun_substitution_ids
        self.assertRecordValues(
            sub,
            [
                {
                    "state": "planned",
                    "deputy_id": self.b.id,
                    "source": "leave",
                    "unit_id": self.unit.id,
                    "third_approved_by_id": False,
                }
            ],
        )
        for moment, state, acting in (
            (sub.date_from - MINUTE, "planned", self.a),
            (sub.date_from, "active", self.b),
            (sub.date_to - MINUTE, "active", self.b),
            (sub.date_to, "ended", self.a),
        ):
            self._go(moment)
            self.assertEqual(sub.state, state, moment)
            self.assertEqual(self.a.acting_user_id, acting.user_id, moment)
            self.assertEqual(
                self.b.acting_user_id, self.b.user_id, "B keeps B's own duties"
            )

    def test_alarms_stand_at_the_boundaries(self):
        """R121, R122: the job is woken at each boundary, to the minute."""
        cron = self.env.ref("haerun_customer_rep.ir_cron_people_boundaries")
        sub = self._leave(self.a, "2026-03-04", "2026-03-05").haerun_substitution_ids
        alarms = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertLessEqual(
            {sub.handover_ask_at, sub.date_from, sub.date_to},
            set(alarms.mapped("call_at")),
        )

    def test_approval_inside_the_period_takes_effect_at_once(self):
        """R121: rights follow the approval in the same moment, and end with it."""
        leave = self._leave(self.a, "2026-03-02", "2026-03-03", approve=False)
        sub = leave.haerun_substitution_ids
        self._go(datetime(2026, 3, 2, 3, 0))
        self.assertEqual(sub.state, "planned", "asked for, not approved")
        self.assertEqual(self.a.acting_user_id, self.a.user_id)
        leave.with_user(self.head_user).action_approve()
        self.assertEqual(sub.state, "active")
        self.assertEqual(self.a.acting_user_id, self.b.user_id)
        leave.with_user(self.head_user).action_refuse()
        self.assertEqual(sub.state, "ended")
        self.assertEqual(self.a.acting_user_id, self.a.user_id)

    def test_refused_and_cancelled_time_off_leaves_nothing_behind(self):
        """R121: a refused request is no absence; B may go then."""
        leave = self._leave(self.a, "2026-03-04", "2026-03-05", approve=False)
        leave.with_user(self.head_user).action_refuse()
        self.assertEqual(leave.haerun_substitution_ids.state, "cancelled")
        leave_b = self._leave(self.b, "2026-03-04", "2026-03-05")
        leave_b.with_user(self.b.user_id)._action_user_cancel("at work after all")
        self.assertEqual(leave_b.haerun_substitution_ids.state, "cancelled")

    def test_deleted_time_off_ends_the_substitution(self):
        """R121: history stays when the time off is deleted."""
        leave = self._leave(self.a, "2026-03-04", "2026-03-05", approve=False)
        sub = leave.haerun_substitution_ids
        leave.unlink()
        self.assertEqual(sub.state, "cancelled")
        self.assertFalse(sub.leave_id)

    def test_changed_dates_are_followed(self):
        """R121: the substitution moves with the time off, also while it runs."""
        leave = self._leave(self.a, "2026-03-02", "2026-03-03")
        sub = leave.haerun_substitution_ids
        self.assertEqual(sub.state, "active")
        self._move(leave, request_date_to="2026-03-05")
        self.assertEqual(sub.date_to, leave.date_to)
        self._move(leave, request_date_from="2026-03-04")
        self.assertEqual(sub.state, "ended", "what ran is history")
        new = leave.haerun_substitution_ids - sub
        self.assertEqual(new.state, "planned")
        self.assertEqual(new.date_from, leave.date_from)
        self.assertEqual(self.a.acting_user_id, self.a.user_id)

    def test_both_away_is_refused(self):
        """R121: A's time off is refused while B is away, for any overlap."""
        self._leave(self.b, "2026-03-04", "2026-03-05", approve=False)
        with self.refused(ValidationError, "A and B would both be away"):
            self._leave(self.a, "2026-03-05", "2026-03-06")
        self._leave(self.a, "2026-03-06", "2026-03-06")

    def test_the_stand_in_cannot_go_either(self):
        """R121: B may not go while B stands in for A, though B's own deputy is here."""
        self.b.deputy_id = self.c
        self._leave(self.a, "2026-03-04", "2026-03-05")
        with self.refused(ValidationError, "B and A would both be away"):
            self._leave(self.b, "2026-03-05", "2026-03-05")

    def test_third_named_by_the_head(self):
        """R121: the unit head names a third, nobody else does; recorded who."""
        self._leave(self.b, "2026-03-04", "2026-03-05")
        third = {"haerun_third_id": self.c.id}
        with self.refused(AccessError, "Only the head of the unit"):
            self._leave(self.a, "2026-03-04", "2026-03-04", **third)
        sub = self._leave(
            self.a, "2026-03-04", "2026-03-04", user=self.head_user, **third
        ).haerun_substitution_ids
        self.assertEqual(sub.deputy_id, self.c)
        self.assertEqual(sub.third_approved_by_id, self.head_user)
        self._go(sub.date_from)
        self.assertEqual(self.a.acting_user_id, self.c.user_id)
        self.assertEqual(self.b.acting_user_id, self.c.user_id, "b → a → c")

    def test_the_record_of_the_decision_cannot_be_forged(self):
        """R121: who named the third is written by the system alone."""
        leave = self._leave(self.a, "2026-03-04", "2026-03-04", approve=False)
        leave.with_user(self.a.user_id).haerun_third_by_id = self.head_user
        self.assertFalse(leave.haerun_third_by_id)

    def test_third_must_be_present(self):
        """R121: a third who is away as well is no cover."""
        self._leave(self.b, "2026-03-04", "2026-03-05")
        with self.refused(ValidationError, "cannot stand in"):
            self._leave(
                self.a,
                "2026-03-04",
                "2026-03-04",
                user=self.head_user,
                haerun_third_id=self.b.id,
            )

    def test_head_settles_it_beforehand_by_hand(self):
        """R121: a third entered by the head beforehand lets A ask for time off."""
        self._leave(self.b, "2026-03-04", "2026-03-05")
        self.Substitution.with_user(self.head_user).create(
            {
                "principal_id": self.a.id,
                "deputy_id": self.c.id,
                "date_from": "2026-03-04 00:00:00",
                "date_to": "2026-03-05 12:00:00",
            }
        )
        leave = self._leave(self.a, "2026-03-04", "2026-03-05")
        self._go(leave.date_from)
        self.assertEqual(self.a.acting_user_id, self.c.user_id)

    def test_without_a_deputy_the_head_covers(self):
        """R121: nobody named: the head of the unit has the post for the time."""
        self.a.deputy_id = False
        sub = self._leave(self.a, "2026-03-02", "2026-03-02").haerun_substitution_ids
        self.assertFalse(sub.deputy_id)
        self.assertEqual(self.a.acting_user_id, self.head_user)

    def test_one_substitution_per_appointment(self):
        """R3, R121: who holds two posts is substituted in each."""
        marketing = self.Representative.create(
            {
                "employee_id": self.a.employee_id.id,
                "unit_id": self.unit.id,
                "rep_class": "marketing",
                "date_from": "2026-01-01",
            }
        )
        leave = self._leave(self.a, "2026-03-02", "2026-03-03")
        self.assertEqual(leave.haerun_substitution_ids.principal_id, self.a | marketing)
        self.assertEqual(self.a.acting_user_id, self.b.user_id)
        self.assertEqual(marketing.acting_user_id, self.head_user)

    def test_a_post_made_during_the_absence_is_covered_too(self):
        """R121: the appointment follows the time off that runs already."""
        self._leave(self.a, "2026-03-02", "2026-03-03")
        late = self.Representative.create(
            {
                "employee_id": self.a.employee_id.id,
                "unit_id": self.branch.id,
                "rep_class": "engineering",
                "deputy_id": self.other.id,
                "date_from": "2026-01-01",
            }
        )
        self.assertEqual(late.acting_user_id, self.other.user_id)

    def test_a_new_deputy_takes_over_at_once(self):
        """R121: acting follows a changed deputy, also in the middle."""
        self._leave(self.a, "2026-03-02", "2026-03-03")
        self.a.deputy_id = self.c
        self.assertEqual(self.a.acting_user_id, self.c.user_id)

    def test_worked_time_off_is_no_absence(self):
        """R121: a training that counts as worked time moves nothing."""
        self.leave_type.time_type = "other"
        leave = self._leave(self.a, "2026-03-02", "2026-03-03")
        self.assertFalse(leave.haerun_substitution_ids)

    def test_national_holiday_in_the_middle(self):
        """R121: over 国庆 with its make-up Saturday, A is back to the minute."""
        leave = self._leave(self.a, "2026-09-30", "2026-10-09")
        sub = leave.haerun_substitution_ids
        self.assertEqual(sub.date_from, datetime(2026, 9, 30, 0, 30))
        self.assertEqual(sub.handover_ask_at, datetime(2026, 9, 29, 0, 30))
        self._go(datetime(2026, 10, 8, 4, 0))
        self.assertEqual(self.a.acting_user_id, self.b.user_id)
        self._go(datetime(2026, 10, 10, 0, 30))
        self.assertEqual(self.a.acting_user_id, self.a.user_id)
