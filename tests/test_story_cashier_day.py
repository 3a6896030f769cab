"""A story: a cashier's day at the counter, from the float to the accountant's entry.

Twenty-nine payments of every kind, one for the wrong customer, one refund, a drawer
that is half a yuan short, and books that agree at the end; each figure worked out by
hand.
"""

from decimal import ROUND_CEILING, Decimal
from uuid import uuid4

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.haerun_meter.tests.counter_common import DOT, CounterCommon

#: (way, what is owed, what is paid); None: all that is due, up to whole jiao in cash
PAYMENTS = [
    ("cash", [35.27], None),  # 35.30: three fen stay prepaid
    ("cash", [48.5, 52.5], None),  # now and before
    ("cash", [62.0], 100),  # too much: prepaid
    ("cash", [80.0], 50),  # a part
    ("cash", [], 100),  # a top-up
    ("cash", [21.2], None),
    ("cash", [33.4], None),
    ("cash", [17.0], None),
    ("cash", [44.6], None),
    ("cash", [29.9], None),
    ("cash", [30.0, 40.0], 40),  # for the second bill alone
    ("cash", [39.1], None),
    ("cheque", [1200.0], None),
    ("cheque", [860.5], 900),
    ("card", [75.25], None),
    ("card", [91.0], None),
    ("card", [10.01], None),
    ("card", [], 200),
    ("wechat", [35.2], None),
    ("wechat", [38.72], None),
    ("wechat", [42.24], None),
    ("wechat", [31.68, 35.2], None),
    ("wechat", [56.0], 20),
    ("wechat", [], 50),
    ("wechat", [24.64], None),
    ("alipay", [28.16], None),
    ("alipay", [45.76], None),
    ("alipay", [66.0], None),
    ("alipay", [70.4], 70.4),
]
#: in the order of PAYMENTS, what each way takes in, by hand
TAKEN = {
    # 35.3 + 101 + 100 + 50 + 100 + 21.2 + 33.4 + 17 + 44.6 + 29.9 + 40 + 39.1
    "cash": "611.50",
    "cheque": "2100.00",  # 1200 + 900
    "card": "376.26",  # 75.25 + 91 + 10.01 + 200
    "wechat": "277.68",  # 35.2 + 38.72 + 42.24 + 66.88 + 20 + 50 + 24.64
    "alipay": "210.32",  # 28.16 + 45.76 + 66 + 70.4
}
REFUND = Decimal("30.00")
#: what stays open of the bills: 30 of a part, 30 of the one not chosen, 36 of 56
OPEN = Decimal("96.00")
#: what stays prepaid: 0.03 + 38 + 100 + 39.50 + 200 + 50, less the refund
PREPAID = Decimal("427.53") - REFUND


@tagged("-at_install", "post_install")
class TestStoryCashierDay(CounterCommon):
    def test_a_day_of_thirty_payments(self):
        """R77, R78, R79, R80, R81: one day, and the books agree with the counter."""
        water = self.env["haerun.tariff.component"].search([("code", "=", "water")])
        customers = self._customers(water)
        self.run_posting._post()
        self.assertEqual(self.run_posting.state, "posted")
        self._check_books()
        with self.at("2026-03-20 08:25"):
            session = self._opened("200")
        self._serve(session, customers)
        self._one_wrong(session, customers[0][0])
        self._refund(session, customers[4][0])
        self.assertEqual(session.receipts, 32)
        self._day_end(session)
        self._signed(session, customers)

    # ------------------------------------------------------------- steps
    def _customers(self, water):
        """``[(account, bills)]`` in the order of PAYMENTS."""
        customers = []
        for number, (_way, owed, _paid) in enumerate(PAYMENTS):
            account = self._account(f"顾客{number}", address=f"台东三路{number}号")
            bills = self.env["haerun.water.bill"]
            for back, amount in enumerate(reversed(owed)):
                bills += self._bill(
                    amount, f"2026-0{3 - back}-25", account, 202603 - back
                )
            customers.append((account, bills))
        bills = self.env["haerun.water.bill"].union(*(bills for _a, bills in customers))
        self.env["haerun.bill.line"].sudo().create(
            [
                {"bill_id": bill.id, "component_id": water.id, "amount": bill.amount}
                for bill in bills
            ]
        )
        return customers

    def _serve(self, session, customers):
        desk = self._desk()
        for number, ((way, _owed, paid), (account, bills)) in enumerate(
            zip(PAYMENTS, customers, strict=True)
        ):
            with freeze_time(f"2026-03-20 {1 + number // 10:02}:{number % 10 * 6:02}"):
                [found] = [
                    hit
                    for hit in desk.find(account.number)["hits"]
                    if hit["id"] == account.id
                ]
                due = Decimal(found["due"])
                self.assertEqual(due, sum(Decimal(str(b.amount)) for b in bills))
                chosen = bills[:1].ids if number == 10 else None
                if paid is None:
                    paid = due
                    if way == "cash":
                        paid = due.quantize(Decimal("0.1"), ROUND_CEILING)
                sent = {
                    "uuid": str(uuid4()),
                    "reference": "" if way == "cash" else f"N{number:08}",
                    "bill_ids": chosen,
                }
                receipt = self._pay(paid, way, account, **sent)
                # Enter pressed twice takes nothing twice
                again = self._pay(paid, way, account, **sent)
                self.assertEqual(receipt, again)
        totals = {row["code"]: row["amount"] for row in self._totals(session)}
        self.assertEqual(totals, TAKEN)

    def _totals(self, session):
        takings = session.sudo()._takings()[session.id]
        tenders = {tender.id: code for code, tender in self.tenders.items()}
        return [
            {"code": tenders[row["tender_id"]], "amount": f"{row['amount']:.2f}"}
            for row in takings
        ]

    def _one_wrong(self, session, account):
        """Typed for the wrong customer, seen at once."""
        with freeze_time("2026-03-20 06:00:00"):
            wrong = self._pay("66.6", account=account)
            self.assertAlmostEqual(account.prepaid, 66.63, 2)
            self._desk().cancel(wrong.id, "输错户号")
            with self.assertRaises(UserError):
                self._desk().cancel(wrong.id, "输错户号")
        self.env.invalidate_all()
        self.assertAlmostEqual(account.prepaid, 0.03, 2)

    def _refund(self, session, account):
        """Who topped up wants some of it back: asked, approved by the head, paid."""
        with freeze_time("2026-03-20 06:30:00"):
            refund = (
                self.env["haerun.refund"]
                .with_user(self.user_cashier)
                .create(
                    {
                        "account_id": account.id,
                        "amount": float(REFUND),
                        "tender_id": self.tenders["cash"].id,
                        "reason": "多充值",
                    }
                )
            )
            with self.assertRaises(UserError):
                self._desk().pay_refund(refund.id)
            refund.with_user(self.user_branch_head).action_approve()
            done = self._desk().pay_refund(refund.id)
        self.assertEqual(refund.state, "paid")
        self.assertEqual(Decimal(done["payment"]["amount"]), -REFUND)

    def _day_end(self, session):
        """Half a yuan is missing: a reason, the head's approval, the hand-over."""
        with self.at("2026-03-20 17:05"):
            with self.assertRaises(UserError):
                self._counted(session, -5)
            self._counted(session, -5, "找零时多付五角")
            self.assertAlmostEqual(session.difference, -0.5, 2)
            with self.assertRaises(UserError):
                session._hand_over(DOT)
            with self.assertRaises(UserError):
                self._pay("10")
            self._as(session, self.user_branch_head).action_approve()
            session._hand_over(DOT)

    def _signed(self, session, customers):
        """The accountant signs; the entry says what was counted up above."""
        with self.at("2026-03-21 09:00"):
            self._as(session, self.user_accountant).action_sign()
        self.assertEqual(session.state, "closed")
        posting = session.sudo().posting_id
        self.assertEqual(posting.state, "posted", posting.problem)
        money = {}
        for line in posting.move_id.line_ids:
            account = line.account_id
            money[account.code] = money.get(account.code, 0) + line.balance
        cash = Decimal(TAKEN["cash"]) - REFUND
        tenders = {
            code: tender.account_id.code for code, tender in self.tenders.items()
        }
        expected = {}
        for code, amount in (TAKEN | {"cash": str(cash)}).items():
            account = tenders[code]
            expected[account] = expected.get(account, 0) + float(amount)
        for account, amount in expected.items():
            self.assertAlmostEqual(money[account], amount, 2, account)
        accounts = self.env["haerun.water.account"].union(*(a for a, _b in customers))
        self.env.invalidate_all()
        self.assertAlmostEqual(sum(accounts.mapped("due")), float(OPEN), 2)
        self.assertAlmostEqual(sum(accounts.mapped("prepaid")), float(PREPAID), 2)
        self._check_books()

    def _check_books(self):
        self.env.flush_all()
        check = self.env["haerun.books.check"].search(
            [("unit_id", "=", self.branch.id)]
        )
        self.assertTrue(check.agrees)
        self.assertAlmostEqual(
            check.receivable, check.receivable_books + check.receivable_open, 2
        )
