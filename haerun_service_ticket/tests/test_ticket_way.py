from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .ticket_common import TicketCommon


@tagged("-at_install", "post_install")
class TestTicketWay(TicketCommon):
    """The straight way, with every time and verdict worked out by hand."""

    def test_whole_way(self):
        """R43, R88, R91, R92, R93, R94, R95, R96, R97, R99, R101, R102, R103: each
        milestone with its verdict.

        Monday 2026-06-01, shift 08:30-12:00, 13:30-17:00. Taken in 09:00: reply
        within 5 working days = Monday 06-08 17:00. Forwarded 09:10: sign by 09:40,
        contact within 2 working hours = 11:10.
        """
        with self.at("2026-06-01 09:00"):
            ticket = self._taken()
        reply = self._clock(ticket, "ordinary")
        self.assertEqual(reply.due_at, self.at_utc("2026-06-08 17:00"))
        self.assertEqual(reply.acting_user_id, self.user_clerk)
        with self.at("2026-06-01 09:10"):
            ticket.with_user(self.user_csd_service).action_forward()
        self.assertEqual(ticket.acting_user_id, self.user_handler)
        self.assertEqual(reply.acting_user_id, self.user_handler, "charged to him")
        sign, contact = self._clock(ticket, "sign"), self._clock(ticket, "contact")
        self.assertEqual(sign.due_at, self.at_utc("2026-06-01 09:40"))
        self.assertEqual(contact.due_at, self.at_utc("2026-06-01 11:10"))
        mine = ticket.with_user(self.user_handler)
        with self.at("2026-06-01 09:41"):
            mine.action_sign()
        self.assertEqual(sign.state, "missed")
        with self.at("2026-06-01 11:10"):
            mine._note_contact("phone", "约好下午上门", told_limit=True)
        self.assertEqual(contact.state, "met")
        self.assertEqual(ticket.limit_told_due_at, reply.due_at, "the reply's time")
        log = ticket.contact_ids
        self.assertEqual((log.state, log.resolution), ("done", "约好下午上门"))
        self.assertIn(ticket.number, log.display_name)
        with self.at("2026-06-01 15:00"):
            mine._note_measures("清洗减压阀")
        with self.at("2026-06-02 10:00"):
            mine.write({"draft": "已清洗", "result": "solved"})
            mine.action_reply()
        self.assertEqual((ticket.step, reply.state), ("replied", "met"))
        self.assertEqual(ticket.acting_user_id, self.user_csd_rep, "now it is CSD's")
        audit = self._clock(ticket, "audit")
        # 4 working hours: 10:00-12:00, 13:30-15:30
        self.assertEqual(audit.due_at, self.at_utc("2026-06-02 15:30"))
        self.assertEqual(audit.acting_user_id, self.user_csd_rep)
        csd = ticket.with_user(self.user_csd_rep)
        with self.at("2026-06-02 11:00"):
            csd.action_pass()
        with self.at("2026-06-02 14:00"):
            csd._feed_back(self.phone_channel, "已电话告知")
        self.assertEqual(self._clock(ticket, "feedback").state, "met")
        self.assertEqual((ticket.step, ticket.open_visits), ("fed_back", True))
        with self.at("2026-06-02 15:00"), self.assertRaisesRegex(UserError, "visit"):
            csd.action_close()
        with self.at("2026-06-02 16:00"):
            self._visited(ticket)
        self.assertEqual((ticket.step, ticket.first_satisfaction), ("closed", "5"))
        self.assertEqual(
            self._kinds(ticket),
            [
                "opened",
                "forwarded",
                "signed",
                "contacted",
                "told",
                "on_site",
                "replied",
                "audited",
                "fed_back",
                "visited",
                "closed",
            ],
        )
        self.assertIn("已清洗", ticket.event_ids[-1].text, "the final result")
        self.assertEqual(
            ticket.event_ids.mapped("at"), sorted(ticket.event_ids.mapped("at"))
        )
        self.assertFalse(
            ticket.clock_ids.filtered(lambda c: c.state in ("running", "paused"))
        )
        held = ticket.holding_ids.mapped("acting_user_id")
        self.assertEqual(held, self.user_clerk | self.user_handler | self.user_csd_rep)

    def test_reply_needs(self):
        """R93, R94, R96, R102: no reply before contact, limit and measures; all that
        is missing in one sentence."""
        ticket = self._forwarded()
        mine = ticket.with_user(self.user_handler)
        mine.action_sign()
        with self.assertRaises(UserError) as refused:
            mine.action_reply()
        for words in (
            "contact the customer",
            "until when",
            "on site",
            "result",
            "write",
        ):
            self.assertIn(words, str(refused.exception))
        anonymous = self._forwarded(anonymous=True, phone=False, customer=False)
        mine = anonymous.with_user(self.user_handler)
        mine._note_measures("到场")
        mine.write({"draft": "已处理", "result": "solved"})
        mine.action_reply()
        self.assertEqual(anonymous.step, "replied")
        self.assertFalse(self._clock(anonymous, "contact"))

    def test_evidence(self):
        """R100, R103: the ledger, replies and requests are nobody's to change."""
        ticket = self._forwarded()
        self._replied(ticket)
        for part in (ticket.event_ids[0], ticket.reply_ids):
            for user in (self.user_csd_service, self.user_handler, self.user_rules):
                with self.assertRaises(AccessError):
                    part.with_user(user).write({"at": "2020-01-01 00:00:00"})
                with self.assertRaises(AccessError):
                    part.with_user(user).unlink()
            with self.assertRaises(UserError):
                part.sudo().unlink()
        with self.assertRaises(AccessError):
            self.env["haerun.ticket.event"].with_user(self.user_handler).create(
                {"ticket_id": ticket.id, "kind": "closed", "step": "closed"}
            )
        with self.assertRaises(UserError):
            ticket.unlink()
        with self.assertRaises(UserError):
            ticket.copy()

    def test_branch_alone(self):
        """R48, R97: what the branch took in and handled, it feeds back itself."""
        ticket = self._taken("invoice")
        ticket.with_user(self.user_clerk).action_forward()
        self.assertFalse(ticket.needs_audit)
        mine = self._replied(ticket)
        self.assertEqual(
            (ticket.step, mine.acting_user_id), ("audited", self.user_reader)
        )
        mine._feed_back(self.phone_channel, "已重开")
        self.assertEqual(ticket.step, "closed", "no visit by rule: nothing is left")

    def test_redo(self):
        """R92, R95: who is not satisfied has it redone; the first verdict stays."""
        ticket = self._fed_back(self._forwarded())
        self._visited(ticket, "2", "还是没水")
        self.assertEqual((ticket.step, ticket.redo_count), ("fed_back", 1))
        redo = ticket._redos()
        self.assertEqual(redo.acting_user_id, self.user_handler, "not who audited")
        with self.assertRaisesRegex(UserError, "not settled"):
            ticket.with_user(self.user_csd_service).action_close()
        redo = redo.with_user(self.user_handler)
        redo.result = "更换减压阀"
        redo.action_done()
        self._visited(ticket, "4", "好了")
        self.assertEqual((ticket.step, ticket.first_satisfaction), ("closed", "2"))
        self.assertIn("redo", self._kinds(ticket))

    def test_redo_accepted(self):
        """R95: that nothing more is done CSD's service coordinator decides."""
        ticket = self._fed_back(self._forwarded())
        self._visited(ticket, "1", "要求赔偿")
        redo = ticket._redos()
        for user in (self.user_handler, self.user_csd, self.user_branch_head):
            with self.assertRaises(AccessError):
                redo.with_user(user)._accept("不再办理")
        redo.with_user(self.user_csd_service)._accept("诉求超出供水服务范围")
        self.assertEqual((redo.state, ticket.step), ("accepted", "closed"))

    def test_deputy(self):
        """R43, R121: while A is away B gets what comes and what is open, for A."""
        ticket = self._forwarded()
        self._away(self.handler, self.deputy)
        later = self._forwarded(title="另一件")
        self.assertEqual(
            (ticket | later).acting_user_id, self.user_deputy, "open and new"
        )
        self.assertEqual(later.owner_user_id, self.user_handler)
        later.with_user(self.user_deputy).action_sign()
        event = later.event_ids[-1]
        self.assertEqual(
            (event.user_id, event.for_id), (self.user_deputy, self.user_handler)
        )
        self.assertTrue(later.substituted)

    def test_time_until_forwarded(self):
        """R20, R99: until it is forwarded, time is charged to who took it in."""
        with self.at("2026-06-01 09:00"):
            ticket = self._taken()
        with self.at("2026-06-01 09:20"):
            ticket.with_user(self.user_csd_service)._forward(self.handler)
        clock = self._clock(ticket, "forward")
        self.assertEqual((clock.state, clock.acting_user_id), ("met", self.user_clerk))
        self.assertEqual(clock.ended_at, self.at_utc("2026-06-01 09:20"))
        signing = self._clock(ticket, "sign")
        self.assertEqual(signing.acting_user_id, self.user_handler)

    def test_my_work(self):
        """R43, R93: the card says what is next, for each step."""
        ticket = self._taken()
        steps = [(self.user_clerk, "action_forward")]
        for user, method in steps:
            self.assertEqual(self._card(ticket, user)["actions"][0]["method"], method)
        ticket.with_user(self.user_csd_service).action_forward()
        card = self._card(ticket, self.user_handler)
        self.assertEqual(card["actions"][0]["method"], "action_sign")
        self.assertEqual(card["phone"], "13869817766")
        ticket.with_user(self.user_handler).action_sign()
        card = self._card(ticket, self.user_handler)
        self.assertEqual(card["actions"][0]["method"], "action_contact")

    def _card(self, ticket, user):
        self.env.invalidate_all()
        [card] = ticket.with_user(user)._my_work_cards()
        return card
