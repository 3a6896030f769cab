from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .counter_common import DOT, CounterCommon


@tagged("-at_install", "post_install")
class TestCounterSession(CounterCommon):
    def test_from_float_to_lock(self):
        """R80, R81: opened, taken, counted, handed over, signed for, locked."""
        session = self._opened("200")
        self._bill(61.5)
        paid = self._pay("61.5")
        self._pay("30", "card")
        self.assertEqual((session.taken, session.taken_cash), (91.5, 61.5))
        self.assertEqual(session.unit_id, self.branch)
        count = self._counted(session)
        self.assertTrue(count.is_match)
        self.assertEqual((session.state, count.cash_found), ("counted", 261.5))
        session._hand_over(DOT)
        self.assertEqual(session.state, "handed_over")
        posting = session.sudo().posting_id
        with patch.object(type(posting), "_post", autospec=True) as post:
            self._as(session, self.user_accountant).action_sign()
        post.assert_called_once_with(posting)
        self.assertEqual(session.state, "closed")
        kinds = session.sudo().event_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["open", "count", "hand_over", "sign"])
        with self.assertRaises(UserError):
            paid.with_user(self.user_cashier)._cancel("x", session=session)
        with self.assertRaises(UserError):
            session._count({}, [])
        with self.assertRaises(UserError):
            self._as(session, self.user_accountant)._return("x")

    def test_one_session_a_cashier(self):
        """R80: no second one before the first is handed over."""
        session = self._opened()
        with self.assertRaises(UserError):
            self._opened()
        self._opened(user=self.user_cashier2)
        self._counted(session)
        with self.assertRaises(UserError):
            self._opened()
        session._hand_over(DOT)
        self.assertNotEqual(self._opened(), session)

    def test_counted_takes_nothing(self):
        """R80: what was counted does not change underneath; a late customer reopens."""
        session = self._opened()
        self._counted(session)
        with self.assertRaises(UserError):
            self._pay("10")
        session.action_reopen()
        self._pay("10")
        self.assertEqual(session.taken, 10)
        with self.assertRaises(UserError):
            session._hand_over(DOT)

    def test_by_denominations(self):
        """R80: the window counts pieces and ticked slips, and shows the difference."""
        session = self._opened("200")
        self._pay("137.6")
        card = self._pay("80", "card")
        cheque = self._pay("1200", "cheque")
        action = session.action_count()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.user_cashier)
            .with_context(**action["context"])
        )
        form.n100 = 3
        form.n20 = 1
        form.n10 = 1
        form.n5 = 1
        form.n1 = 2
        form.n05 = 1
        form.n01 = 1
        self.assertEqual(form.cash_found, 337.6)
        self.assertTrue(form.differs, "no slip is ticked yet")
        with form.slip_ids.edit(0) as line:
            self.assertEqual(line.payment_id, cheque)
            line.seen = True
        with form.slip_ids.edit(1) as line:
            self.assertEqual(line.payment_id, card)
            line.seen = True
        self.assertFalse(form.differs)
        form.save().action_confirm()
        self.assertEqual(session.state, "counted")
        lines = session.sudo().line_ids
        self.assertEqual(
            lines.mapped(lambda one: (one.tender_id.code, one.number, one.counted)),
            [("cash", 1, 137.6), ("cheque", 1, 1200), ("card", 1, 80)],
        )
        self.assertEqual(session.count_id.coins["100"], 3)

    def test_tick_all(self):
        """R80: a folder that was gone through is ticked at once."""
        session = self._opened("0")
        self._pay("80", "card")
        self._pay("90", "wechat")
        window = (
            self.env["haerun.cash.counting"]
            .with_user(self.user_cashier)
            .create({"session_id": session.id})
        )
        self.assertEqual(len(window.slip_ids), 2)
        window.action_tick_all()
        window.action_confirm()
        self.assertTrue(session.count_id.is_match)

    def test_difference_wants_a_reason(self):
        """R80: without a reason nothing is kept; the sentence tells how much."""
        session = self._opened()
        with self.assertRaisesRegex(ValidationError, r"-0\.50"):
            self._counted(session, -5)
        self.assertFalse(session.count_ids)
        count = self._counted(session, -5, "找零多付五角")
        self.assertEqual((count.difference, session.state), (-0.5, "to_approve"))

    def test_differences_that_cancel_out(self):
        """R80: too much cash does not make up for a slip that is missing."""
        session = self._opened()
        card = self._pay("10", "card")
        count = self._counted(session, 100, "刷卡单遗失", [card])
        self.assertEqual((count.difference, count.is_match), (0, False))
        self.assertEqual(count.missing_ids, card)
        self.assertTrue(session.needs_approval)

    def test_blocked_until_approved(self):
        """R80: not before it matches or the head, who is not the cashier, approves."""
        session = self._opened()
        self._counted(session, 3, "多出三角")
        with self.assertRaises(UserError):
            session._hand_over(DOT)
        with self.assertRaises(AccessError):
            session.action_approve()
        with self.assertRaises(AccessError):
            self._as(session, self.user_accountant).action_approve()
        with self.assertRaises(AccessError):
            self._as(session, self.user_head).action_approve()
        self._as(session, self.user_branch_head).action_approve()
        self.assertEqual(session.approved_by_id, self.user_branch_head)
        session._hand_over(DOT)
        self.assertEqual(session.state, "handed_over")

    def test_head_who_collects(self):
        """R80: who leads the branch and collects himself does not approve his own."""
        self.user_branch_head.group_ids += self.env.ref(
            "haerun_customer_rep.group_cashier"
        )
        session = self._opened(user=self.user_branch_head)
        self._counted(session, 3, "多出三角")
        with self.assertRaises(AccessError):
            session.action_approve()

    def test_sent_back_by_the_head(self):
        """R80: sent back with a reason, it is counted anew."""
        session = self._opened()
        self._counted(session, 3, "多出三角")
        self._as(session, self.user_branch_head)._refuse("请复点十元纸币")
        self.assertEqual((session.state, bool(session.count_id)), ("open", False))
        self.assertEqual(len(session.count_ids), 1, "the first count is kept")
        with self.assertRaises(UserError):
            session._hand_over(DOT)
        self._counted(session)
        session._hand_over(DOT)

    def test_a_recount_needs_a_new_approval(self):
        """R80: what was approved was that difference, not the next one."""
        session = self._opened()
        self._counted(session, 3, "多出三角")
        self._as(session, self.user_branch_head)._approve()
        self._counted(session, 9, "多出九角")
        self.assertTrue(session.needs_approval)
        with self.assertRaises(UserError):
            session._hand_over(DOT)

    def test_returned_by_the_accountant(self):
        """R81: counted anew beside the next session, which takes the payments."""
        session = self._handed(self._opened())
        accountant = self._as(session, self.user_accountant)
        with self.assertRaises(ValidationError):
            accountant._return("  ")
        accountant._return("十元少一张")
        following = self._opened()
        self._pay("10")
        self.assertEqual((session.taken, following.taken), (0, 10))
        self.assertEqual(session.state, "returned")
        self._counted(session, -100, "少收十元")
        with self.assertRaises(UserError):
            session._hand_over(DOT)
        self._as(session, self.user_branch_head)._approve()
        session._hand_over(DOT)
        accountant._sign()
        self.assertEqual((session.state, following.state), ("closed", "open"))

    def test_who_signs(self):
        """R81: an accountant, and never the cashier."""
        session = self._handed(self._opened())
        for user in (self.user_cashier, self.user_branch_head):
            with self.assertRaises(AccessError):
                self._as(session, user)._sign()
        self.user_cashier.group_ids += self.env.ref(
            "haerun_customer_rep.group_accountant"
        )
        with self.assertRaises(AccessError):
            session._sign()
        self._as(session, self.user_accountant)._sign()
        self.assertEqual(session.signed_by_id, self.user_accountant)

    def test_without_signature(self):
        """R81: nobody hands over what he does not sign for."""
        session = self._opened()
        self._counted(session)
        with self.assertRaises(UserError):
            session._hand_over(False)

    def test_what_was_touched_is_not_signed(self):
        """R81: the seal tells when something moved behind the hand-over."""
        session = self._opened()
        paid = self._pay("10")
        self._handed(session)
        self.env.cr.execute(
            "UPDATE haerun_payment SET amount = 9 WHERE id = %s", [paid.id]
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self._as(session, self.user_accountant)._sign()

    def test_events_are_kept(self):
        """R80, R81: nobody changes what became of a session, nor the session itself."""
        session = self._opened()
        event = session.event_ids
        with self.assertRaises(AccessError):
            event.with_user(self.user_cashier).write({"note": "x"})
        with self.assertRaises(UserError):
            event.sudo().unlink()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            session.write({"opening_float": 1})

    def test_others_sessions(self):
        """R80: a cashier sees his own alone; head and accountant see theirs."""
        session = self._opened()
        for user, seen in (
            (self.user_cashier, True),
            (self.user_cashier2, False),
            (self.user_branch_head, True),
            (self.user_head, False),
            (self.user_accountant, True),
            (self.user_section, True),
            (self.user_reader, False),
        ):
            mine = self._as(session, user)
            self.assertEqual(bool(mine.has_access("read")), seen, user.name)
        with self.assertRaises(AccessError):
            self._as(session, self.user_cashier2)._count({}, [])

    def test_of_a_day_before(self):
        """R80: a session that was left open says so on the page."""
        with freeze_time("2026-03-09 01:00:00"):
            self._opened()
        with freeze_time("2026-03-10 01:00:00"):
            self.assertTrue(self._desk().get_desk()["session"]["is_old"])
        with freeze_time("2026-03-09 12:00:00"):
            self.assertFalse(self._desk().get_desk()["session"]["is_old"])

    def test_sheet(self):
        """R81: tenders, notes, receipts from and to, what was cancelled, who signs."""
        session = self._opened("200")
        first = self._pay("61.5")
        wrong = self._pay("20")
        self._desk().cancel(wrong.id, "输错户号")
        self._pay("80", "card", reference="POS889")
        self._counted(session, -5, "找零多付五角")
        self._as(session, self.user_branch_head)._approve()
        session._hand_over(DOT)
        html = self.env["ir.actions.report"]._render_qweb_html(
            "haerun_meter.report_cash_session", session.ids
        )[0]
        text = html.decode()
        for word in (
            session.name,
            first.number,
            "输错户号",
            "找零多付五角",
            "于波",
            "银行卡",
            "61.50",
            "-0.50",
            session.seal[:32],
        ):
            self.assertIn(word, text)

    def test_register(self):
        """R80: the register shows a day's takings by way of paying in few queries."""
        session = self._opened()
        self._pay("10")
        self._pay("20", "wechat")
        self._pay("5", "cheque")
        other = self._opened(user=self.user_cashier2)
        self._pay("7", user=self.user_cashier2)
        self.env.invalidate_all()
        both = session.with_user(self.user_accountant) | other.with_user(
            self.user_accountant
        )
        both.mapped("name")
        self.env["haerun.tender"].sudo().search([]).mapped("name")
        with self.assertQueryCount(8):
            self.assertEqual(both.mapped("taken"), [35, 7])
        self.assertEqual(both.mapped("taken_code"), [20, 0])
