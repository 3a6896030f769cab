"""Books and sub-ledger after whatever happens, in whatever order."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .payment_common import PaymentCommon

AMOUNT = st.integers(1, 20000).map(lambda fen: fen / 100)
STEP = st.one_of(
    st.tuples(st.just("bill"), AMOUNT, st.integers(0, 2)),
    st.tuples(st.just("credit"), AMOUNT, st.integers(0, 2)),
    st.tuples(st.just("pay"), AMOUNT, st.integers(0, 2)),
    st.tuples(st.just("choose"), AMOUNT, st.integers(0, 2)),
    st.tuples(st.just("cancel"), st.just(0), st.integers(0, 9)),
    st.tuples(st.just("refund"), AMOUNT, st.integers(0, 2)),
    st.tuples(st.just("transfer"), AMOUNT, st.integers(0, 2)),
    st.tuples(st.just("reverse"), st.just(0), st.integers(0, 9)),
    st.tuples(st.just("settle"), st.just(0), st.integers(0, 2)),
    st.tuples(st.just("post"), st.just(0), st.just(0)),
)


@tagged("-at_install", "post_install")
class TestBooksProperty(PaymentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = cls.account | cls._account("李强") | cls._account("赵敏")
        cls.bills = cls.env["haerun.water.bill"].sudo()

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=st.lists(STEP, min_size=1, max_size=14))
    def test_any_sequence(self, steps):
        """R78, R81: books = sub-ledger less open postings; each fen once."""
        with self.env.cr.savepoint() as savepoint:
            self.posting = self.env["haerun.posting"]._open(
                "correction", self.branch, "流水"
            )
            for what, amount, which in steps:
                try:
                    with self.env.cr.savepoint():
                        getattr(self, f"_do_{what}")(amount, which)
                except UserError:
                    self.env.invalidate_all()  # refused, with nothing half done
                self._check_all()
            self._do_post(0, 0)
            self._check_all(closed=True)
            savepoint.rollback()
            self.env.invalidate_all()

    # ------------------------------------------------------------ steps
    def _do_bill(self, amount, which):
        account = self.accounts[which]
        half = round(amount / 3, 2)
        lines = [("water", round(amount - half, 2)), ("sewage", half)]
        self._bill(amount, account=account, posting=self.posting, lines=lines)
        self.allocations._settle(account.ids, self.posting)

    def _do_credit(self, amount, which):
        account = self.accounts[which]
        self._bill(-amount, account=account, posting=self.posting)
        self.allocations._settle(account.ids, self.posting)

    def _do_pay(self, amount, which):
        self._paid(amount, self.accounts[which], posting=self.posting)

    def _do_choose(self, amount, which):
        account = self.accounts[which]
        bills = self.bills.search(
            [("account_id", "=", account.id), ("residual", ">", 0)], order="id desc"
        )
        self._paid(amount, account, posting=self.posting, bill_ids=bills[:2].ids)

    def _do_cancel(self, _amount, which):
        payments = self.payments.search(
            [
                ("account_id", "in", self.accounts.ids),
                ("kind", "in", ("payment", "refund")),
            ]
        )
        payments[which : which + 1]._cancel("试", posting=self.posting)

    def _do_refund(self, amount, which):
        self.payments._give_back(
            self.accounts[which], amount, self.cash, "退", posting=self.posting
        )

    def _do_transfer(self, amount, which):
        self.payments._transfer(
            self.accounts[which],
            self.accounts[which - 1],
            amount,
            "转",
            posting=self.posting,
        )

    def _do_reverse(self, _amount, which):
        bills = self.bills.search(
            [("account_id", "in", self.accounts.ids), ("state", "=", "issued")]
        )
        for bill in bills[which : which + 1]:
            if hasattr(bill, "_reverse"):
                bill._reverse("试", self.posting)
                continue
            self.allocations._undo(bills=bill, posting=self.posting)
            self._bill(
                -bill.amount,
                account=bill.account_id,
                posting=self.posting,
                lines=[
                    (line.component_id.code, -line.amount) for line in bill.line_ids
                ],
                kind="reversal",
                state="reversed",
                residual=0,
                reverses_id=bill.id,
            )
            bill.write({"state": "reversed", "residual": 0})

    def _do_settle(self, _amount, which):
        self.allocations._settle(self.accounts[which].ids, self.posting)

    def _do_post(self, _amount, _which):
        self.posting._post()
        self.posting = self.env["haerun.posting"]._open(
            "correction", self.branch, "流水", fields.Date.today()
        )

    # ----------------------------------------------------------- checks
    def _check_all(self, closed=False):
        self._check_money(self.accounts)
        self.env.invalidate_all()
        check = self.env["haerun.books.check"].search(
            [("unit_id", "=", self.branch.id)]
        )
        self.assertTrue(all(check.mapped("agrees")))
        if closed:
            self.assertFalse(check.open_ids)
            company = self.env.ref("base.main_company")
            open_lines = self.env["account.move.line"].search(
                [
                    ("account_id", "=", company.haerun_receivable_id.id),
                    ("partner_id", "=", self.branch.haerun_partner_id.id),
                    ("parent_state", "=", "posted"),
                ]
            )
            self.assertAlmostEqual(
                sum(open_lines.mapped("amount_residual")),
                sum(self.accounts.mapped("due")),
            )
            self.assertAlmostEqual(
                sum(check.mapped("receivable")), check.receivable_books
            )
