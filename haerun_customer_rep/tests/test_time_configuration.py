from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SupervisedCommon, local


@tagged("post_install", "-at_install")
class TestTimeConfiguration(SupervisedCommon):
    def test_quiet_hours(self):
        """R122: the rules administrator sets the quiet hours, nobody else."""
        form = Form(self.env["haerun.quiet.hours"].with_user(self.user_rules))
        self.assertEqual(form.quiet_from, self.env.company.haerun_quiet_from)
        form.quiet_from = 20.5
        form.save().action_save()
        self.assertEqual(self.env.company.haerun_quiet_from, 20.5)
        for user in (self.user_head, self.user_csd, self.user_section):
            with self.assertRaises(AccessError):
                self.env["haerun.quiet.hours"].with_user(user).create({})

    def test_versions_of_a_limit(self):
        """R1: a used limit gets a new version; both stand side by side."""
        limit = self._limit(self.issued, self.answered, 2, "work_day")
        with self.at("2026-06-01 09:00"):
            self._matter()
            limit = limit.with_user(self.user_rules)
            with self.assertRaisesRegex(UserError, "new version"):
                limit.amount = 3
            action = limit.action_new_version()
            successor = limit.browse(action["res_id"])
            successor.amount = 3
            self.assertEqual(limit.version_ids, successor | limit)
            self.assertTrue(limit.is_current)
            self.assertFalse(successor.is_current)
        with self.at("2026-06-02 09:00"):
            self.env.invalidate_all()
            self.assertTrue(successor.is_current)
            self.assertFalse(limit.is_current)

    def test_condition_of_a_limit(self):
        """R1: a condition on a field that the matter does not have is refused."""
        limit = self._limit(self.issued, self.answered, 2, "work_day")
        limit.condition = "[('owner_id', '!=', False)]"
        for condition in ("[('nothing', '=', 1)]", "[('owner_id', 'near', 1)]", "[("):
            with self.assertRaisesRegex(ValidationError, "cannot be read"):
                limit.condition = condition

    def test_withdraw_asks_why(self):
        """R90: who supervises withdraws a notice and says why."""
        self._limit(self.issued, self.answered, 2, "work_day")
        notice = self._matter()
        with self.assertRaises(AccessError):
            notice.with_user(self.user_a).action_open_withdraw()
        action = notice.with_user(self.user_csd).action_open_withdraw()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.user_csd)
            .with_context(**action["context"])
        )
        form.reason = "误发"
        form.save().action_withdraw()
        self.assertEqual(notice.state, "withdrawn")
        self.assertEqual(notice.withdrawn_reason, "误发")
        self.assertEqual(notice.clock_ids.state, "cancelled")

    def test_send_again(self):
        """R20: what could not be sent is sent again by the rules administrator."""
        push = self.env["haerun.push"].create(
            {
                "user_id": self.user_a.id,
                "action": "remind",
                "res_model": "haerun.supervision.notice",
                "res_id": self._matter().id,
                "title": "提醒",
                "failure": "x",
            }
        )
        with self.assertRaises(AccessError):
            push.with_user(self.user_head).action_retry()
        push.with_user(self.user_rules).action_retry()
        self.assertFalse(push.failure)

    def test_figures_of_a_clock(self):
        """R20: used, still and left time of a clock, and its colour."""
        self._limit(
            self.issued,
            self.answered,
            2,
            "work_day",
            pause_reason_ids=self.reason.ids,
        )
        with self.at("2026-06-01 09:00"):  # due 06-03 17:00
            clock = self._matter().clock_ids
        hour = 3600
        with self.at("2026-06-01 11:00"):
            self.assertEqual((clock.used_now, clock.paused_now), (2 * hour, 0))
            self.assertEqual((clock.days_left, clock.due_state), (2, "green"))
            clock._pause(self.reason, until=local("2026-06-02 08:30"))
        with self.at("2026-06-01 15:30"):
            self.env.invalidate_all()
            self.assertEqual((clock.used_now, clock.paused_now), (2 * hour, 3 * hour))
            self.assertEqual(clock.due_state, "paused")
            action = clock.action_change()
            self.assertEqual(action["context"]["default_action"], "resume")
            clock._resume()
        with self.at("2026-06-04 12:00"):
            self.env.invalidate_all()
            self.assertEqual(clock.due_state, "red")
            found = clock.search([("due_state", "=", "red"), ("id", "=", clock.id)])
            self.assertEqual(found, clock)
            (group,) = clock._read_group(
                [("id", "=", clock.id)], ["due_state"], ["__count"]
            )
            self.assertEqual(group, ("red", 1))
            self.assertEqual(clock.paused_now, 3 * hour)
            self.assertGreater(clock.used_now, clock.length)
