from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..models.notice import haerun_bill_run
from .bill_common import BillCommon
from .sms_common import AliyunMixin, Double


@tagged("-at_install", "post_install")
class TestNoticeRun(AliyunMixin, BillCommon):
    """短信通知单 of a bill run: in chunks, each customer once, the rest reported."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = cls._hung(5)
        cls.accounts = cls.points.account_id
        for number, account in enumerate(cls.accounts[:4], 1):
            account.phone = f"1380000000{number}"

    def setUp(self):
        super().setUp()
        frozen = self.at("2026-03-22 10:00")
        frozen.start()
        self.addCleanup(frozen.stop)

    def _issued(self, **values):
        self._month(202603, {f"B{number}": 10 + number for number in range(5)})
        return self._billed(202603, **values)

    def _window(self, run, user=None, **values):
        user = user or self.user_branch_head
        action = self._runs(user).browse(run.id).action_notify()
        window = Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(action["context"], queue_job__no_delay=True)
        )
        for name, value in values.items():
            setattr(window, name, value)
        return window

    def _messages(self, run):
        self.env.invalidate_all()
        return self.env["haerun.bill.message"].search([("run_id", "=", run.id)])

    def test_sent(self):
        """R60: a run's notices go out; sent, failed and no phone are counted."""
        run = self._issued()
        Double.refused = {"13800000002": "isv.MOBILE_NUMBER_ILLEGAL"}
        window = self._window(run)
        self.assertEqual((window.send_count, window.no_phone_count), (4, 1))
        window.save().action_confirm()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.sms_waiting_count), ("issued", 4))
        self._send_queue()
        self.assertEqual(
            (run.sms_sent_count, run.sms_failed_count, run.no_mobile_count), (3, 1, 1)
        )
        self.assertEqual((run.sms_waiting_count, run.sms_recorded_count), (0, 0))
        own = run.with_user(self.user_branch_head)
        action = own.with_context(search_default_failed=1).action_open_messages()
        self.assertEqual(action["context"], {"search_default_failed": 1})
        self.assertEqual(len(self.env[action["res_model"]].search(action["domain"])), 4)
        listed = self.Bill.search(own.action_open_no_mobile()["domain"])
        self.assertEqual(listed.account_id, self.accounts[4])
        self.assertTrue(Form(own, "haerun_meter.bill_run_view_form"))

    def test_with_the_issue(self):
        """R60: asked for at the run, the notices follow the issue by themselves."""
        run = self._issued(notify_sms=True)
        self.assertEqual((run.state, run.phase), ("issued", "notifying"))
        self.assertEqual(len(self._messages(run)), 4)
        self.assertFalse(run.posting_id._under_way())

    def test_chunks(self):
        """R60: stopped and resumed, each is told once; a double job does nothing."""
        run = self._issued()
        own = self.Run.with_user(self.user_branch_head).browse(run.id)
        with patch.object(haerun_bill_run, "CHUNK", 2):
            own._begin_notices()
            self.assertEqual((own.state, own.total), ("notifying", 5))
            self.assertTrue(own.get_progress()["running"])
            own._run_chunk("notifying", 0)
            self.assertEqual(own.done_count, 2)
            own._run_chunk("notifying", 0)
            self.assertEqual(own.done_count, 2)
            own.action_stop()
            own._run_chunk("notifying", own.position)
            self.assertEqual((own.state, len(self._messages(run))), ("stopped", 2))
            own.action_resume()
            own._run_all()
        self.assertEqual((own.state, own.done_count), ("issued", 5))
        self.assertEqual(len(self._messages(run)), 4)
        keys = self.env["queue.job"].search(
            [("identity_key", "=like", f"haerun.bill.run-{run.id}-notifying-%")]
        )
        self.assertEqual(
            len(keys.mapped("identity_key")), len(set(keys.mapped("uuid")))
        )

    def test_stopped_for_good(self):
        """R60: what was stopped can be left; the books do not wait for it."""
        run = self._issued()
        own = self.Run.with_user(self.user_branch_head).browse(run.id)
        with patch.object(haerun_bill_run, "CHUNK", 2):
            own._begin_notices()
            own._run_chunk("notifying", 0)
            own.action_stop()
            self.assertFalse(run.posting_id._under_way())
            own.action_notify_end()
        self.assertEqual((own.state, len(self._messages(run))), ("issued", 2))
        with self.assertRaisesRegex(UserError, "reload"):
            own.action_notify_end()
        # what was left goes out when it is asked for, the others not twice
        self._window(run).save().action_confirm()
        self.assertEqual(len(self._messages(run)), 4)

    def test_not_while_rating(self):
        """R60: a run that was stopped while it rates has no notices to leave."""
        self._month(202603, {f"B{number}": 10 for number in range(5)})
        run = self.Run.with_user(self.user_branch_head).create(
            {"period": 202603, "unit_id": self.branch.id}
        )
        run.action_rate()
        run.action_stop()
        with self.assertRaisesRegex(UserError, "not stopped while notices"):
            run.action_notify_end()
        with self.assertRaisesRegex(UserError, "reload"):
            run.action_notify()

    def test_twice(self):
        """R60: never twice for a bill, unless it is asked for."""
        run = self._issued()
        self._window(run).save().action_confirm()
        window = self._window(run)
        self.assertEqual((window.send_count, window.waiting_count), (0, 4))
        with self.assertRaisesRegex(UserError, "Nobody is left"):
            window.save().action_confirm()
        self._send_queue()
        window = self._window(run)
        self.assertEqual((window.send_count, window.told_count), (0, 4))
        window.again = True
        self.assertEqual(window.send_count, 4)
        window.save().action_confirm()
        messages = self._messages(run)
        self.assertEqual(len(messages), 8)
        self.assertEqual(len(messages.filtered("current")), 4)
        self.assertEqual(run.sms_waiting_count, 4)

    def test_rights(self):
        """R3, R60: the head of the branch and CSD alone, also by the window's call."""
        run = self._issued()
        for user in (self.user_reader, self.user_operator, self.user_auditor):
            with self.assertRaises(AccessError):
                run.with_user(user).action_notify()
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.env["haerun.bill.notifying"].with_user(user).create(
                    {"run_id": run.id}
                ).action_confirm()
        foreign = self._user("test_head2", "石磊", "unit_manager")
        with self.assertRaises(AccessError):
            run.with_user(foreign).action_notify()
        self.assertFalse(self._messages(run))

    def test_reversed(self):
        """R60: a run that is taken back tells nobody any more."""
        run = self._issued()
        self._window(run).save().action_confirm()
        self._runs(self.user_csd_m).browse(run.id)._reverse_all("抄错册")
        self.assertEqual(run.state, "reversed")
        self.assertEqual(set(self._messages(run).mapped("sms_state")), {"withdrawn"})
        self._send_queue()
        self.assertFalse(Double.calls)
