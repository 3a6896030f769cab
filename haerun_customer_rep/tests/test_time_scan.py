import json
from unittest.mock import Mock, patch

from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.concurrency import retry
from .common import SupervisedCommon, local


@tagged("post_install", "-at_install")
class TestScan(SupervisedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls._limit(
            cls.issued, cls.answered, 4, "work_day", pause_reason_ids=cls.reason.ids
        )

    def _messages(self, user):
        return (
            self.env["mail.notification"]
            .search(
                [
                    ("res_partner_id", "=", user.partner_id.id),
                    ("notification_type", "=", "inbox"),
                    ("mail_message_id.subject", "!=", False),
                ]
            )
            .mail_message_id
        )

    def _told(self, matter):
        """Return ``[(action, user)]`` of what was sent about a matter, in order."""
        pushes = self.env["haerun.push"].search(
            [("clock_id", "in", matter.clock_ids.ids), ("sent_at", "!=", False)]
        )
        return [(push.action, push.user_id) for push in pushes]

    def test_ladder(self):
        """R20, R121: reminded, urged on the last day, supervised, circulated.

        Monday 2026-06-01 09:00 with four working days: due Friday 06-05 17:00, that
        is 6.5 + 4 × 7 = 34.5 h of work. Half, 17.25 h, is up on Wednesday at 13:45;
        80 %, 27.6 h, on Friday at 08:36, after the urging of the last day's opening.
        """
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        self._scan("2026-06-03 13:40")
        self.assertEqual(self._told(matter), [])
        self._scan("2026-06-03 13:45")
        told = [("remind", self.user_a)]
        self.assertEqual(self._told(matter), told)
        self._scan("2026-06-05 08:30")
        told += [("urge", self.user_a)]
        self.assertEqual(self._told(matter), told)
        self._scan("2026-06-05 08:36")
        told += [("remind", self.user_a)]
        self.assertEqual(self._told(matter), told)
        self._scan("2026-06-05 17:00")
        told += [("supervise", self.user_a), ("supervise", self.user_head)]
        self.assertEqual(self._told(matter), told)
        notice = self.env["haerun.supervision.notice"].search(
            [("clock_id", "in", matter.clock_ids.ids)]
        )
        self.assertEqual((notice.kind, notice.source), ("supervise", "ladder"))
        self.assertEqual(notice.acting_user_id, self.user_a)
        self.assertEqual(notice.manager_user_id, self.user_head)
        self._scan("2026-06-12 17:00")
        circulated = self._told(matter)[len(told) :]
        self.assertEqual({action for action, _user in circulated}, {"circulate"})
        self.assertLessEqual(
            self.user_a | self.user_head | self.user_csd | self.user_section,
            self.env["res.users"].union(*(user for _action, user in circulated)),
        )

    def test_never_twice(self):
        """R20: a second run, a minute or an hour later, tells nobody again."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        for text in ("2026-06-03 13:45", "2026-06-03 14:16", "2026-06-03 16:00"):
            self._scan(text)
        self.assertEqual(self._told(matter), [("remind", self.user_a)])
        self.assertEqual(len(self._activities(matter)), 1)

    def test_stopped_server(self):
        """R20: what a stopped server missed is told once, by its last level."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        self._scan("2026-06-08 10:00")
        self.assertEqual(
            self._told(matter),
            [("supervise", self.user_a), ("supervise", self.user_head)],
        )
        levels = matter.clock_ids.event_ids.filtered("level_id").level_id
        self.assertEqual(len(levels), 4)

    def test_grouping(self):
        """R20: several late matters of one person come in one message."""
        with self.at("2026-06-01 09:00"):
            self._matters(5)
        self._scan("2026-06-03 13:45")
        messages = self._messages(self.user_a)
        self.assertEqual(len(messages), 1)
        for number in range(1, 6):
            self.assertIn(f"试验小区{number}号楼", messages.body)

    def test_web_push(self):
        """R20: the message reaches the phone by Odoo's web push, from its queue."""
        self.env["mail.push.device"].get_web_push_vapid_public_key()
        device = self.env["mail.push.device"].create(
            {
                "partner_id": self.user_a.partner_id.id,
                "endpoint": "https://push.example.com/a",
                "keys": "{}",
            }
        )
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        self._scan("2026-06-03 13:45")
        queued = self.env["mail.push"].search([("mail_push_device_id", "=", device.id)])
        self.assertEqual(len(queued), 1)
        payload = json.loads(queued.payload)
        self.assertIn(matter.res_name, payload["title"] + payload["options"]["body"])

    def test_quiet_hours(self):
        """R20: what is not urgent waits until the quiet hours are over."""
        self.limit.active = False
        night = self._limit(self.issued, self.acknowledged, 10, "hour")
        with self.at("2026-06-01 18:00"):
            matter = self._matter()
        self.assertEqual(matter.clock_ids.limit_id, night)
        self._scan("2026-06-01 23:30")
        self.assertEqual(self._told(matter), [])
        self._scan("2026-06-02 07:31")
        self.assertEqual(
            self._told(matter)[-2:],
            [("supervise", self.user_a), ("supervise", self.user_head)],
        )

    def test_urgent_at_night(self):
        """R109: what is urgent does not wait for the morning."""
        self.limit.active = False
        ladder = self.limit.ladder_id.copy()
        ladder.level_ids.urgent = True
        self._limit(self.issued, self.acknowledged, 2, "hour", ladder_id=ladder.id)
        with self.at("2026-06-01 22:00"):
            matter = self._matter()
        self._scan("2026-06-01 23:00")
        self.assertEqual(self._told(matter), [("remind", self.user_a)])

    def test_pause_ends(self):
        """R20: a pause ends by itself and the ladder goes on from there."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        clock = matter.clock_ids
        with self.at("2026-06-01 10:00"):
            clock._pause(self.reason, until=local("2026-06-02 10:00"))
        self._scan("2026-06-02 09:55")
        self.assertEqual(clock.state, "paused")
        self._scan("2026-06-02 10:00")
        self.assertEqual(clock.state, "running")
        # put off by seven working hours: from Friday 17:00 to Monday 17:00
        self.assertEqual(clock.due_at, local("2026-06-08 17:00"))

    def test_ended_is_silent(self):
        """R20: a matter finished in time is never told of again."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        self._scan("2026-06-03 13:45")
        self.assertTrue(self._activities(matter))
        with self.at("2026-06-04 09:00"):
            matter.clock_ids._satisfy()
        self._scan("2026-07-30 10:00")
        self.assertEqual(self._told(matter), [("remind", self.user_a)])
        self.assertFalse(self._activities(matter))

    def test_deputy(self):
        """R121: who acts now is told; circulation reaches the principal as well."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        self.rep_a.sudo().acting_user_id = self.user_b
        matter._haerun_reassign_acting(self.rep_a)
        self._scan("2026-06-03 13:45")
        self.assertEqual(self._told(matter), [("remind", self.user_b)])
        reassign = matter.clock_ids.event_ids.filtered(lambda e: e.kind == "reassign")
        self.assertEqual(reassign.holder_id, self.user_b)
        self.assertTrue(matter.substituted)

    def test_nobody_holds_it(self):
        """R20: what nobody holds is told to the unit's head."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter(
                owner_id=False, owner_user_id=False, acting_user_id=False
            )
        self._scan("2026-06-03 13:45")
        self.assertEqual(self._told(matter), [("remind", self.user_head)])

    def test_poison(self):
        """R20: a clock that cannot be dealt with is flagged and stops no other."""
        with self.at("2026-06-01 09:00"):
            good, bad = self._matter(), self._matter(res_name="坏记录")
        clock_class = type(self.env["haerun.clock"])
        levels = clock_class._level_times

        def broken(clocks, state, specs, worktime):
            if state.started_at and worktime is None:
                return []
            return levels(clocks, state, specs, worktime)

        def worktime(clock):
            if clock == bad.clock_ids:
                raise ValueError("坏记录")
            return clock.env["haerun.workday"]._worktime(clock.calendar_id)

        with (
            patch.object(clock_class, "_worktime", worktime),
            mute_logger(
                "odoo.addons.haerun_customer_rep.models.time.haerun_clock_scan"
            ),
        ):
            self._scan("2026-06-03 13:45")
        self.assertEqual(self._told(good), [("remind", self.user_a)])
        self.assertIn("坏记录", bad.clock_ids.failure)
        self.assertFalse(good.clock_ids.failure)
        self._scan("2026-06-03 13:50")
        self.assertEqual(self._told(bad), [])

    def test_faster_worker(self):
        """R20: what another transaction was faster at is tried again, never flagged."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        clock_class, cr = type(self.env["haerun.clock"]), Mock()
        escalate = clock_class._escalate
        outcomes = iter((SerializationFailure, DeadlockDetected, escalate))

        def faster(clocks):
            outcome = next(outcomes)
            if outcome is not escalate:
                raise outcome
            return escalate(clocks)

        scan = self.env["haerun.clock"]._scan_batch
        with (
            self.at("2026-06-03 13:45"),
            patch.object(clock_class, "_escalate", faster),
        ):
            self.assertEqual(retry(cr, scan, 10), (1, 0))
        self.assertEqual(cr.rollback.call_count, 2)
        self.assertFalse(matter.clock_ids.failure)

    def test_never_faster(self):
        """R20: after five tries the error is the scheduled action's to report."""
        step, cr = Mock(side_effect=SerializationFailure), Mock()
        with self.assertRaises(SerializationFailure):
            retry(cr, step)
        self.assertEqual((step.call_count, cr.rollback.call_count), (5, 5))

    def test_unreachable(self):
        """R20: who cannot be told is flagged and keeps nobody else waiting."""
        with self.at("2026-06-01 09:00"):
            good, bad = self._matter(), self._matter(self.rep_b)
        push_class = type(self.env["haerun.push"])
        values = push_class._message_values

        def broken(pushes, user):
            if user == self.user_b:
                raise ValueError("坏地址")
            return values(pushes, user)

        with (
            patch.object(push_class, "_message_values", broken),
            mute_logger(
                "odoo.addons.haerun_customer_rep.models.time.haerun_push_sending"
            ),
        ):
            self._scan("2026-06-03 13:45")
        self.assertEqual(self._told(good), [("remind", self.user_a)])
        self.assertEqual(self._told(bad), [])
        failed = self.env["haerun.push"].search([("failure", "!=", False)])
        self.assertEqual(failed.user_id, self.user_b)
        self.assertIn("坏地址", failed.failure)

    def test_by_mail(self):
        """R20: who wants mail instead of the inbox gets the same by mail."""
        self.user_a.notification_type = "email"
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        self._scan("2026-06-03 13:45")
        self.assertEqual(self._told(matter), [("remind", self.user_a)])
        push = self.env["haerun.push"].search([("res_id", "=", matter.id)])
        notification = push.message_id.notification_ids
        self.assertEqual(notification.notification_type, "email")
        self.assertEqual(notification.res_partner_id, self.user_a.partner_id)

    def test_no_follower(self):
        """R20: who is told by a ladder does not follow the matter for ever."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        followers = matter.message_partner_ids
        self._scan("2026-06-12 17:00")
        self.assertTrue(self._activities(matter))
        self.assertEqual(matter.message_partner_ids, followers)

    def test_query_count(self):
        """R20: the number of queries does not grow with the clocks that are due."""
        counts = []
        for size in (5, 50):
            with self.at("2026-06-01 09:00"):
                self._matters(size)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._scan("2026-06-03 13:45")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] * 1.5)

    def test_run_is_shown(self):
        """R20: it shows when the scheduled action last ran and how long it took."""
        with self.at("2026-06-01 09:00"):
            self._matter()
        with self.at("2026-06-03 13:45"), patch.object(self.env.cr, "commit"):
            self.env["haerun.clock"]._cron_scan()
        run = self.env["haerun.scan.run"].search([], limit=1)
        self.assertEqual(run.started_at, local("2026-06-03 13:45"))
        self.assertEqual((run.taken, run.pushed, run.failed), (1, 1, 0))
        self.assertEqual(run.finished_at, run.started_at)

    def _activities(self, matter):
        return self.env["mail.activity"].search(
            [("haerun_clock_id", "in", matter.clock_ids.ids)]
        )
