from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .monthly_common import MonthlyCommon


@tagged("post_install", "-at_install")
class TestMonthlySending(MonthlyCommon):
    """Issued reports go to whoever is to get them, each once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_csd.email = "chenjing@example.com"
        cls.sending = cls.sendings.create(
            {
                "name": "月报",
                "day": 5,
                "hour": 9.5,
                "user_ids": [
                    Command.set((cls.user_csd | cls.user_boss | cls.user_section).ids)
                ],
            }
        )

    def _issued(self):
        report = self._report()
        report._make()
        report.sudo().state = "issued"
        return report

    def _send(self, text):
        """What the scheduled action sent at a time: the log's new lines."""
        before = self.env["haerun.report.sent"].search([])
        with self.at(text):
            self.sendings._cron_send()
        return self.env["haerun.report.sent"].search([]) - before

    def test_on_its_day_and_hour_once(self):
        """R2: not before, with both files, a mail and a line in the inbox each."""
        self._figures()
        report = self._issued()
        self.assertFalse(self._send("2026-04-05 09:20"))
        log = self._send("2026-04-05 09:40")
        sent = log.filtered(lambda one: one.state == "sent")
        self.assertEqual(sent.user_id, self.user_csd | self.user_section)
        mails = self.env["mail.mail"].search(
            [("model", "=", report._name), ("res_id", "=", report.id)]
        )
        self.assertEqual(
            mails.recipient_ids, (self.user_csd | self.user_section).partner_id
        )
        for mail in mails:
            self.assertEqual(mail.attachment_ids, report.pdf_id | report.xlsx_id)
        self.assertIn("共统计指标", mails[0].body_html)
        pushes = self.env["haerun.push"].search(
            [("res_model", "=", report._name), ("res_id", "=", report.id)]
        )
        self.assertEqual(pushes.user_id, self.user_csd | self.user_section)
        self.assertFalse(self._send("2026-04-05 10:40"), "once")
        self.assertFalse(self._send("2026-04-20 10:40"), "once a month")

    def test_only_what_he_may_read(self):
        """R42: who may not read it gets nothing, and that is told."""
        self._figures()
        self._issued()
        log = self._send("2026-04-05 09:40")
        refused = log.filtered(lambda one: one.state == "refused")
        self.assertEqual(refused.user_id, self.user_boss)
        self.assertFalse(refused.email)
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "=", self.user_boss.partner_id.id)]
        )
        self.assertFalse(mails.filtered(lambda one: one.model == log.report_id._name))

    def test_issued_late_sent_late(self):
        """R2: a report that is issued after its day goes out when it is."""
        self._figures()
        self.assertFalse(self._send("2026-04-06 09:40"))
        report = self._issued()
        self.assertEqual(self._send("2026-04-09 09:40").report_id, report)

    def test_newcomers_get_theirs(self):
        """R2: who is added later gets the report, the others not again."""
        self._figures()
        self._issued()
        self._send("2026-04-05 09:40")
        self.sending.user_ids = [Command.link(self.user_rules.id)]
        log = self._send("2026-04-05 11:40")
        self.assertEqual(log.user_id, self.user_rules)

    def test_the_log_is_evidence(self):
        """R42: nobody writes or deletes what was sent."""
        self._figures()
        self._issued()
        log = self._send("2026-04-05 09:40")[:1]
        with self.assertRaises(AccessError):
            log.with_user(self.user_rules).write({"state": "refused"})
        with self.assertRaisesRegex(UserError, "evidence"):
            log.unlink()

    def test_a_sending_is_a_rule(self):
        """R120: only the rules admin says who gets what."""
        for user in (self.user_csd, self.user_head, self.user_section):
            with self.assertRaises(AccessError):
                self.sending.with_user(user).day = 6
        self.sending.with_user(self.user_rules).day = 6
        with self.assertRaisesRegex(ValidationError, "at least one recipient"):
            self.sending.user_ids = False
        self.assertIn(
            "haerun.report.sending", self.env["haerun.rule.registry"]._by_model()
        )
