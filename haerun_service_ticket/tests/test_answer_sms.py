from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.haerun_meter.tests.sms_common import AliyunMixin, Double

from .answer_common import AnswerCommon


@tagged("-at_install", "post_install")
class TestAnswerSms(AliyunMixin, AnswerCommon):
    """停水短信 by a provider: a template for each kind of news, and how it fared."""

    def setUp(self):
        super().setUp()
        self.env.company.sudo().write(
            {
                "haerun_aliyun_outage_template": "SMS_3001",
                "haerun_aliyun_outage_extended_template": "SMS_3002",
                "haerun_aliyun_outage_restored_template": "SMS_3003",
            }
        )

    def test_templates(self):
        """R48: announced, longer, restored; each by its own template."""
        self._lying("试验路3号", phone="13800000003")
        outage = self._outage(kind="burst", hours=0)
        outage.place_ids = [
            Command.create({"road": f"第{number}路"}) for number in "一二三四五六七八九"
        ]
        mine = outage.with_user(self.user_csd_service)
        mine._message("announced")
        mine._begin()
        mine._extend(outage.planned_to + timedelta(hours=2), "管道锈蚀")
        mine._message("extended")
        mine._restore()
        mine._message("restored")
        self._send_queue()
        self.assertEqual(
            sorted(call["TemplateCode"] for call in Double.calls),
            ["SMS_3001", "SMS_3002", "SMS_3003"],
        )
        for call in Double.calls:
            told = self._told(call)["13800000003"]
            self.assertEqual(told["place"], "试验路99号以下等10处")
            self.assertTrue(all(len(text) <= 35 for text in told.values()))
        Double.status["13800000003"] = 3
        self._ask_reports("haerun.outage.message")
        messages = self.env["haerun.outage.message"].search(
            [("outage_id", "=", outage.id)]
        )
        self.assertEqual(set(messages.mapped("sms_state")), {"delivered"})
