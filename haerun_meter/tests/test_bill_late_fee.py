from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .bill_common import BillCommon


@tagged("-at_install", "post_install")
class TestBillLateFee(BillCommon):
    """Late fees: only from the contract, on unpaid principal, never on themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = cls._hung(2)
        cls.accounts = cls.points.account_id

    def setUp(self):
        super().setUp()
        self._month(202603, {"B0": 100, "B1": 100})
        self._billed(202603)  # 350.00 each, due on 2026-04-05
        self.bills = self.Bill.search([("account_id", "in", self.accounts.ids)])

    def _agree(self, account, rate):
        contract = self.env["haerun.supply.contract"].create(
            {
                "account_ids": account.ids,
                "signed_on": "2026-01-01",
                "late_fee_rate": rate,
            }
        )
        contract.write({"state": "signed"})
        return contract

    def test_from_the_contract(self):
        """R64: rate × unpaid water × days, to the fen, for who has agreed to it."""
        with self.at("2026-04-15 10:00"), self.assertRaisesRegex(UserError, "contract"):
            self.bills.with_user(self.user_branch_head).action_late_fee()
        self._agree(self.accounts[0], 0.05)
        self._agree(self.accounts[1], 0)
        self._pay(self.accounts[0], 100)
        with self.at("2026-04-05 23:00"), self.assertRaises(UserError):
            self.bills.with_user(self.user_branch_head).action_late_fee()
        with self.at("2026-04-15 10:00"):
            action = self.bills.with_user(self.user_branch_head).action_late_fee()
            fee = self.Bill.search(action["domain"])
            # 250.00 × 0.05 % × 10 days
            self.assertEqual(
                (fee.kind, fee.amount, fee.residual), ("late_fee", 1.25, 1.25)
            )
            self.assertEqual((fee.state, fee.account_id), ("issued", self.accounts[0]))
            self.assertEqual(str(fee.due_on), "2026-04-30")
            self.assertIn("10", fee.line_ids.note)
            with self.assertRaises(UserError):  # these days are charged
                self.bills.with_user(self.user_branch_head).action_late_fee()
        with self.at("2026-05-15 10:00"):
            every = (self.bills | fee).with_user(self.user_branch_head)
            more = self.Bill.search(every.action_late_fee()["domain"])
        # 250.00 × 0.05 % × 30 days; the fee itself bears none
        self.assertEqual(more.amount, 3.75)
        self._assert_sound()

    def test_rights(self):
        """R64, R4: readers and operators bill no late fee; rates are sane."""
        self._agree(self.accounts[0], 0.05)
        with self.at("2026-04-15 10:00"), self.assertRaises(AccessError):
            self.bills.with_user(self.user_operator).action_late_fee()
        with self.assertRaisesRegex(ValidationError, "per cent a day"):
            self._agree(self.accounts[1], 2)
