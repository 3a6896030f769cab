"""The provider of Alibaba Cloud, against a double at its edge: a real HTTP server."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from requests import Session

from odoo.tests import tagged
from odoo.tests.common import _super_send

from .dunning_common import DunningCommon


class Double(BaseHTTPRequestHandler):
    """Answers as the service does, and keeps what it was asked."""

    calls = []
    #: {phone: code of refusal}, {phone: SendStatus}
    refused, status = {}, {}

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        query = urlsplit(self.path).query + "&" + self.rfile.read(length).decode()
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        action = self.headers.get("x-acs-action") or asked.get("Action")
        signed = self.headers.get("Authorization") or asked.get("Signature")
        self.calls.append({**asked, "Action": action, "signed": bool(signed)})
        body = json.dumps(self._answer(action, asked)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, action, asked):
        if action == "QuerySendDetails":
            phone = asked["PhoneNumber"]
            detail = {
                "PhoneNum": phone,
                "SendStatus": self.status.get(phone, 1),
                "ErrCode": "DELIVERED"
                if self.status.get(phone) == 3
                else "UNDELIVERED",
            }
            return {
                "Code": "OK",
                "Message": "OK",
                "SmsSendDetailDTOs": {"SmsSendDetailDTO": [detail]},
                "TotalCount": "1",
            }
        phones = (
            json.loads(asked["PhoneNumberJson"])
            if action == "SendBatchSms"
            else [asked["PhoneNumbers"]]
        )
        for phone in phones:
            if phone in self.refused:
                return {"Code": self.refused[phone], "Message": "非法手机号"}
        return {"Code": "OK", "Message": "OK", "BizId": f"9{len(self.calls):05}"}

    def log_message(self, *arguments):
        """Quiet."""


@tagged("-at_install", "post_install")
class TestDunningAliyun(DunningCommon):
    """The SDK speaks to the double; the records say what became of each message."""

    def setUp(self):
        super().setUp()
        # the SDK's pair of timeouts is more than Odoo's guard of tests understands
        self.patch(Session, "send", _super_send)
        Double.calls, Double.refused, Double.status = [], {}, {}
        server = ThreadingHTTPServer(("127.0.0.1", 0), Double)
        Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.env.company.sudo().write(
            {
                "haerun_sms_provider": "aliyun",
                "haerun_aliyun_key_id": "testid",
                "haerun_aliyun_key_secret": "testsecret",
                "haerun_aliyun_sign": "海润水务",
                "haerun_aliyun_template": "SMS_1001",
                "haerun_aliyun_endpoint": f"http://127.0.0.1:{server.server_port}",
            }
        )

    def _send_queue(self):
        queue = self.env["sms.sms"].search([("state", "=", "outgoing")])
        ours = queue.filtered(lambda sms: (sms.number or "").startswith("1380000"))
        ours.with_context(sms_api=None)._send()
        self.env.invalidate_all()

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
        told = dict(
            zip(
                json.loads(call["PhoneNumberJson"]),
                json.loads(call["TemplateParamJson"]),
                strict=True,
            )
        )
        self.assertEqual(told["13800000001"]["amount"], "80.00")
        self.assertEqual(told["13800000001"]["account"], self.account.number)
        self.assertTrue(first.provider_ref)
        Double.status = {"13800000001": 3, "13800000002": 2}
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=60):
            self.Record._cron_reports()
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
