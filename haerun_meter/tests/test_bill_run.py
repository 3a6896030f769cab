from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..models.bill import haerun_bill_run_chunks
from .bill_common import BillCommon


@tagged("-at_install", "post_install")
class TestBillRun(BillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = cls._hung(4)
        cls.accounts = cls.points.account_id

    def _read(self, period, *dials, **options):
        return self._month(
            period, {f"B{number}": dial for number, dial in enumerate(dials)}, **options
        )

    def test_way(self):
        """R60: rated, approved by another person, issued with a due day."""
        self._read(202603, 10, 12, 0, 7)
        run = self._rate(202603)
        self.assertEqual(run.state, "rated")
        self.assertEqual((run.bill_count, run.volume, run.amount), (4, 29, 101.5))
        bill = self._bills(self.accounts[0])
        self.assertEqual(
            (bill.state, bill.volume, bill.amount, bill.residual),
            ("rated", 10, 35, 0),
        )
        self.assertEqual(str(bill.date_from), "2026-01-01")
        self.assertEqual(str(bill.date_to), "2026-03-10")
        with self.assertRaisesRegex(AccessError, "rated .* yourself"):
            run.with_user(self.user_branch_head).action_approve()
        with self.assertRaisesRegex(UserError, "“Rated”"):
            run.with_user(self.user_csd_m).action_issue()
        self._issue_run(run)
        self.assertEqual(run.state, "issued")
        self.assertEqual((bill.state, bill.residual), ("issued", 35))
        self.assertEqual(str(bill.due_on), "2026-04-05")
        self.assertEqual(bill.posting_id, run.posting_id)
        self.assertEqual(bill.issued_by_id, self.user_csd_m)
        self._assert_sound()

    def test_nothing_twice(self):
        """R60: a second run of the same cards bills nothing."""
        self._read(202603, 10, 12, 3, 7)
        self._billed(202603)
        again = self._rate(202603)
        self.assertEqual((again.bill_count, again.state), (0, "rated"))
        with self.assertRaisesRegex(UserError, "no bill to approve"):
            again.with_user(self.user_csd_m).action_approve()
        self.assertEqual(len(self.Bill.search([("unit_id", "=", self.branch.id)])), 4)

    def test_chunks(self):
        """R60: stopped and resumed, each account once; a double job does nothing."""
        self._read(202603, 1, 2, 3, 4)
        with (
            patch.object(haerun_bill_run_chunks, "CHUNK", 1),
            self.at("2026-03-20 10:00"),
        ):
            run = self.Run.with_user(self.user_branch_head).create(
                {"period": 202603, "unit_id": self.branch.id}
            )
            run.action_rate()
            run._run_chunk("rating", 0)
            self.assertEqual((run.done_count, run.bill_count), (1, 1))
            run._run_chunk("rating", 0)
            self.assertEqual((run.done_count, run.bill_count), (1, 1))
            run.action_stop()
            run._run_chunk("rating", run.position)
            self.assertEqual((run.state, run.done_count), ("stopped", 1))
            self.assertEqual(run.get_progress()["percent"], 25)
            run.action_resume()
            run._run_all()
        self.assertEqual((run.state, run.bill_count), ("rated", 4))
        keys = self.env["queue.job"].search(
            [("model_name", "=", "haerun.bill.run")], limit=1
        )
        self.assertIn(f"haerun.bill.run-{run.id}-rating-", keys.identity_key)

    def test_left_out(self):
        """R60: what is not billed is counted by reason."""
        self._read(202603, 10, 12, 3, 7)
        late = self.env["haerun.meter.book"].create(
            {
                "code": "T-002",
                "name": "试验路二册",
                "reader_id": self.reader.id,
                "cycle_id": self.env.ref("haerun_meter.cycle_month").id,
            }
        )
        point = self._fitted("L1")
        point.book_id = late
        self.env["haerun.reading.plan"]._make(202603, late)
        self.accounts[1].tariff_id = False
        run = self._rate(202603)
        self.assertEqual(run.held_count, 1)
        left = {one["key"]: one["count"] for one in run.get_summary()["left_out"]}
        self.assertEqual(left, {"unread": 1, "bill_no_tariff": 1})
        action = run.action_open_left_out("unread")
        tasks = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(tasks.point_id, point)
        held = self._bills(self.accounts[1])
        with self.assertRaisesRegex(UserError, "rate it again"):
            held.with_user(self.user_branch_head)._release_held("看过")
        self.accounts[1].tariff_id = self.tariff
        held.with_user(self.user_branch_head).action_rate_again()
        self.assertEqual(held.state, "dropped")
        self.assertEqual(self._bills(self.accounts[1], "rated").amount, 42)
        self.assertEqual((run.bill_count, run.held_count), (4, 0))

    def test_hold_release_drop(self):
        """R60: held by hand with a note; released after approval by another one."""
        self._read(202603, 10, 12, 3, 7)
        run = self._rate(202603)
        one, other = (self._bills(account) for account in self.accounts[:2])
        (one | other).with_user(self.user_branch_head)._hold_by_hand("水量待核实")
        self.assertEqual((run.held_count, one.hold), (2, "by_hand"))
        self._issue_run(run)
        self.assertEqual((one.state, run.state), ("held", "issued"))
        with self.assertRaisesRegex(AccessError, "another person"):
            one.with_user(self.user_branch_head)._release_held("属实")
        window = Form(
            self.env["haerun.bill.deciding"]
            .with_user(self.user_csd_m)
            .with_context(one.with_user(self.user_csd_m).action_release()["context"])
        )
        window.reason = "现场核实属实"
        window.save().action_confirm()
        self.assertEqual((one.state, one.hold_note), ("rated", "现场核实属实"))
        self._issue_again(run)
        self.assertEqual((one.state, one.residual), ("issued", 35))
        other.with_user(self.user_csd_m)._drop_by_hand("重复抄表")
        self.assertEqual(other.state, "dropped")
        self.assertEqual(self._rate(202603).bill_count, 1)
        self._assert_sound()

    def _issue_again(self, run):
        with self.at("2026-03-22 10:00"):
            self._runs(self.user_csd_m).browse(run.id).action_issue()

    def test_exchange(self):
        """R60: both segments of an exchange are on one bill, also a late one."""
        with self.at("2026-03-05 10:00"):
            self.points[0]._exchange(
                self._meter("N0"), self._day("2026-03-05"), 8, 0, "坏"
            )
        self._month(202603, {"N0": 4, "B1": 1, "B2": 1, "B3": 1})
        run = self._rate(202603)
        bill = self._bills(self.accounts[0])
        self.assertEqual(bill.volume, 12)
        self.assertEqual(len(bill.reading_ids), 2)
        self._issue_run(run)
        # removed after the audit: the next run bills it
        with self.at("2026-03-25 10:00"):
            self.points[1]._exchange(
                self._meter("N1"), self._day("2026-03-25"), 3, 0, "坏"
            )
        self._month(202604, {"N0": 5, "N1": 2, "B2": 2, "B3": 2})
        self._rate(202604)
        bill = self._bills(self.accounts[1], "rated")
        self.assertEqual((bill.volume, len(bill.reading_ids)), (4, 2))

    def test_history(self):
        """R60: what was read before an account's first bill was billed elsewhere."""
        self._read(202602, 50, 50, 50, 50)
        self._read(202603, 55, 55, 55, 55)
        self.assertEqual(self._rate(202603).volume, 20)

    def test_prepaid(self):
        """R60: what is prepaid pays a bill as it is issued."""
        payment = self._pay(self.accounts[0], 50)
        self._read(202603, 10, 0, 0, 0)
        self._billed(202603)
        self.assertEqual(self._bills(self.accounts[0]).residual, 0)
        self.assertEqual(payment.unallocated, 15)
        self._assert_sound()

    def test_summary(self):
        """R60: figures by component and tier, beside last period."""
        self._read(202603, 10, 10, 10, 10)
        self._billed(202603)
        self._read(202604, 15, 15, 15, 15)
        run = self._rate(202604)
        summary = run.get_summary()
        tiles = {tile["key"]: tile["values"] for tile in summary["tiles"]}
        self.assertEqual(tiles["volume"], [20, 40, 0])
        self.assertEqual(tiles["amount"], [70, 140, 0])
        self.assertEqual(
            [row["amount"] for row in summary["components"]],
            [[50, 100, 0], [20, 40, 0]],
        )
        self.assertEqual([row["amount"] for row in summary["tiers"]], [[70, 140, 0]])
        self.assertEqual(summary["columns"], ["2026-04", "2026-03", "2025-04"])

    def test_by_hand(self):
        """R60, R4: figures are the system's; other branches' books are not billed."""
        head = self.user_branch_head
        runs = self.Run.with_user(head)
        with self.assertRaisesRegex(AccessError, "set by the system"):
            runs.create({"unit_id": self.branch.id, "state": "issued"})
        run = runs.create({"unit_id": self.branch.id, "period": 202603})
        with self.assertRaisesRegex(AccessError, "set by the system"):
            run.amount = 5
        with self.assertRaisesRegex(UserError, "no audited card"):
            run.action_rate()
        with self.assertRaisesRegex(UserError, "no period"):
            run.period = 202613
        with self.assertRaises(AccessError):
            self.Run.with_user(self.user_reader).create({"unit_id": self.branch.id})
        self.assertTrue(run.unlink())
