from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .ticket_common import TicketCommon


@tagged("-at_install", "post_install")
class TestTicketTurns(TicketCommon):
    """Returned, extended, suspended, cancelled, reopened, and parents last."""

    # ----------------------------------------------------------- return
    def test_return(self):
        """R43, R88: a wrong one goes back within 2 working days, by who forwarded.

        Forwarded Monday 09:00: until Wednesday 17:00.
        """
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
            late = self._forwarded(title="另一件")
        mine = ticket.with_user(self.user_handler)
        with self.at("2026-06-03 16:50"):
            with self.assertRaisesRegex(UserError, "reason"):
                mine._ask_return(" ")
            request = mine._ask_return("不属本片区")
            with self.assertRaisesRegex(UserError, "asked for already"):
                mine._ask_return("再问一次")
            with self.assertRaises(AccessError):
                request._decide(True)
            with self.assertRaises(AccessError):
                request.with_user(self.user_deputy)._decide(True)
            request.with_user(self.user_csd_service).action_approve()
        self.assertEqual((ticket.step, ticket.return_count), ("accepted", 1))
        self.assertEqual(ticket.acting_user_id, self.user_csd_rep)
        self.assertFalse(ticket.handler_id or ticket.forwarded_at)
        self.assertEqual(self._clock(ticket, "sign").state, "cancelled")
        self.assertEqual(self._clock(ticket, "ordinary").state, "running")
        self.assertEqual(
            self._kinds(ticket), ["opened", "forwarded", "return_asked", "returned"]
        )
        with (
            self.at("2026-06-03 17:01"),
            self.assertRaisesRegex(UserError, "06-03 17:00"),
        ):
            late.with_user(self.user_handler).action_return()
        with self.at("2026-06-04 09:00"):
            ticket.with_user(self.user_csd_service)._forward(self.deputy)
        self.assertEqual(ticket.acting_user_id, self.user_deputy)
        self.assertEqual(len(self._clock(ticket, "sign")), 2)

    def test_return_refused(self):
        """R43, R88: refused, it stays where it is, with the reason on record."""
        ticket = self._forwarded()
        request = ticket.with_user(self.user_handler)._ask_return("不属本片区")
        action = request.with_user(self.user_csd_service).action_refuse()
        window = self.env["haerun.ticket.turn"].with_user(self.user_csd_service)
        window = window.with_context(**action["context"]).create({"reason": "属你片区"})
        window.action_confirm()
        self.assertEqual((request.state, request.note), ("refused", "属你片区"))
        self.assertEqual((ticket.step, ticket.return_count), ("forwarded", 0))
        with self.assertRaisesRegex(UserError, "decided already"):
            request.with_user(self.user_csd_service)._decide(True)

    def test_to_another(self):
        """R43, R99: CSD gives it to another, who signs and contacts anew; the reply's
        time runs on."""
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        due = self._clock(ticket, "ordinary").due_at
        with self.at("2026-06-01 09:10"):
            ticket.with_user(self.user_handler)._note_contact("phone", "已联系")
        with self.at("2026-06-01 09:20"):
            with self.assertRaises(AccessError):
                ticket.with_user(self.user_handler)._forward(self.deputy)
            ticket.with_user(self.user_csd_service)._forward(self.deputy, "更熟悉")
        first, second = self._clock(ticket, "sign").sorted("id")
        self.assertEqual((first.state, second.state), ("met", "running"))
        self.assertEqual(second.acting_user_id, self.user_deputy)
        with self.at("2026-06-01 09:30"):
            ticket.with_user(self.user_deputy)._note_contact("phone", "换我联系您")
        contacts = self._clock(ticket, "contact").mapped("state")
        self.assertEqual(contacts, ["met", "met"], "each his own first contact")
        self.assertEqual(self._clock(ticket, "ordinary").due_at, due)
        forwarded = ticket.event_ids.filtered(lambda e: e.kind == "forwarded")
        self.assertIn("更熟悉", forwarded[-1].text)
        self.env.invalidate_all()
        self.assertFalse(ticket.with_user(self.user_handler).has_access("read"))

    # -------------------------------------------------------- extension
    def test_extension(self):
        """R48, R96: once, before the time is over, at most 10 working days, approved.

        Taken in Monday 06-01 09:00, due 06-08 17:00; 5 working days more: 06-15 17:00.
        """
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        mine = ticket.with_user(self.user_handler)
        with self.at("2026-06-05 09:00"):
            with self.assertRaisesRegex(UserError, "1 to 10"):
                mine._ask_extension(11, "等配件")
            request = mine._ask_extension(5, "等配件")
            with self.assertRaises(AccessError):
                request._decide(True)
            request.with_user(self.user_branch_head).action_approve()
        reply = self._clock(ticket, "ordinary")
        self.assertEqual(reply.due_at, self.at_utc("2026-06-15 17:00"))
        with (
            self.at("2026-06-06 09:00"),
            self.assertRaisesRegex(UserError, "once already"),
        ):
            mine._ask_extension(2, "还要等")
        with self.at("2026-06-01 09:00"):
            late = self._forwarded(title="另一件")
        with (
            self.at("2026-06-08 17:01"),
            self.assertRaisesRegex(UserError, "no time left"),
        ):
            late.with_user(self.user_handler)._ask_extension(2, "忘了")
        danger = self._forwarded("burst_main")
        with self.assertRaisesRegex(UserError, "never for danger"):
            danger.with_user(self.user_handler)._ask_extension(2, "人手不够")

    # ------------------------------------------------------- suspension
    def test_closed_from_pause(self):
        """R48: a pause longer than what was left of the time breaks nothing.

        Due 06-08 17:00; suspended on Friday 06-05 at 09:00 until 06-25, handled and
        submitted on 06-22 out of the pause: met, as the pause was the customer's.
        """
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        later = self.env.ref("haerun_customer_rep.pause_reason_later")
        with self.at("2026-06-01 09:30"):
            self._handled(ticket)
        until = self.at_utc("2026-06-25 17:00")
        with self.at("2026-06-05 09:00"):
            with self.assertRaises(AccessError):
                ticket.with_user(self.user_handler)._suspend(later, until, "出差")
            ticket.with_user(self.user_branch_head)._suspend(later, until, "客户出差")
        reply = self._clock(ticket, "ordinary")
        self.assertEqual((reply.state, ticket.due_state), ("paused", "paused"))
        self.assertEqual(ticket.holding_ids[-1].holder, "customer")
        with self.at("2026-06-22 10:00"):
            ticket.with_user(self.user_handler).action_reply()
        self.assertEqual(reply.state, "met")
        self.assertEqual(reply._replay().state, "met")

    def test_resume(self):
        """R48: it runs on by itself when the pause is over, and on demand."""
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        later = self.env.ref("haerun_customer_rep.pause_reason_later")
        with self.at("2026-06-01 10:00"):
            until = self.at_utc("2026-06-03 10:00")
            ticket.with_user(self.user_branch_head)._suspend(later, until, "客户出差")
        with self.at("2026-06-03 10:01"):
            self.Ticket._cron_resume()
        self.assertFalse(ticket.suspended_at)
        self.assertEqual(self._clock(ticket, "ordinary").state, "running")
        self.assertEqual(self._kinds(ticket)[-2:], ["suspended", "resumed"])
        danger = self._forwarded("burst_main").with_user(self.user_branch_head)
        with self.assertRaisesRegex(UserError, "never waits"):
            danger.action_suspend()
        taken = self._taken().with_user(self.user_clerk)
        with self.assertRaises(AccessError, msg="nobody stops his own clock"):
            taken.action_suspend()

    # ------------------------------------------------------------- time
    def test_holiday_added(self):
        """R48: a holiday that is added while it runs moves what is due."""
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        reply = self._clock(ticket, "ordinary")
        with self.at("2026-06-02 09:00"):
            day = self.env["haerun.workday"].search([("date", "=", "2026-06-04")])
            day.kind = "holiday"
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(reply.due_at, self.at_utc("2026-06-09 17:00"))
        self.assertEqual(ticket.limit_told_due_at, False)

    def test_limit_changed(self):
        """R48, R120: what runs keeps its limit; what comes later has the new one."""
        with self.at("2026-06-01 09:00"):
            before = self._forwarded()
            limit = self._clock(before, "ordinary").limit_id
            with self.assertRaisesRegex(UserError, "new version"):
                limit.amount = 1
            action = limit.action_new_version()
            newer = limit.browse(action["res_id"])
            newer.amount = 3
        with self.at("2026-06-02 09:00"):
            after = self._forwarded()
        self.assertEqual(
            self._clock(before, "ordinary").due_at, self.at_utc("2026-06-08 17:00")
        )
        clock = self._clock(after, "ordinary")
        self.assertEqual(clock.limit_id, newer)
        self.assertEqual(clock.due_at, self.at_utc("2026-06-05 17:00"))

    def test_unit_changed(self):
        """R43: a later transfer of the representative rewrites no ticket."""
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        elsewhere = self.env["hr.department"].create(
            {"name": "市南营业分公司(试)", "haerun_level": "branch"}
        )
        due = self._clock(ticket, "ordinary").due_at
        self.handler.unit_id = elsewhere
        self.assertEqual(ticket.handling_unit_id, self.branch)
        with self.at("2026-06-01 10:00"):
            self._replied(ticket)
        self.assertEqual(ticket.reply_ids.unit_id, self.branch)
        self.assertEqual(self._clock(ticket, "ordinary").unit_id, self.branch)
        self.assertEqual(self._clock(ticket, "ordinary").due_at, due)

    def test_limit_without_end(self):
        """R103: a limit whose end never comes does not run on after the closing."""
        milestone = "haerun_service_ticket.milestone_ticket_%s"
        self.env["haerun.time.limit"].create(
            {
                "name": "到场",
                "code": "test_never",
                "start_milestone_id": self.env.ref(milestone % "accepted").id,
                "end_milestone_id": self.env.ref(milestone % "on_site").id,
                "amount": 1,
                "unit": "work_day",
                "date_from": "2020-01-01",
            }
        )
        ticket = self._taken("payment")
        never = ticket.clock_ids.filtered(lambda c: c.limit_code == "test_never")
        self.assertEqual(never.state, "running")
        ticket.with_user(self.user_clerk)._answer("已到账")
        self.assertEqual((ticket.step, never.state), ("closed", "cancelled"))
        self.assertFalse(ticket.due_at)

    def test_kind_put_right(self):
        """R41, R48: called something else while it runs, its time counts from the
        beginning.

        Taken in Monday 09:00 as a matter of 5 working days; on Tuesday CSD makes it
        a fee question: 2 working days from Monday = Wednesday 17:00.
        """
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        with self.at("2026-06-02 10:00"):
            with self.assertRaises(AccessError):
                ticket.with_user(self.user_handler).category_id = self._category("fee")
            csd = ticket.with_user(self.user_csd_service)
            csd.category_id = self._category("fee_dispute")
        self.assertEqual(self._clock(ticket, "ordinary").state, "cancelled")
        question = self._clock(ticket, "question")
        self.assertEqual(question.due_at, self.at_utc("2026-06-03 17:00"))
        self.assertEqual((ticket.kind, ticket.rep_class), ("fee", "marketing"))
        self.assertIn("changed", self._kinds(ticket))

    # -------------------------------------------------------------- end
    def test_cancelled_is_not_met(self):
        """R43: what nobody has to deal with any more lapses: neither met nor missed."""
        ticket = self._forwarded()
        with self.assertRaises(AccessError):
            ticket.with_user(self.user_handler).action_cancel()
        ticket.with_user(self.user_branch_head)._cancel("客户撤回")
        self.assertEqual((ticket.step, ticket.end_reason), ("cancelled", "客户撤回"))
        states = set(ticket.clock_ids.mapped("state"))
        self.assertEqual(states, {"met", "cancelled"})
        self.assertEqual(self._clock(ticket, "ordinary").state, "cancelled")
        self.assertFalse(ticket.result_text)
        with self.assertRaisesRegex(UserError, "ended already"):
            ticket.with_user(self.user_branch_head).action_cancel()

    def test_reopened_cancelled(self):
        """R43: cancelled and taken up again, it goes on where it stood."""
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        head = ticket.with_user(self.user_branch_head)
        with self.at("2026-06-02 09:00"):
            head._cancel("客户撤回")
        with self.at("2026-06-04 09:00"):
            head._reopen("客户又来电")
        self.assertEqual(ticket.step, "forwarded")
        reply = self._clock(ticket, "ordinary")
        # two working days in nobody's hands
        self.assertEqual(reply.state, "running")
        self.assertEqual(reply.due_at, self.at_utc("2026-06-10 17:00"))

    def test_reopened_closed(self):
        """R92, R103: closed and taken up again, it needs reply, audit, feedback and
        visit anew; the verdicts so far stay."""
        with self.at("2026-06-01 09:00"):
            ticket = self._forwarded()
        with self.at("2026-06-02 10:00"):
            self._fed_back(ticket)
            self._visited(ticket)
        self.assertEqual(ticket.step, "closed")
        with self.at("2026-06-03 10:00"):
            with self.assertRaises(AccessError):
                ticket.with_user(self.user_handler).action_reopen()
            ticket.with_user(self.user_csd_service)._reopen("又没水了")
        self.assertEqual((ticket.step, ticket.result_text), ("signed", False))
        self.assertEqual(ticket.acting_user_id, self.user_handler)
        self.assertEqual(self._clock(ticket, "ordinary").state, "running")
        with self.at("2026-06-03 11:00"):
            self._fed_back(ticket)
            self.assertTrue(ticket.open_visits)
            self._visited(ticket, "3")
        self.assertEqual(ticket.step, "closed")
        self.assertEqual(ticket.reply_ids.mapped("round"), [1, 2])

    def test_parent_last(self):
        """R103: a parent closes after its children, and by itself then not."""
        parent = self._taken("payment")
        child = self._forwarded(parent_id=parent.id)
        clerk = parent.with_user(self.user_clerk)
        clerk._answer("已到账")
        self.assertEqual(parent.step, "fed_back")
        csd = parent.with_user(self.user_csd_service)
        with self.assertRaisesRegex(UserError, "closes last"):
            csd.action_close()
        child.with_user(self.user_branch_head)._cancel("并案")
        csd.action_close()
        self.assertEqual(parent.step, "closed")
        with self.assertRaisesRegex(ValidationError, "open ticket"):
            self._taken(parent_id=parent.id)
        one = self._taken()
        two = self._taken(parent_id=one.id)
        with self.assertRaises(UserError):
            one.parent_id = two

    def test_final_result(self):
        """R103: nothing closes without a final result, whoever tries."""
        ticket = self._fed_back(self._forwarded("invoice"))
        self.assertEqual(ticket.step, "closed")
        bare = self._forwarded()
        bare.sudo().write({"step": "fed_back"})
        with self.assertRaisesRegex(UserError, "final result is missing"):
            bare.with_user(self.user_csd_service).action_close()

    def test_collaborators(self):
        """R43, R87: who helps reads; who asked for help reads what came of it."""
        ticket = self._forwarded()
        mine = ticket.with_user(self.user_handler)
        mine.collaborator_ids = [Command.link(self.rep_a.id)]
        self.env.invalidate_all()
        helper = ticket.with_user(self.user_a)
        self.assertTrue(helper.has_access("read"))
        self.assertFalse(helper.has_access("write"))
        with self.assertRaises(AccessError):
            helper.action_sign()
