from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .ticket_common import TicketCommon


@tagged("-at_install", "post_install")
class TestTicketAudit(TicketCommon):
    """CSD reads each reply before it leaves; what goes back is counted."""

    def test_rewrite(self):
        """R91, R96: it goes back with a reason, its clock runs on with what was left.

        Taken in Monday 09:00, due the next Monday 17:00. Submitted Tuesday 10:00,
        back Wednesday 10:00: the 7 working hours of the audit are not his, so that
        it is due on Tuesday 06-09 at 17:00.
        """
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        with self.at("2026-06-02 10:00"):
            self._replied(ticket)
        reply = self._clock(ticket, "ordinary")
        self.assertEqual(reply.state, "met")
        csd = ticket.with_user(self.user_csd_service)
        with self.at("2026-06-03 10:00"):
            with self.assertRaisesRegex(UserError, "what is to be rewritten"):
                csd._audit(False, " ")
            csd._audit(False, "没写原因")
        self.assertEqual((ticket.step, ticket.rewrite_count), ("signed", 1))
        self.assertEqual(ticket.rewrite_reason, "没写原因")
        self.assertEqual(ticket.acting_user_id, self.user_handler)
        self.assertEqual(reply.state, "running")
        self.assertEqual(reply.due_at, self.at_utc("2026-06-09 17:00"))
        self.assertEqual(self._clock(ticket, "audit").state, "cancelled")
        with self.at("2026-06-03 14:00"):
            mine = ticket.with_user(self.user_handler)
            mine.draft = "减压阀堵塞所致，已清洗。"
            mine.action_reply()
        with self.at("2026-06-03 15:00"):
            csd.action_pass()
        self.assertEqual(ticket.reply_ids.mapped("verdict"), ["returned", "passed"])
        self.assertEqual(ticket.reply_ids.mapped("round"), [1, 2])
        self.assertEqual(ticket.result_text, "减压阀堵塞所致，已清洗。")
        verdicts = reply.event_ids.filtered("verdict").mapped("verdict")
        self.assertEqual(verdicts, ["met", "met"], "the first stays in the ledger")

    def test_share(self):
        """R91: the share of replies that went back, by unit: one of three."""
        for back in (True, False):
            ticket = self._forwarded()
            self._replied(ticket)
            csd = ticket.with_user(self.user_csd_service)
            if back:
                csd._audit(False, "重写")
                ticket.with_user(self.user_handler).action_reply()
            csd.action_pass()
        [(unit, share, count)] = self.env["haerun.ticket.reply"]._read_group(
            [("unit_id", "=", self.branch.id), ("verdict", "!=", False)],
            ["unit_id"],
            ["returned:avg", "__count"],
        )
        self.assertEqual((unit, count), (self.branch, 3))
        self.assertAlmostEqual(share, 100 / 3)

    def test_who_audits(self):
        """R87, R91: CSD, and nobody his own reply; the branch never."""
        ticket = self._forwarded()
        self._replied(ticket)
        for user in (self.user_handler, self.user_branch_head, self.user_clerk):
            with self.assertRaises(AccessError):
                ticket.with_user(user).action_pass()
        own = self._forwarded(rep=self.csd_rep)
        self._replied(own, self.user_csd_rep)
        with self.assertRaisesRegex(AccessError, "reply of his own"):
            own.with_user(self.user_csd_rep).action_pass()
        own.with_user(self.user_csd_service).action_pass()
        self.assertEqual(own.step, "audited")

    def test_who_feeds_back(self):
        """R97: what CSD forwarded CSD feeds back, with time and channel."""
        ticket = self._forwarded()
        self._replied(ticket)
        csd = ticket.with_user(self.user_csd_service)
        with self.assertRaisesRegex(UserError, "not its next step"):
            csd.action_feed_back()
        csd.action_pass()
        with self.assertRaises(AccessError):
            ticket.with_user(self.user_handler)._feed_back(self.phone_channel, "好了")
        window = self.env["haerun.ticket.feedback"].with_user(self.user_csd_service)
        action = csd.action_feed_back()
        wechat = self.env.ref("haerun_customer_rep.channel_wechat")
        window = window.with_context(**action["context"]).create(
            {"channel_id": wechat.id}
        )
        self.assertEqual(window.text, ticket.result_text)
        with self.at("2026-06-03 15:00"):
            window.action_confirm()
        self.assertEqual(ticket.feedback_channel_id, wechat)
        self.assertEqual(ticket.fed_back_at, self.at_utc("2026-06-03 15:00"))
        self.assertEqual(ticket.event_ids[-1].channel_id, wechat)

    def test_urged(self):
        """R89, R90: CSD urges and supervises in writing; the holder does neither."""
        ticket = self._forwarded()
        notices = self.env["haerun.notice.wizard"].with_user(self.user_csd_service)
        csd = ticket.with_user(self.user_csd_service)
        for action in (csd.action_urge(), csd.action_supervise()):
            notices.with_context(**action["context"]).create(
                {"body": "请尽快办理"}
            ).action_issue()
        self.assertEqual(ticket.notice_ids.mapped("kind"), ["urge", "supervise"])
        self.assertEqual(ticket.notice_ids.acting_user_id, self.user_handler)
        with self.assertRaises(AccessError):
            ticket.with_user(self.user_handler).action_urge()

    def test_online(self):
        """R48, R86: what comes by website or official account runs like any other."""
        for code in ("website", "wechat"):
            channel = self.env.ref(f"haerun_customer_rep.channel_{code}")
            with self.at("2026-06-01 09:00"):
                ticket = self._forwarded(channel_id=channel.id, phone="13869817700")
            self.assertEqual(
                self._clock(ticket, "ordinary").due_at, self.at_utc("2026-06-08 17:00")
            )
            self.assertEqual(ticket.acting_user_id, self.user_handler)

    def test_marketing(self):
        """R40, R70, R87: the coordinator of a class audits what is of his class."""
        fee = self._forwarded("invoice")
        self._replied(fee)
        fee.with_user(self.user_csd_marketing).action_pass()
        self.assertEqual(fee.step, "audited")
        other = self._forwarded()
        self._replied(other)
        with self.assertRaises(AccessError):
            other.with_user(self.user_csd_marketing).action_pass()
