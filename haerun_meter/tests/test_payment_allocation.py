from uuid import uuid4

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .payment_common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentAllocation(PaymentCommon):
    def test_oldest_due_first(self):
        """R78: money pays what is due first; the rest is prepaid."""
        late = self._bill(30, "2026-04-25")
        early = self._bill(20.5, "2026-02-25")
        payment = self._paid(35)
        self.assertEqual((early.residual, late.residual), (0, 15.5))
        self.assertEqual(payment.unallocated, 0)
        self.assertEqual(
            {one.bill_id: one.amount for one in payment.allocation_ids},
            {early: 20.5, late: 14.5},
        )
        more = self._paid(100)
        self.assertEqual((late.residual, more.unallocated), (0, 84.5))
        self._check_money()

    def test_chosen(self):
        """R78: chosen bills are paid in their order; others stay as they are."""
        first, second, third = (
            self._bill(10, f"2026-0{month}-25") for month in (1, 2, 3)
        )
        payment = self._paid(25, bill_ids=[third.id, second.id])
        self.assertEqual(
            (first.residual, second.residual, third.residual, payment.unallocated),
            (10, 0, 0, 5),
        )
        prepaid = self._paid(7, bill_ids=[])
        self.assertEqual((first.residual, prepaid.unallocated), (10, 7))
        self._check_money()

    def test_dues(self):
        """R77: what is due, what is overdue and what is prepaid, now and before."""
        with self.at("2026-03-20 09:00"):
            self._bill(10, "2026-02-25")
            self._bill(12.34, "2026-03-25")
            other = self._account("李强")
            self._paid(50, other)
            told = (self.account | other).mapped(
                lambda a: (a.due, a.overdue, a.prepaid)
            )
            self.assertEqual(told, [(22.34, 10, 0), (0, 0, 50)])
            self._paid(15)
            self.assertEqual((self.account.due, self.account.overdue), (7.34, 0))

    def test_prepaid_settles(self):
        """R78: prepayment pays a new bill at once; a negative one gives credit."""
        self._paid(30)
        bill = self._bill(50)
        self.allocations._settle(self.account.ids, self.run_posting)
        self.assertEqual(bill.residual, 20)
        back = self._bill(-35)
        self.allocations._settle(self.account.ids, self.run_posting)
        self.assertEqual((bill.residual, back.residual), (0, 0))
        self.assertEqual((self.account.due, self.account.prepaid), (0, 15))
        credit = self.payments.search(
            [("kind", "=", "credit"), ("account_id", "=", self.account.id)]
        )
        self.assertEqual((credit.amount, credit.unallocated), (0, 15))
        self._check_money()

    def test_many_at_once(self):
        """R78: a batch settles each account by itself, to the fen."""
        accounts = self.env["haerun.water.account"].concat(
            *(self._account(f"户{n}") for n in range(12))
        )
        for number, account in enumerate(accounts):
            self._paid(number + 0.01, account)
            self._paid(5, account)
            self._bill(3.33, account=account)
            self._bill(number + 1.11, "2026-01-25", account)
        self.allocations._settle(accounts.ids, self.run_posting)
        for number, account in enumerate(accounts):
            self.assertAlmostEqual(
                account.due - account.prepaid, number + 4.44 - (number + 5.01)
            )
        self._check_money(accounts)

    def test_undo(self):
        """R78: taken back, bills are open again and money is prepaid again."""
        bill, other = self._bill(20), self._bill(30, "2026-04-25")
        payment = self._paid(45)
        posting = self.env["haerun.posting"]._open("correction", self.branch, "冲正")
        self.allocations._undo(bills=bill, posting=posting)
        self.assertEqual(
            (bill.residual, other.residual, payment.unallocated), (20, 5, 20)
        )
        self.allocations._undo(payments=payment, posting=posting)
        self.assertEqual((other.residual, payment.unallocated), (30, 45))
        self.assertFalse(self.allocations._undo(payments=payment, posting=posting))
        self._check_money()

    def test_undo_credit(self):
        """R78: what a negative bill gave is taken back from the bills that it paid."""
        bill, back = self._bill(20), self._bill(-15, "2026-01-25")
        self.allocations._settle(self.account.ids, self.run_posting)
        self.assertEqual((bill.residual, back.residual), (5, 0))
        self.allocations._undo(bills=back, posting=self.run_posting)
        self.assertEqual((bill.residual, back.residual), (20, -15))
        self.allocations._settle(self.account.ids, self.run_posting)
        self.assertEqual((bill.residual, back.residual), (5, 0))
        self._check_money()

    def test_refused_whole(self):
        """R78: too much of a bill, of a payment or another's bill: nothing is done."""
        bill = self._bill(10)
        payment = self._paid(6)
        prepaid = self._paid(9, self._account("李强"))
        for row, words in (
            ((payment.id, bill.id, 1), "6.00|0.00 yuan left"),
            ((prepaid.id, bill.id, 1), "money of that account"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.allocations._allocate([row], self.run_posting)
        more = self._paid(20, bill_ids=[])
        with self.assertRaisesRegex(UserError, "4.00 yuan open, and 5.00"):
            self.allocations._allocate([(more.id, bill.id, 5)], self.run_posting)
        held = self._bill(10, state="held", residual=0)
        with self.assertRaisesRegex(UserError, "0.00 yuan open"):
            self.allocations._allocate([(more.id, held.id, 5)], self.run_posting)
        self.assertEqual((bill.residual, more.unallocated), (4, 20))
        sql = SQL("SELECT %s, %s, %s", more.id, bill.id, 4)
        self.assertEqual(self.allocations._allocate(sql, self.run_posting), 1)
        self._check_money()

    def test_told(self):
        """R78: whoever waits for money learns of it in the same transaction."""
        bill = self._bill(10)
        told = []
        self.patch(
            type(self.env["haerun.water.bill"]),
            "_paid_changed",
            lambda _self, ids: told.append(ids),
        )
        payment = self._paid(4)
        self.assertEqual(told, [[bill.id]])
        payment._cancel("收错", self.session)
        self.assertIn([bill.id], told[1:])

    def test_closed_posting(self):
        """R81: nothing joins what is in the books."""
        self.session.posting_id.sudo().state = "posted"
        with self.assertRaisesRegex(UserError, "in the books already"):
            self._paid(4)


@tagged("-at_install", "post_install")
class TestPaymentTake(PaymentCommon):
    def test_once(self):
        """R78: the same payment sent twice is kept once, another's uuid is refused."""
        row = {
            "uuid": str(uuid4()),
            "account_id": self.account.id,
            "tender_id": self.cash.id,
            "amount": 10,
        }
        first = self.payments._take([row, row], self.session)
        self.assertEqual(first[0], first[1])
        self.assertEqual(self.payments._take([row], self.session), first[0])
        self.assertEqual(self.account.prepaid, 10)
        with self.assertRaisesRegex(UserError, "another payment"):
            self.payments._take([{**row, "amount": 11}], self.session)

    def test_refused(self):
        """R78: each mistake is a sentence with the account, and nothing is taken."""
        good = {
            "uuid": str(uuid4()),
            "account_id": self.account.id,
            "tender_id": self.cash.id,
            "amount": 10,
        }
        foreign = self._bill(5, account=self._account("李强"))
        for change, words in (
            ({"uuid": "x"}, "uuid of 8"),
            ({"account_id": 0}, "no such account"),
            ({"tender_id": 0}, "王芳: this way of paying"),
            ({"tender_id": self.wechat.id}, "王芳: .* reference"),
            ({"amount": 0}, "more than 0"),
            ({"amount": -3}, "more than 0"),
            ({"amount": 1.005}, "two decimals"),
            ({"amount": float("nan")}, "more than 0"),
            ({"amount": True}, "more than 0"),
            ({"paid_at": self._later(1)}, "yet to come"),
            ({"bill_ids": foreign.ids}, "another account"),
        ):
            rows = [{**good, "uuid": str(uuid4())}, {**good, **change}]
            with self.assertRaisesRegex(UserError, words):
                self.payments._take(rows, self.session)
        self.assertEqual(self.account.prepaid, 0)

    def test_session(self):
        """R80: money goes through one's own open session."""
        row = {
            "uuid": str(uuid4()),
            "account_id": self.account.id,
            "tender_id": self.cash.id,
            "amount": 10,
        }
        other = self.payments.with_user(self.user_cashier2)
        with self.assertRaisesRegex(UserError, "孙静's"):
            other._take([row], self.session)
        with self.assertRaisesRegex(UserError, "not handed over"):
            self.env["haerun.cash.session"]._open_session(
                self.user_cashier, self.branch
            )
        self.session.sudo().state = "counted"
        with self.assertRaisesRegex(UserError, "not open any more"):
            self._paid(10)

    def test_cancel(self):
        """R78: cancelled, all is as before, and once."""
        bill = self._bill(30)
        payment = self._paid(50)
        opposite = payment._cancel("重复收款", self.session)
        self.assertEqual((opposite.amount, opposite.kind), (-50, "reversal"))
        self.assertEqual((bill.residual, self.account.prepaid), (30, 0))
        self.assertEqual((payment.unallocated, opposite.unallocated), (0, 0))
        with self.assertRaisesRegex(UserError, "already"):
            payment._cancel("再次", self.session)
        with self.assertRaisesRegex(UserError, "not cancelled"):
            opposite._cancel("再次", self.session)
        with self.assertRaisesRegex(UserError, "with a reason"):
            self._paid(1)._cancel(" ", self.session)
        self._check_money()

    def test_cancel_settles(self):
        """R78: what is open again is paid by what else is prepaid."""
        bill = self._bill(30)
        payment = self._paid(30)
        self._paid(12)
        payment._cancel("空头支票", self.session)
        self.assertEqual((bill.residual, self.account.prepaid), (18, 0))
        self._check_money()
