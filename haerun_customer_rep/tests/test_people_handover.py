from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError

from .people_common import PeopleCase


class TestPeopleHandover(PeopleCase):
    """Handing over before, reporting back after."""

    def _activities(self, sub, kind):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "haerun.substitution"),
                ("res_id", "=", sub.id),
                (
                    "activity_type_id",
                    "=",
                    self.env.ref(f"haerun_customer_rep.mail_activity_{kind}").id,
                ),
            ]
        )

    def test_note_is_asked_for_one_working_day_before(self):
        """R121: Monday's absence is asked about on Friday morning, once."""
        sub = self._leave(self.a, "2026-03-09", "2026-03-10").haerun_substitution_ids
        self.assertEqual(sub.handover_ask_at, datetime(2026, 3, 6, 0, 30))
        self._go(datetime(2026, 3, 6, 0, 29))
        self.assertFalse(self._activities(sub, "handover"))
        self._go(datetime(2026, 3, 6, 0, 30))
        self._go(datetime(2026, 3, 6, 0, 45))
        activity = self._activities(sub, "handover")
        self.assertEqual(activity.user_id, self.a.user_id)
        self.assertEqual(str(activity.date_deadline), "2026-03-06")

    def test_note_closes_the_question_and_reaches_the_deputy(self):
        """R121: handed over when, and told to B's inbox."""
        sub = self._leave(self.a, "2026-03-04", "2026-03-05").haerun_substitution_ids
        self._go(sub.handover_ask_at)
        sub.with_user(self.a.user_id).handover_note = "三户待勘察"
        self.assertFalse(self._activities(sub, "handover"))
        self.assertEqual(sub.handed_over_at, sub.handover_ask_at)
        self.assertIn(self.b.user_id.partner_id, sub.message_ids.notified_partner_ids)
        self._go(sub.date_from)
        self.assertFalse(sub.no_handover)

    def test_take_over_without_a_note(self):
        """R121: B steps in unasked; it is on record that nothing was handed over."""
        sub = self._leave(self.a, "2026-03-04", "2026-03-05").haerun_substitution_ids
        self._go(sub.date_from)
        self.assertEqual(self.a.acting_user_id, self.b.user_id)
        self.assertTrue(sub.no_handover)

    def test_report_back_is_asked_for_and_reminded_once(self):
        """R121: on A's return B reports; a missing report is asked for again."""
        sub = self._leave(self.a, "2026-03-04", "2026-03-05").haerun_substitution_ids
        self._go(sub.date_from)
        self._go(sub.date_to)
        activity = self._activities(sub, "report_back")
        self.assertEqual(activity.user_id, self.b.user_id)
        self.assertEqual(sub.reporter_id, self.b.user_id)
        before = len(sub.message_ids)
        self.assertEqual(sub.report_due_at, datetime(2026, 3, 6, 9, 0))
        self._go(sub.report_due_at - timedelta(minutes=1))
        self.assertEqual(len(sub.message_ids), before)
        self._go(sub.report_due_at)
        self._go(sub.report_due_at + timedelta(days=1))
        self.assertEqual(len(sub.message_ids), before + 1, "reminded once")
        sub.with_user(self.b.user_id).report_back = "两户已勘察"
        self.assertFalse(self._activities(sub, "report_back"))
        self.assertTrue(sub.reported_at)

    def test_others_neither_hand_over_nor_report(self):
        """R121: the note is A's (or the head's), the report is B's."""
        sub = self._leave(self.a, "2026-03-04", "2026-03-05").haerun_substitution_ids
        with self.refused(AccessError, "You may not change"):
            sub.with_user(self.b.user_id).handover_note = "from B"
        with self.refused(AccessError):
            sub.with_user(self.c.user_id).handover_note = "from C"
        self._go(sub.date_from)
        self._go(sub.date_to)
        with self.refused(AccessError, "You may not change"):
            sub.with_user(self.a.user_id).report_back = "from A"

    def test_history_stays(self):
        """R121: an ended substitution is never edited nor deleted."""
        sub = self._leave(self.a, "2026-03-02", "2026-03-02").haerun_substitution_ids
        self._go(sub.date_to)
        for vals in (
            {"date_to": "2026-03-20 00:00:00"},
            {"deputy_id": self.c.id},
            {"handover_note": "late"},
            {"state": "active"},
        ):
            with self.refused(UserError, "stays as it was"):
                sub.write(vals)
        with self.refused(UserError, "cannot be deleted"):
            sub.unlink()

    def test_a_stopped_server_makes_up_for_what_it_missed(self):
        """R121: begun and ended while nobody ran the job: history, no report asked."""
        sub = self._leave(self.a, "2026-03-04", "2026-03-05").haerun_substitution_ids
        self._go(sub.date_to + timedelta(days=3))
        self.assertEqual(sub.state, "ended")
        self.assertFalse(sub.activated_at)
        self.assertFalse(sub.report_requested_at)
        self.assertEqual(self.a.acting_user_id, self.a.user_id)
