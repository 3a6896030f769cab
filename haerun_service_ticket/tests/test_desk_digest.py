from odoo.tests import tagged

from .ticket_common import TicketCommon


@tagged("-at_install", "post_install")
class TestDeskDigest(TicketCommon):
    """Each working morning who leads hears how it stands, and nobody on a holiday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # nothing but what the tests make shall be counted
        cls.env.cr.execute(
            "UPDATE haerun_ticket SET step = 'closed', ended_at = '2020-01-01',"
            " opened_at = '2020-01-01'"
        )
        cls.env.cr.execute("UPDATE haerun_ticket_event SET at = '2020-01-01'")
        cls.env.invalidate_all()
        cls.Digest = cls.env["haerun.ticket.digest"]
        cls.env["ir.config_parameter"].set_param("haerun_service_ticket.digest_day", "")

    def _cron(self, text):
        """Return ``{partner: message}`` that the scheduled action posted then."""
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        with self.at(text):
            self.Digest._cron_send()
        messages = self.env["mail.message"].search([("id", ">", last)])
        return {partner: one for one in messages for partner in one.partner_ids}

    def test_figures(self):
        """R90: new, closed, red, oldest; the head his own, CSD all.

        Of three taken in on Tuesday one is closed; by Friday of next week the other
        two are overdue, and one came in five minutes ago.
        """
        with self.at("2026-06-02 09:00"):
            red = self._forwarded(phone="13900000001")
            self._forwarded(phone="13900000002")
            done = self._forwarded(phone="13900000003")
        with self.at("2026-06-11 16:45"):
            done.with_user(self.user_csd_service)._cancel("客户撤回")
        with self.at("2026-06-12 07:55"):
            self._forwarded(phone="13900000004")
        told = self._cron("2026-06-12 08:00")
        message = told[self.user_branch_head.partner_id]
        figures = self.Digest
        with self.at("2026-06-12 08:00"):
            counts = figures._figures(figures._since())[self.branch.id]
        self.assertEqual((counts["red"], counts["new"], counts["open"]), (2, 1, 3))
        self.assertEqual((counts["closed"], counts["oldest"][1]), (0, red.id))
        self.assertIn("tickets-overdue", message.body)
        self.assertIn(f"res_id={red.id}", message.body)
        self.assertIn(self.user_csd_service.partner_id, told)
        self.assertNotIn(self.user_handler.partner_id, told)
        mail = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        self.assertEqual(mail.recipient_ids, self.user_branch_head.partner_id)

    def test_once(self):
        """R90: a scheduled action that runs twice tells once."""
        with self.at("2026-06-02 09:00"):
            self._forwarded()
        self.assertTrue(self._cron("2026-06-03 08:00"))
        self.assertFalse(self._cron("2026-06-03 08:10"))

    def test_holiday(self):
        """R90: none on a Saturday, none in the National Day week; after it the days
        since the last working morning count."""
        with self.at("2026-06-05 09:00"):
            self._forwarded(phone="13900000001")
        self.assertFalse(self._cron("2026-06-06 08:00"))
        self.assertFalse(self._cron("2026-10-01 08:00"))
        told = self._cron("2026-06-08 08:00")
        self.assertIn(self.user_branch_head.partner_id, told)
        with self.at("2026-06-08 08:00"):
            counts = self.Digest._figures(self.Digest._since())[self.branch.id]
        self.assertEqual(counts["new"], 1)

    def test_nothing_to_say(self):
        """R90: who has nothing to hear is told nothing."""
        self.assertFalse(self._cron("2026-06-03 08:00"))

    def test_switched_off(self):
        """R90: by each one's choice by inbox alone, or not at all."""
        with self.at("2026-06-02 09:00"):
            self._forwarded()
        self.user_branch_head.haerun_tell_digest = "none"
        self.user_csd_service.haerun_tell_digest = "app"
        told = self._cron("2026-06-03 08:00")
        self.assertNotIn(self.user_branch_head.partner_id, told)
        message = told[self.user_csd_service.partner_id]
        self.assertFalse(
            self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        )
