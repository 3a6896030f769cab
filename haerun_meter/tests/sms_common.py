"""The provider of Alibaba Cloud as a double at its edge: a real HTTP server."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from requests import Session

from odoo.tests.common import _super_send


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


class AliyunMixin:
    """The company sends by the double; put it before the case's own base."""

    def setUp(self):
        super().setUp()
        # the SDK's pair of timeouts is more than Odoo's guard of tests understands
        self.patch(Session, "send", _super_send)
        Double.calls, Double.refused, Double.status = [], {}, {}
        server = ThreadingHTTPServer(("127.0.0.1", 0), Double)
        Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.keys = {
            "haerun_sms_provider": "aliyun",
            "haerun_aliyun_key_id": "testid",
            "haerun_aliyun_key_secret": "testsecret",
            "haerun_aliyun_sign": "海润水务",
            "haerun_aliyun_template": "SMS_1001",
            "haerun_aliyun_notice_template": "SMS_2002",
            "haerun_aliyun_endpoint": f"http://127.0.0.1:{server.server_port}",
        }
        self.env.company.sudo().write(self.keys)

    def _send_queue(self):
        """Send what of the queue is of these tests, as the scheduled action does."""
        queue = self.env["sms.sms"].search([("state", "=", "outgoing")])
        ours = queue.filtered(lambda sms: (sms.number or "").startswith("1380000"))
        ours.with_context(sms_api=None)._send()
        self.env.invalidate_all()

    def _ask_reports(self, model):
        """Let the scheduled action ask how messages fared."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=60):
            self.env[model]._cron_reports()
        self.env.invalidate_all()

    @staticmethod
    def _told(call):
        """``{phone: values}`` of a call of one or of many."""
        if call["Action"] != "SendBatchSms":
            return {call["PhoneNumbers"]: json.loads(call["TemplateParam"])}
        phones = json.loads(call["PhoneNumberJson"])
        values = json.loads(call["TemplateParamJson"])
        return dict(zip(phones, values, strict=True))
