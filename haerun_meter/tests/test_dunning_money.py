from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.haerun_customer_rep.tests import rights_common

from .dunning_common import DunningCommon

#: what happens to a customer who owes: a bill, a payment, a cancelled payment, a night
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["bill", "pay", "cancel", "night"]),
        st.integers(1, 30000),
    ),
    min_size=1,
    max_size=8,
)


@tagged("-at_install", "post_install")
class TestDunningMoney(DunningCommon):
    """Payment cancels what is pending, in the same transaction."""

    undone = rights_common.RightsCommon.undone

    def test_paid(self):
        """R64, R69: paid: closed at once, its clock met, nothing left to do."""
        dunning = self._dunned()
        self._paid(80)
        self.assertEqual(
            (dunning.state, dunning.closed_how, dunning.amount),
            ("closed", "paid", 0),
        )
        self.assertEqual(dunning.clock_ids.mapped("state"), ["met"])
        self.assertFalse(dunning.due_at)

    def test_in_part(self):
        """R64: a payment in part lowers the sum; the matter goes on."""
        dunning = self._dunned()
        self._paid(30)
        self.assertEqual((dunning.state, dunning.amount), ("to_contact", 50))

    def test_not_yet_due(self):
        """R64: what is not yet due keeps nobody on the list."""
        dunning = self._dunned()
        self._bill(40, "2026-05-25")
        self._paid(80)
        self.assertEqual(dunning.state, "closed")

    def test_cancelled_payment(self):
        """R64: a payment taken back raises the sum again."""
        dunning = self._dunned()
        payment = self._paid(30)
        payment._cancel("收错", session=self.session)
        self.assertEqual(dunning.amount, 80)

    def test_nobody_dunned(self):
        """R64: a payment of somebody who is not dunned asks one question."""
        self._bill(80)
        self.env.flush_all()
        bill = self._bill(20)
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.Dunning._money_moved(bill.ids)

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=True,
    )
    @given(events=EVENTS)
    def test_sum_is_that_of_the_bills(self, events):
        """R64: a dunning's sum = Σ of what is open and due, whatever was paid."""
        with self.undone():
            account = self._account("户")
            self._dunned(account, 100)
            payments = []
            for what, cents in events:
                amount = cents / 100
                if what == "bill":
                    self._bill(amount, "2026-04-01", account=account)
                elif what == "pay":
                    payments.append(self._paid(amount, account=account))
                elif what == "cancel" and payments:
                    payments.pop()._cancel("收错", session=self.session)
                if what in ("bill", "night"):
                    # what fell due is added by the night
                    self.Dunning._refresh()
                self._check_sum(account)

    def _check_sum(self, account):
        self.env.invalidate_all()
        due = sum(
            self.env["haerun.water.bill"]
            .search(
                [
                    ("account_id", "=", account.id),
                    ("residual", ">", 0),
                    ("due_on", "<", "2026-04-10"),
                ]
            )
            .mapped("residual")
        )
        dunning = account.open_dunning_id
        if dunning:
            self.assertAlmostEqual(dunning.amount, due, 2)
            self.assertGreater(due, 0)
            line = self._due(account)
            self.assertAlmostEqual(line.amount, due, 2)
        self.assertEqual(len(account.dunning_ids), 1)
