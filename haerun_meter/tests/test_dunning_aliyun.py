"""The provider of Alibaba Cloud, against a double at its edge: a real HTTP server."""

import json

from odoo.tests import tagged

from .dunning_common import DunningCommon
from .sms_common import AliyunMixin, Double


@tagged("-at_install", "post_install")
class TestDunningAliyun(AliyunMixin, DunningCommon):
    """The SDK speaks to the double; the records say what became of each message."""

    def test_sent_and_delivered(self):
        """R69: sent as template with values; delivered as the provider reports."""
        self._bill(80)
        self._bill(70, account=self.account2)
        self._sent()
        first, second = (
            self.account.collection_record_ids,
            (self.account2.collection_record_ids),
        )
        self.assertEqual((first | second).mapped("sms_state"), ["queued", "queued"])
        self._send_queue()
        self.assertEqual((first | second).mapped("sms_state"), ["sent", "sent"])
        [call] = Double.calls
        self.assertEqual((call["Action"], call["signed"]), ("SendBatchSms", True))
        self.assertEqual(call["TemplateCode"], "SMS_1001")
        self.assertEqual(json.loads(call["SignNameJson"])[0], "海润水务")
        told = self._told(call)
        self.assertEqual(told["13800000001"]["amount"], "80.00")
        self.assertEqual(told["13800000001"]["account"], self.account.number)
        self.assertTrue(first.provider_ref)
        Double.status = {"13800000001": 3, "13800000002": 2}
        self._ask_reports("haerun.collection.record")
        self.assertEqual((first.sms_state, first.reached), ("delivered", True))
        self.assertEqual((second.sms_state, second.reached), ("failed", False))
        self.assertEqual(second.failure, "UNDELIVERED")

    def test_one_bad_number(self):
        """R69: one bad number of a call does not keep the others from theirs."""
        Double.refused = {"13800000002": "isv.MOBILE_NUMBER_ILLEGAL"}
        self._bill(80)
        self._bill(70, account=self.account2)
        self._sent()
        self._send_queue()
        self.assertEqual(self.account.collection_record_ids.sms_state, "sent")
        bad = self.account2.collection_record_ids
        self.assertEqual(bad.sms_state, "failed")
        self.assertIn("isv.MOBILE_NUMBER_ILLEGAL", bad.failure)

    def test_nobody_answers(self):
        """R69: a provider out of reach is a failed message with its reason."""
        self.env.company.sudo().haerun_aliyun_endpoint = "http://127.0.0.1:9"
        self._bill(80)
        self._sent()
        self._send_queue()
        record = self.account.collection_record_ids
        self.assertEqual(record.sms_state, "failed")
        self.assertTrue(record.failure)

    def test_no_key(self):
        """R69: chosen but without its key: recorded, not sent, no error."""
        self.env.company.sudo().haerun_aliyun_key_secret = False
        self._bill(80)
        self._sent()
        self.assertEqual(self.account.collection_record_ids.sms_state, "recorded")
        self.assertFalse(Double.calls)

    def test_paid_in_the_queue(self):
        """R64, R69: who pays while his message waits gets none; in part, the rest."""
        self._bill(80)
        self._bill(70, account=self.account2)
        self._sent()
        self._paid(80)
        self._paid(30, account=self.account2)
        self._send_queue()
        self.assertEqual(self.account.collection_record_ids.sms_state, "withdrawn")
        [call] = Double.calls
        self.assertEqual(call["PhoneNumbers"], "13800000002")
        self.assertEqual(json.loads(call["TemplateParam"])["amount"], "40.00")
        self.assertIn("40.00", self.account2.collection_record_ids.text)

    def test_others(self):
        """A text of another part has no template: it fails with that reason."""
        sms = self.env["sms.sms"].create({"number": "13800000009", "body": "hello"})
        sms._send()
        self.assertEqual(sms.state, "error")
        self.assertFalse(Double.calls)
