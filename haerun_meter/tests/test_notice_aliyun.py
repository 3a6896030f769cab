"""Payment notices by Alibaba Cloud, against a double at its edge: an HTTP server."""

from odoo import fields
from odoo.tests import tagged

from .notice_common import NoticeCommon
from .sms_common import AliyunMixin, Double


@tagged("-at_install", "post_install")
class TestNoticeAliyun(AliyunMixin, NoticeCommon):
    """The SDK speaks to the double; message, delivery and bill tell how it fared."""

    def test_taken_is_delivery(self):
        """R60: taken by the provider, it is a delivery by SMS with its time."""
        first, second, _without = self._bills_of_three()
        self._notify(first | second)
        self.assertEqual(first.sms_state, "queued")
        self.assertFalse(first.delivery_ids)
        with self.at("2026-04-10 10:05"):
            self._send_queue()
            now = fields.Datetime.now()
        [call] = Double.calls
        self.assertEqual((call["TemplateCode"], call["signed"]), ("SMS_2002", True))
        told = self._told(call)
        self.assertEqual(told["13800000001"]["volume"], "14")
        self.assertEqual(told["13800000001"]["due"], "2026-04-25")
        self.assertEqual(told["13800000002"]["open"], "70.00")
        self.assertTrue(first._page_url().endswith("/" + told["13800000001"]["page"]))
        # a place of the provider takes 35 characters
        self.assertLessEqual(len(told["13800000001"]["page"]), 35)
        for bill in (first, second):
            delivery = bill.delivery_ids
            self.assertEqual(
                (delivery.way, delivery.delivered_at, delivery.user_id),
                ("sms", now, self.user_reader),
            )
            self.assertEqual(delivery.message_id, bill.message_ids)
            self.assertEqual((bill.told_at, bill.sms_state), (now, "sent"))
            self.assertTrue(bill.message_ids.provider_ref)

    def test_two_templates(self):
        """R60, R69: notices and dunnings of one queue go by a template each."""
        bill = self._bills_of_three()[0]
        self._bill(80, account=self.account2)
        self._sent()
        self._notify(bill)
        self._send_queue()
        templates = {
            call["TemplateCode"]: set(self._told(call)) for call in Double.calls
        }
        self.assertEqual(
            templates, {"SMS_1001": {"13800000002"}, "SMS_2002": {"13800000001"}}
        )
        self.assertEqual(self.account2.collection_record_ids.sms_state, "sent")
        self.assertEqual(bill.sms_state, "sent")

    def test_no_template(self):
        """R60: a provider without this template: recorded, not sent, no error."""
        self.env.company.sudo().haerun_aliyun_notice_template = False
        bill = self._bills_of_three()[0]
        self._notify(bill)
        self.assertEqual(bill.sms_state, "recorded")
        self._send_queue()
        self.assertFalse(Double.calls)
        # once there is one, what was recorded alone is sent when asked for
        self.env.company.sudo().haerun_aliyun_notice_template = "SMS_2002"
        self._notify(bill)
        self.assertEqual(bill.sms_state, "queued")

    def test_template_taken_away(self):
        """R60: a template that is taken away meanwhile is a failure with a reason."""
        bill = self._bills_of_three()[0]
        self._notify(bill)
        self.env.company.sudo().haerun_aliyun_notice_template = False
        self._send_queue()
        self.assertEqual(bill.sms_state, "failed")
        self.assertIn("there is none", bill.message_ids.failure)

    def test_failed_and_again(self):
        """R60: a failure shows its reason, is no delivery, and can be sent again."""
        Double.refused = {"13800000001": "isv.MOBILE_NUMBER_ILLEGAL"}
        bill = self._bills_of_three()[0]
        self._notify(bill)
        self._send_queue()
        self.assertEqual(bill.sms_state, "failed")
        self.assertIn("isv.MOBILE_NUMBER_ILLEGAL", bill.message_ids.failure)
        self.assertFalse(bill.delivery_ids)
        self.assertFalse(bill.told_at)
        Double.refused = {}
        self._notify(bill)
        self._send_queue()
        self.assertEqual(bill.message_ids.mapped("sms_state"), ["sent", "failed"])
        self.assertEqual(bill.message_ids.mapped("current"), [True, False])
        self.assertEqual(len(bill.delivery_ids), 1)

    def test_again_from_the_message(self):
        """R60: the message's own button asks for it once more."""
        bill = self._bills_of_three()[0]
        self._notify(bill)
        self._send_queue()
        action = bill.message_ids.with_user(self.user_reader).action_again()
        window = self.env[action["res_model"]].with_user(self.user_reader)
        window = window.with_context(action["context"]).create({})
        self.assertEqual((window.again, window.send_count), (True, 1))
        window.action_confirm()
        self.env.invalidate_all()
        self.assertEqual(len(bill.message_ids), 2)

    def test_reports(self):
        """R60: brought as the provider reports; what was not is to be told again."""
        first, second, _without = self._bills_of_three()
        self._notify(first | second)
        self._send_queue()
        Double.status = {"13800000001": 3, "13800000002": 2}
        self._ask_reports("haerun.bill.message")
        self.assertEqual((first.sms_state, second.sms_state), ("delivered", "failed"))
        self.assertTrue(first.message_ids.delivered_at)
        self.assertEqual(second.message_ids.failure, "UNDELIVERED")
        self.assertTrue(first.told_at)
        # the delivery stays as evidence, and says that it has failed
        self.assertEqual(second.delivery_ids.sms_state, "failed")
        self.assertFalse(second.told_at)
        untold = self.env["haerun.water.bill"].search(
            [("told_at", "=", False), ("id", "in", (first | second).ids)]
        )
        self.assertEqual(untold, second)

    def test_paid_in_the_queue(self):
        """R60: who pays while it waits gets none; in part, the rest."""
        first, second, _without = self._bills_of_three()
        self._notify(first | second)
        self._paid(49)
        self._paid(30, account=self.account2)
        self.env.invalidate_all()
        self.assertEqual(first.sms_state, "withdrawn")
        self.assertIn("40.00", second.message_ids.text)
        self._send_queue()
        [call] = Double.calls
        self.assertEqual(self._told(call)["13800000002"]["open"], "40.00")

    def test_reversed_in_the_queue(self):
        """R60: a bill that is reversed while its notice waits is told to nobody."""
        bill = self._bills_of_three()[0]
        self._notify(bill)
        bill._reverse("抄错")
        self.env.invalidate_all()
        self.assertEqual(bill.sms_state, "withdrawn")
        self._send_queue()
        self.assertFalse(Double.calls)

    def test_reversed_while_it_is_sent(self):
        """R60: the provider took what was reversed: recorded, and no delivery."""
        bill = self._bills_of_three()[0]
        self._notify(bill)
        # as another transaction would have it
        bill.sudo().write({"state": "reversed", "residual": 0})
        self._send_queue()
        self.assertEqual(bill.sms_state, "sent")
        self.assertFalse(bill.delivery_ids)

    def test_companies(self):
        """R60: each company's notices go by its own provider, or stay recorded."""
        other = self.env["res.company"].create({"name": "海润水务(即墨)"})
        first, second, _without = self._bills_of_three()
        first.with_company(other)._send_notices()
        self.env.invalidate_all()
        self.assertEqual(
            (first.sms_state, first.message_ids.company_id), ("recorded", other)
        )
        other.sudo().write({**self.keys, "haerun_aliyun_notice_template": "SMS_3003"})
        first.with_company(other)._send_notices()
        second._send_notices()
        # one queue, sent by the main company's scheduled action
        self._send_queue()
        sent = {call["TemplateCode"]: set(self._told(call)) for call in Double.calls}
        self.assertEqual(
            sent, {"SMS_3003": {"13800000001"}, "SMS_2002": {"13800000002"}}
        )
        Double.status = {"13800000001": 3, "13800000002": 3}
        self._ask_reports("haerun.bill.message")
        self.assertEqual((first.sms_state, second.sms_state), ("delivered",) * 2)

    def test_company_without_provider(self):
        """R60: another company's queue is not sent by this one's key."""
        other = self.env["res.company"].create({"name": "海润水务(即墨)"})
        other.sudo().write(self.keys)
        bill = self._bills_of_three()[0]
        bill.with_company(other)._send_notices()
        other.sudo().haerun_aliyun_key_secret = False
        self._send_queue()
        self.assertFalse([call for call in Double.calls if call["signed"]])
        self.assertEqual(bill.sms_state, "failed")
