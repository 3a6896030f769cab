from hypothesis import given, settings, strategies

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .bill_common import BillCommon

#: use of two accounts in three months, what they pay meanwhile, and which month's
#: bills are taken back afterwards
months = strategies.lists(
    strategies.tuples(strategies.integers(0, 40), strategies.integers(0, 40)),
    min_size=3,
    max_size=3,
)
payments = strategies.lists(
    strategies.tuples(
        strategies.integers(0, 1),
        strategies.decimals(min_value=1, max_value=200, places=2),
    ),
    max_size=4,
)


@tagged("-at_install", "post_install")
class TestBillReversal(BillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = cls._hung(2)
        cls.accounts = cls.points.account_id

    @settings(max_examples=6, deadline=None)
    @given(months, payments, strategies.integers(0, 2))
    def test_brings_all_back(self, uses, paid, first):
        """R60: a reversal leaves no fen anywhere; rated anew it is the same."""
        savepoint = self.env.cr.savepoint()
        try:
            dials = [0, 0]
            runs = self.Run
            for number, use in enumerate(uses):
                dials = [dial + one for dial, one in zip(dials, use, strict=True)]
                period = 202603 + number
                self._month(period, {f"B{n}": dial for n, dial in enumerate(dials)})
                runs += self._billed(period)
                for whose, amount in paid[number::3]:
                    self._pay(self.accounts[whose], float(amount))
                self._assert_sound()
            before = self._standing()
            for run in runs[first:][::-1]:
                with self.at("2026-05-25 10:00"):
                    self._runs(self.user_csd_m).browse(run.id)._reverse_all("试算")
                self.assertEqual(run.state, "reversed")
                self.assertEqual((run.bill_count, run.amount), (0, 0))
            self._assert_sound()
            gone = self.Bill.search([("run_id", "in", runs[first:].ids)])
            self.assertEqual(round(sum(gone.mapped("amount")), 2), 0)
            self.assertEqual(round(sum(gone.mapped("volume")), 3), 0)
            self.assertFalse(any(gone.mapped("residual")))
            for run in runs[first:]:
                self._issue_run(
                    self._rate(run.period, at="2026-05-26 10:00"), "2026-05-27 10:00"
                )
            self._assert_sound()
            self.assertEqual(self._standing(), before)
        finally:
            savepoint.rollback()
            self.env.invalidate_all()

    def _standing(self):
        """Per account: what was billed, what is open, what is prepaid."""
        payments = self.env["haerun.payment"]
        return [
            (
                sorted(
                    (bill.period, bill.volume, bill.amount)
                    for bill in self._bills(account, "issued")
                ),
                round(sum(self._bills(account).mapped("residual")), 2),
                round(
                    sum(
                        payments.search([("account_id", "=", account.id)]).mapped(
                            "unallocated"
                        )
                    ),
                    2,
                ),
            )
            for account in self.accounts
        ]

    def test_one_bill(self):
        """R60: one bill is taken back with a reason, by whom it is due, in order."""
        for period, dial in ((202603, 10), (202604, 22)):
            self._month(period, {"B0": dial, "B1": dial})
            self._billed(period)
        march, april = self._bills(self.accounts[0])
        self._pay(self.accounts[0], 35)
        self.assertEqual((march.residual, april.residual), (0, 42))
        with self.assertRaises(AccessError):
            march.with_user(self.user_operator)._reverse_by_hand("错了")
        head = self.user_branch_head
        with self.assertRaisesRegex(UserError, april.number):
            march.with_user(head)._reverse_by_hand("抄错")
        with self.at("2026-04-25 10:00"):
            new = (march | april).with_user(head)._reverse_by_hand("抄错")
        self.assertEqual(new.sorted("amount").mapped("amount"), [-42, -35])
        self.assertEqual(new.reverses_id, march | april)
        self.assertEqual(set((march | april).mapped("state")), {"reversed"})
        self.assertEqual(new.posting_id.mapped("kind"), ["correction"])
        self._assert_sound()
        with self.assertRaisesRegex(UserError, "“Reversed”"):
            march.with_user(head)._reverse_by_hand("又错")
        # both months' readings are billed by the next run, and what was paid pays
        self._issue_run(self._rate(202604, at="2026-04-26 10:00"), "2026-04-27 10:00")
        bill = self._bills(self.accounts[0], "issued")
        self.assertEqual((bill.volume, bill.amount, bill.residual), (22, 77, 42))
        self._assert_sound()

    def test_estimate_settled(self):
        """R60, R65: a real reading takes the estimates' bills back and bills all."""
        self._month(202603, {"B0": 20, "B1": 20})
        self._billed(202603)
        for period in (202604, 202605):
            self._month(period, {"B0": None, "B1": 25})
            self._billed(period)
        account = self.accounts[0]
        _march, april, may = self._bills(account)
        self.assertTrue(april.provisional and may.provisional)
        self._pay(account, 70 + april.amount)
        self.assertEqual(april.residual, 0)
        self._month(202606, {"B0": 26, "B1": 26})
        run = self._rate(202606)
        self.assertEqual((april.state, may.state), ("reversed", "reversed"))
        self.assertIn("settled", april.reason)
        self.assertEqual(run.withdrawn_count, 2)
        bill = self._bills(account, "rated")
        self.assertEqual(bill.volume, 6)
        self.assertEqual(
            (str(bill.date_from), str(bill.date_to)), ("2026-03-10", "2026-06-10")
        )
        self.assertFalse(bill.provisional)
        self._issue_run(run)
        self.assertEqual(bill.amount, 21)
        self.assertEqual(
            bill.residual, round(max(0, 21 - april.amount), 2), "paid by what was freed"
        )
        billed = self._bills(account, "issued")
        self.assertEqual(sum(billed.mapped("volume")), 26)
        self._assert_sound()

    def test_corrected(self):
        """R60, R59: a corrected reading's bill and the later ones are rated anew."""
        for period, dial in ((202603, 10), (202604, 30)):
            self._month(period, {"B0": dial, "B1": dial})
            self._billed(period)
        reading = self.env["haerun.meter.reading"].search(
            [("meter_id.number", "=", "B0"), ("period", "=", 202603)]
        )
        reading = reading.filtered(lambda one: one.source == "manual")
        with self.at("2026-04-28 10:00"):
            reading.with_user(self.user_branch_head)._correct(18, "看错")
        self._month(202605, {"B0": 40, "B1": 40})
        run = self._billed(202605)
        account = self.accounts[0]
        self.assertEqual(run.withdrawn_count, 2)
        self.assertEqual(self._bills(account, "issued").volume, 40)
        reasons = self._bills(account, "reversed").filtered("reading_ids")
        self.assertIn("corrected", reasons[0].reason)
        self._assert_sound()

    def test_append_only(self):
        """R60: nobody edits or deletes a bill, its lines, or a delivery."""
        self._month(202603, {"B0": 10, "B1": 20})
        self._billed(202603)
        bill = self._bills(self.accounts[0]).with_user(self.user_csd_m)
        for record, values in (
            (bill, {"amount": 1}),
            (bill, {"state": "dropped"}),
            (bill.line_ids[:1], {"price": 1}),
            (bill.part_ids[:1], {"volume": 1}),
            (bill.reading_ids[:1], {"released": True}),
        ):
            with self.assertRaises(AccessError):
                record.write(values)
        with self.assertRaises(UserError):
            bill.sudo().unlink()
