from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .notice_common import NoticeCommon

bills = st.integers(0, 2)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("send"), bills, st.booleans()),
        st.tuples(st.just("result"), bills, st.booleans()),
        st.tuples(st.just("report"), bills, st.booleans()),
        st.tuples(st.just("pay"), bills, st.integers(1, 60)),
        st.tuples(st.just("cancel"), bills),
        st.tuples(st.just("reverse"), bills),
        st.tuples(st.just("phone"), bills, st.sampled_from(["13800000009", ""])),
    ),
    max_size=14,
)


@tagged("-at_install", "post_install")
class TestNoticeProperty(NoticeCommon):
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(steps)
    def test_any_order(self, done):
        """R60: whatever happens in whatever order, a bill has one last message, none
        that waits twice or is paid, and a delivery for each that was taken."""
        with self.env.cr.savepoint(flush=False) as savepoint:
            self.env.company.sudo().haerun_sms_provider = "odoo"
            chosen = self._bills_of_three()
            asked = dict.fromkeys(chosen, 0)
            for kind, number, *how in done:
                try:
                    with self.env.cr.savepoint():
                        self._do(chosen[number], asked, kind, *how)
                except UserError:
                    self.env.invalidate_all()
                self._check(chosen, asked)
            savepoint.rollback()
            self.env.invalidate_all()

    def _do(self, bill, asked, kind, *how):
        if kind == "send":
            messages = bill._send_notices(again=how[0])
            asked[bill] += bool(messages and how[0])
        elif kind == "result":
            self._result(bill, how[0])
        elif kind == "report":
            self._report(bill, how[0])
        elif kind == "pay":
            self._paid(how[0], account=bill.account_id)
        elif kind == "cancel":
            payment = self.payments.sudo().search(
                [("account_id", "=", bill.account_id.id), ("amount", ">", 0)], limit=1
            )
            if payment:
                payment._cancel("输错", self.session)
        elif kind == "reverse":
            bill._reverse("抄错")
        elif kind == "phone":
            bill.account_id.phone = how[0]
        self.env.invalidate_all()

    def _result(self, bill, good):
        """What the provider says of the message that waits."""
        queue = self.env["sms.sms"].search(
            [
                ("uuid", "in", bill.message_ids.mapped("sms_uuid")),
                ("state", "=", "outgoing"),
            ]
        )
        if queue:
            state = "success" if good else "server_error"
            results = [{"uuid": sms.uuid, "state": state} for sms in queue]
            api = "odoo.addons.sms.tools.sms_api.SmsApi._send_sms_batch"
            with patch(api, return_value=results):
                queue.with_context(sms_api=None)._send()

    def _report(self, bill, good):
        sent = bill.message_ids.filtered(lambda one: one.sms_state == "sent")[:1]
        if sent:
            sent.write({"sms_state": "delivered" if good else "failed"})
            if not good:
                sent._sms_undelivered()

    def _check(self, chosen, asked):
        self.env.flush_all()
        self.env.invalidate_all()
        queue = self.env["sms.sms"]
        for bill in chosen:
            messages = bill.message_ids
            last = messages.filtered("current")
            self.assertEqual(last, messages[:1], "the newest is the last")
            waiting = messages.filtered(lambda one: one.sms_state == "queued")
            self.assertLessEqual(len(waiting), 1)
            outgoing = queue.search(
                [
                    ("uuid", "in", messages.mapped("sms_uuid")),
                    ("state", "=", "outgoing"),
                ]
            )
            self.assertEqual(outgoing.mapped("uuid"), waiting.mapped("sms_uuid"))
            self.assertEqual(outgoing.mapped("body"), waiting.mapped("text"))
            if waiting:
                self.assertEqual(bill.state, "issued")
                self.assertGreater(bill.residual, 0)
                self.assertIn(f"{bill.residual:.2f}", waiting.text)
            reached = messages.filtered(
                lambda one: one.sms_state in ("sent", "delivered")
            )
            self.assertLessEqual(len(reached), 1 + asked[bill], "twice, unasked")
            told = bill.delivery_ids.filtered(
                lambda one: one.message_id.sms_state in ("sent", "delivered")
            )
            self.assertEqual(set(told.message_id), set(reached))
            self.assertEqual(bool(bill.told_at), bool(told))
