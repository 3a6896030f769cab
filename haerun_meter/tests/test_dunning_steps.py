from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .dunning_common import DunningCommon


@tagged("-at_install", "post_install")
class TestDunningSteps(DunningCommon):
    """The representative's list: contact, promise, again, until it is paid."""

    def _clock(self, dunning, code):
        return dunning.clock_ids.filtered(lambda c: c.limit_code == code)

    def test_contact(self):
        """R64, R69: the first contact within its limit; the record is evidence."""
        dunning = self._dunned()
        first = self._clock(dunning, "dunning_first")
        self.assertEqual(first.state, "running")
        self.assertEqual(first.acting_user_id, self.user_reader)
        record = self._contact("not_reached", note="无人接听")
        self.assertEqual(first.state, "met")
        self.assertEqual((record.due_amount, record.user_id), (80, self.user_reader))
        self.assertEqual((dunning.state, dunning.record_count), ("waiting", 1))
        self.assertEqual(str(dunning.next_on), "2026-04-11")
        for user in (self.user_reader, self.user_branch_head, self.user_csd_marketing):
            with self.assertRaises(AccessError):
                record.with_user(user).note = "x"
            with self.assertRaises(UserError):
                record.with_user(user).unlink()
            with self.assertRaises(AccessError):
                dunning.with_user(user).state = "closed"

    def test_former_years(self):
        """R66: arrears of former years are pursued, each with its record."""
        self._bill(100, "2025-11-25", period=202511)
        dunning = self.Dunning._open_for(self.account.ids, "hand")
        self.assertEqual(dunning.arrears, 100)
        record = self._contact("agreed")
        self.assertEqual((record.arrears, record.dunning_id), (100, dunning))

    def test_promise_and_broken(self):
        """R64: promised until a day; not kept, it is back the day after by itself."""
        dunning = self._dunned()
        self._contact("promised", promise_on=self._day("2026-04-12"))
        self.assertEqual(dunning.state, "promised")
        mine = self.Dunning.with_user(self.user_reader)
        self.assertNotIn(dunning.id, mine.search(mine._my_work_domain()).ids)
        self._night("2026-04-12 01:10")
        self.assertEqual(dunning.state, "promised")
        self._night("2026-04-13 01:10")
        self.assertEqual(
            (dunning.state, dunning.broken, dunning.broken_count),
            ("to_contact", True, 1),
        )
        again = self._clock(dunning, "dunning_next")
        self.assertEqual(again.state, "running")
        self.assertIn(dunning.id, mine.search(mine._my_work_domain()).ids)
        self._night("2026-04-14 01:10")
        self.assertEqual(dunning.broken_count, 1)
        with self.at("2026-04-14 10:00"):
            self._contact("agreed")
        self.assertEqual(again.state, "met")

    def test_my_work(self):
        """R16, R69: a card with sum and one tap to call; B for A while A is away."""
        dunning = self._dunned()
        cards = dunning.with_user(self.user_reader)._my_work_cards()
        self.assertEqual(cards[0]["customer"], "王芳")
        self.assertEqual(cards[0]["phone"], "13800000001")
        self.assertIn("80.00", cards[0]["text"])
        self._away(self.reader, self.reader2)
        self.assertEqual(dunning.acting_user_id, self.user_reader2)
        record = self._contact("agreed", user=self.user_reader2)
        self.assertEqual(record.for_user_id, self.user_reader)

    def test_window(self):
        """R64: the window proposes days, asks for a promise, goes on to the next."""
        dunning = self._dunned()
        other = self._dunned(self.account2, 200)
        action = dunning.with_user(self.user_reader).action_collect()
        windows = self.env["haerun.collection.taking"].with_user(self.user_reader)
        with Form(windows.with_context(**action["context"])) as form:
            self.assertEqual((form.amount, form.phone_full), (80, "13800000001"))
            form.result_id = self.results["not_reached"]
            self.assertEqual(str(form.next_on), "2026-04-11")
            form.result_id = self.results["promised"]
            self.assertEqual(str(form.promise_on), "2026-04-13")
        following = form.record.action_next()
        self.assertEqual(following["context"]["default_dunning_id"], other.id)
        self.assertEqual(dunning.state, "promised")
        last = windows.with_context(**following["context"]).create(
            {"result_id": self.results["agreed"].id}
        )
        self.assertEqual(last.action_next()["tag"], "display_notification")

    def test_refused(self):
        """R64: each contact that lacks something says so in a sentence."""
        self._dunned()
        for result, values, why in (
            ("promised", {}, "until when"),
            ("promised", {"promise_on": self._day("2026-04-01")}, "day to come"),
            ("disputes", {}, "what the customer says"),
            ("agreed", {"way": "visit"}, "photo"),
            ("agreed", {"next_on": self._day("2026-04-10")}, "day to come"),
            ("agreed", {"way": "sms"}, "how the customer"),
        ):
            with self.assertRaisesRegex(UserError, why):
                self._contact(result, **values)
        for user in (self.user_other, self.user_accountant):
            with self.assertRaises(AccessError):
                self._contact("agreed", user=user)

    def test_visit(self):
        """R64: a visit with its photo, which is as open as the record."""
        self._dunned()
        record = self._contact("refuses", way="visit", photo_ids=self._photos())
        self.assertEqual(record.photo_ids.res_id, record.id)
        self.assertTrue(record.with_user(self.user_branch_head).photo_ids.datas)

    def test_at_the_counter(self):
        """R64: who is no representative records it too, without a dunning."""
        self._bill(80)
        record = self._contact(
            "promised",
            user=self.user_cashier,
            way="counter",
            promise_on=self._day("2026-04-15"),
        )
        self.assertFalse(record.dunning_id)
        self.assertEqual(self._due().promise_state, "running")

    def test_quiet_for_many(self):
        """R69: hundreds pass on with a bounded number of statements and one push."""
        accounts = self.env["haerun.water.account"].browse()
        for number in range(60):
            account = self._account(f"户{number}")
            self._bill(80, account=account)
            accounts |= account
        few, rest = accounts[:20], accounts[20:]
        self.env.flush_all()
        self.env.invalidate_all()
        counts = []
        for some in (few, rest):
            before = self.env.cr.sql_log_count
            made = self.Dunning._open_for(some.ids, "hand")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(made.clock_ids), len(some))
        self.assertLess(counts[1] - counts[0], 20)
        pushes = self.env["haerun.push"].search([("res_model", "=", "haerun.dunning")])
        self.assertEqual(len(pushes), 2)

    def test_in_vain(self):
        """R64: given up by the head with a reason; what is owed stays owed."""
        dunning = self._dunned()
        with self.assertRaises(AccessError):
            dunning.with_user(self.user_reader)._give_up("找不到人")
        dunning.with_user(self.user_branch_head)._give_up("户主失联")
        self.assertEqual((dunning.state, dunning.closed_how), ("closed", "in_vain"))
        self.assertTrue(self._due())

    def test_given_to_another(self):
        """R120: the head gives a dunning to another representative."""
        dunning = self._dunned()
        dunning.with_user(self.user_branch_head)._reassign(self.reader2, "分担")
        self.assertEqual(dunning.acting_user_id, self.user_reader2)

    def test_customer_page(self):
        """R64: the customer's page tells of it, and offers the record."""
        self._dunned()
        self._contact("promised", promise_on=self._day("2026-04-15"))
        page = self.env["haerun.customer.view"].with_user(self.user_reader)
        shown = page.get_customer(self.account.id)
        [section] = [one for one in shown["sections"] if one["key"] == "dunning"]
        self.assertIn("80.00", section["lines"][0]["text"])
        self.assertIn("action_collect", [one["method"] for one in shown["actions"]])
