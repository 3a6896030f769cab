from odoo.exceptions import AccessError
from odoo.tests import tagged

from .dunning_common import DunningCommon


@tagged("-at_install", "post_install")
class TestDunningList(DunningCommon):
    """欠费清单: who has not paid the day after the due date."""

    def test_the_day_after(self):
        """R64: listed the day after the due date, not on it; gone when paid."""
        self._bill(30, "2026-04-09")
        with self.at("2026-04-09 23:50"):
            self.assertFalse(self._due())
        with self.at("2026-04-10 00:05"):
            line = self._due()
            self.assertEqual((line.amount, line.days, line.bill_count), (30, 1, 1))
        self._paid(30)
        self.assertFalse(self._due())

    def test_by_account(self):
        """R64, R66: one line an account with sum, oldest, former years apart."""
        self._bill(100, "2025-11-25", period=202511, book_id=self.book.id)
        self._bill(40, "2026-03-25", reader_id=self.reader.id)
        self._bill(20, "2026-05-25")
        line = self._due()
        self.assertEqual((line.amount, line.arrears, line.bill_count), (140, 100, 2))
        self.assertEqual(str(line.oldest_due_on), "2025-11-25")
        self.assertEqual(line.days, 136)
        self.assertEqual((line.book_id, line.unit_id), (self.book, self.branch))
        self.assertEqual(line.rep_id, self.reader)
        self._paid(30)
        self.assertEqual((self._due().amount, self._due().arrears), (110, 70))

    def test_filters(self):
        """R64: never contacted, promised and broken, over 90 days, former years."""
        self._bill(100, "2025-11-25", period=202511)
        self._bill(50, account=self.account2)
        self._contact("promised", promise_on=self._day("2026-04-12"))
        names = {
            "never": [("last_at", "=", False)],
            "broken": [("promise_state", "=", "broken")],
            "running": [("promise_state", "=", "running")],
            "over_90": [("days", ">", 90)],
            "arrears": [("arrears", ">", 0)],
        }

        def found(name):
            ours = [("account_id", "in", (self.account | self.account2).ids)]
            return self.Due.search(names[name] + ours).account_id

        self.assertEqual(found("never"), self.account2)
        self.assertEqual(found("over_90"), self.account)
        self.assertEqual(found("arrears"), self.account)
        self.assertEqual(found("running"), self.account)
        self.assertFalse(found("broken"))
        with self.at("2026-04-13 00:01"):
            self.assertEqual(found("broken"), self.account)
        groups = self.Due.formatted_read_group(
            [("account_id", "in", (self.account | self.account2).ids)],
            ["unit_id"],
            ["amount:sum"],
        )
        self.assertEqual(groups[0]["amount:sum"], 150)

    def test_a_promise_in_part(self):
        """R64: kept is what was promised, not all; a new bill breaks no promise."""
        self._bill(100, "2026-03-25")
        self._contact("promised", promise_on=self._day("2026-04-12"), promise_amount=60)
        self._bill(70, "2026-04-11")
        self._paid(60)
        with self.at("2026-04-13 08:00"):
            self.assertFalse(self._due().promise_state)
            self.assertEqual(self._due().amount, 110)
        self._contact("promised", promise_on=self._day("2026-04-14"), promise_amount=30)
        with self.at("2026-04-15 08:00"):
            self.assertEqual(self._due().promise_state, "broken")

    def test_old_contacts(self):
        """R64: a contact about a debt of before is none about this one."""
        self._bill(30, "2026-02-25")
        with self.at("2026-03-01 10:00"):
            self._contact("agreed")
            self._paid(30)
        self._bill(30, "2026-03-25")
        self.assertFalse(self._due().last_at)

    def test_whose(self):
        """R3, R64: a branch sees its own, CSD and counter all."""
        self._bill(30)
        for user in (self.user_reader, self.user_branch_head, self.user_cashier):
            self.assertTrue(self._due(user=user))
        self.assertFalse(self._due(user=self.user_other))
        with self.assertRaises(AccessError):
            self._due(user=self.user_clerk)

    def test_to_the_representative_by_hand(self):
        """R69: the head passes chosen customers on; who leads nothing does not."""
        self._bill(30)
        with self.assertRaises(AccessError):
            self._due(user=self.user_reader).action_give()
        self._due(user=self.user_branch_head).action_give()
        dunning = self.account.open_dunning_id
        self.assertEqual(dunning.owner_id, self.reader)
        self.assertEqual(self._due().dunning_id, dunning)

    def test_plan(self):
        """R64: the list begins at what is due, not at all bills."""
        self._bill(30)
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO haerun_water_bill (number, account_id, unit_id, period, kind,
                                           state, amount, residual, due_on,
                                           issued_at)
            SELECT 'PLAN' || n, %s, %s, 202512, 'water', 'issued', 1, 0,
                   '2026-01-01', '2025-12-20'
              FROM generate_series(1, 20000) AS n
            """,
            [self.account.id, self.branch.id],
        )
        self.env.cr.execute("ANALYZE haerun_water_bill")
        query = self.Due._search([("unit_id", "=", self.branch.id)])
        self.env.cr.execute("EXPLAIN " + query.select().code, query.select().params)
        plan = "\n".join(row for (row,) in self.env.cr.fetchall())
        self.assertIn("haerun_water_bill_due_idx", plan)

    def test_demo(self):
        """The demo has dunnings at each step: it is left out silently when it fails."""
        demo = self.env["haerun.dunning"].search([("source", "=", "round")])
        states = {"to_contact", "waiting", "promised", "closed"}
        self.assertLessEqual(states, set(demo.mapped("state")))
        self.assertTrue(self.env["haerun.suspension.proposal"].search([]))
