from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools import cash
from ..tools.fen import yuan
from .counter_common import DOT, CounterCommon

TENDERS = ("cash", "cheque", "card", "wechat", "alipay")
fen = st.integers(1, 500_00)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), fen, st.sampled_from(TENDERS)),
        st.tuples(st.just("top_up"), fen, st.sampled_from(TENDERS)),
        st.tuples(st.just("cancel"), st.integers(0, 9)),
        st.tuples(st.just("bill"), fen),
        st.tuples(st.just("count"), st.integers(-5, 5)),
        st.tuples(st.just("reopen")),
        st.tuples(st.just("approve")),
    ),
    max_size=14,
)


@tagged("-at_install", "post_install")
class TestCounterProperty(CounterCommon):
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(steps)
    def test_totals(self, done):
        """R80: after any steps a session's total is the sum of its payments, by way
        of paying, and what was counted holds no payment that came later."""
        with self.env.cr.savepoint(flush=False) as savepoint:
            session = self._opened("100")
            taken = []
            for kind, *how in done:
                try:
                    with self.env.cr.savepoint():
                        self._do(session, taken, kind, *how)
                except UserError:
                    self.env.invalidate_all()
                self._check(session)
            savepoint.rollback()
            self.env.invalidate_all()

    def _do(self, session, taken, kind, *how):
        if kind in ("pay", "top_up"):
            amount, tender = how
            more = {} if kind == "pay" else {"bill_ids": []}
            taken.append(self._pay(Decimal(amount) / 100, tender, **more))
        elif kind == "cancel" and taken:
            self._desk().cancel(taken[how[0] % len(taken)].id, "输错")
        elif kind == "bill":
            self._bill(how[0] / 100)
        elif kind == "count":
            self._counted(session, how[0], "差额")
        elif kind == "reopen":
            session._reopen()
        elif kind == "approve":
            self._as(session, self.user_branch_head)._approve()

    def _check(self, session):
        self.env.flush_all()
        self.env.invalidate_all()
        sums = {}
        for payment in session.sudo().payment_ids:
            name = payment.tender_id.name
            sums[name] = sums.get(name, Decimal(0)) + yuan(payment.amount)
        told = {row["name"]: Decimal(row["amount"]) for row in session.totals}
        self.assertEqual(sums, {name: told[name] for name in sums})
        self.assertEqual(yuan(session.taken), sum(sums.values(), Decimal(0)))
        if session.state in ("counted", "to_approve"):
            system = {
                line.tender_id.name: yuan(line.system)
                for line in session.sudo().line_ids
            }
            self.assertEqual(system, told)
            may = session.count_id.is_match or bool(session.approved_by_id)
            self.assertEqual(may, not session.needs_approval)
            if not may:
                with self.assertRaises(UserError):
                    session._hand_over(DOT)

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.dictionaries(st.sampled_from(cash.DENOMINATIONS), st.integers(0, 999)))
    def test_coins(self, pieces):
        """R80: what lies in the drawer is the sum of its notes and coins."""
        coins = cash.pieces({cash.key(value): n for value, n in pieces.items()})
        self.assertEqual(cash.total(coins), sum(v * n for v, n in pieces.items()))
