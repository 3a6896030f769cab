from odoo.tests import tagged
from odoo.tools import mute_logger

from .intake_common import IntakeCommon

MAIL = """From: 王芳 <wangfang@example.com>
To: petition@{domain}
Subject: 自来水水压小
Message-ID: <{id}@example.com>
Date: Mon, 01 Jun 2026 01:00:00 +0000
Content-Type: text/plain; charset=utf-8

{text}
"""


@tagged("-at_install", "post_install")
class TestIntakeMail(IntakeCommon):
    """A mail to the alias is a petition of the government's mailbox."""

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def _send(self, text, number="m1"):
        domain = self.env["mail.alias.domain"].search([], limit=1)
        if not domain:
            domain = self.env["mail.alias.domain"].create({"name": "example.org"})
        alias = self.env.ref("haerun_service_ticket.alias_petition")
        alias.alias_domain_id = domain
        self.env["mail.thread"].message_process(
            None, MAIL.format(domain=domain.name, text=text, id=number)
        )
        return self.Petition.search([("title", "=", "自来水水压小")], order="id")

    def test_mail(self):
        """R88, R98: channel by the alias, number and phone found in the text."""
        found = self._send(
            "信件编号：XF-2026-77\n六楼没水，电话 13869817766 试验路片区"
        )
        mailbox = self.env.ref("haerun_service_ticket.channel_mailbox")
        self.assertEqual(found.channel_id, mailbox)
        self.assertEqual(found.external_no, "XF-2026-77")
        self.assertEqual(found.sudo().phone_plain, "13869817766")
        self.assertEqual(found.caller, "王芳")
        self.assertIn("六楼没水", found.text)
        self.assertEqual(found.ticket_id.category_id, self._category("pressure_low"))

    def test_twice(self):
        """R88: the same number in another mail is the same petition."""
        self._send("信件编号：XF-2026-78 水压小", "m2")
        found = self._send("信件编号：XF-2026-78 催一下", "m3")
        self.assertEqual(len(found), 1)
        self.assertIn("水压小", found.text)

    def test_without_number(self):
        """R98: without a number the mail's own id is it."""
        self.assertIn("m4@example.com", self._send("六楼没水", "m4").external_no)
