from unittest.mock import patch

from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("-at_install", "post_install")
class TestCustomerView(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account("欧阳知秋", phone="13869817766")
        cls.point = cls._fitted("V1", on="2025-01-01", account=cls.account)
        cls.view = cls.env["haerun.customer.view"]

    def _page(self, user=None, account=None):
        view = self.view.with_user(user or self.user_reader)
        return view.get_customer((account or self.account).id)

    def _section(self, page, key):
        [lines] = [one["lines"] for one in page["sections"] if one["key"] == key]
        return lines

    def _by_period(self, page, name):
        chart = page["chart"]
        return dict(zip(chart["periods"], chart[name], strict=True))

    def test_head(self):
        """R3, R44, R46: who it is, how many persons, who answers, who acts for him."""
        head = self._page()["head"]
        self.assertEqual(
            {
                name: head[name]
                for name in ("number", "name", "address", "state", "persons")
            },
            {
                "number": self.account.number,
                "name": "欧阳知秋",
                "address": "试验路1号",
                "state": "open",
                "persons": 4,
            },
        )
        self.assertEqual((head["rep"], head["acting"]), ("蔡梅", False))
        self.assertEqual(head["unit"], self.branch.name)
        self._away(self.reader, self.reader2)
        self.assertEqual(self._page()["head"]["acting"], "罗燕")

    def test_volumes(self):
        """R59, R68: what counts by period, beside a year earlier; marks by hand."""
        with self.at("2026-03-15 09:00"):
            for at, value in (
                ("2025-02-10", 10),
                ("2025-03-10", 21),
                ("2026-01-10", 121),
                ("2026-02-10", 131),
            ):
                self._take("V1", f"{at} 03:00:00", value)
            self._exchange_in_march()
            page = self._page()
        chart = page["chart"]
        self.assertEqual(
            (len(chart["periods"]), chart["periods"][0], chart["periods"][-1]),
            (24, "2024-04", "2026-03"),
        )
        volumes = self._by_period(page, "volumes")
        self.assertEqual(volumes["2025-02"], 10)
        self.assertEqual(volumes["2025-03"], 11)
        self.assertIsNone(volumes["2025-04"])
        self.assertEqual(volumes["2026-02"], 10)
        self.assertEqual(volumes["2026-03"], 6 + 3, "old meter and new one")
        self.assertEqual(self._by_period(page, "last_year")["2026-02"], 10)
        self.assertEqual(self._by_period(page, "last_year")["2026-03"], 11)
        [card] = page["points"]
        self.assertEqual((card["meter"]["number"], card["meter"]["dial"]), ("V2", 3))
        [gone] = card["past"]
        self.assertEqual(
            [gone[name] for name in ("number", "since", "until", "dial")],
            ["V1", "2025-01-01", "2026-03-01", 137],
        )
        self.assertEqual(page["readings"][0]["value"], 3)
        self.assertEqual(len(page["readings"]), 8)

    def _exchange_in_march(self):
        self.point._exchange(
            self._meter("V2"), self._day("2026-03-01"), 137, 0, "到期更换"
        )
        self._take("V2", "2026-03-10 03:00:00", 3)

    def test_marks(self):
        """R60, R62, R68: estimates, doubts and what is held are told apart."""
        with self.at("2026-03-15 09:00"):
            self._take("V1", "2025-12-10 03:00:00", 120)
            for month, value in ((1, 130), (2, 140)):
                self._take("V1", f"2026-0{month}-10 03:00:00", value)
            last = self.env["haerun.meter.reading"].search(
                [("account_id", "=", self.account.id)], limit=1
            )
            last.write({"severity": 2})
            last.copy({"uuid": "held", "period": 202603, "state": "held"})
            last.copy(
                {
                    "uuid": "estimate",
                    "period": 202601,
                    "source": "estimate",
                    "is_real": False,
                    "state": "accepted",
                    "volume": 5,
                }
            )
            page = self._page()
        self.assertTrue(self._by_period(page, "flagged")["2026-02"])
        self.assertFalse(self._by_period(page, "estimated")["2026-02"])
        self.assertTrue(self._by_period(page, "estimated")["2026-01"])
        self.assertEqual(self._by_period(page, "volumes")["2026-01"], 10 + 5)
        self.assertTrue(self._by_period(page, "held")["2026-03"])
        self.assertIsNone(self._by_period(page, "volumes")["2026-03"])

    def test_master_and_subs(self):
        """R54: water through a master meter of the same account counts once."""
        inner = self._fitted("V3", on="2025-01-01", account=self.account)
        inner.parent_id = self.point
        with self.at("2026-03-15 09:00"):
            self._take("V1", "2026-03-10 03:00:00", 100)
            self._take("V3", "2026-03-10 03:00:00", 40)
            page = self._page()
        self.assertEqual(self._by_period(page, "volumes")["2026-03"], 100)
        cards = {card["id"]: card for card in page["points"]}
        self.assertEqual(cards[self.point.id]["children"], 1)
        self.assertTrue(cards[inner.id]["parent"])

    def test_lists(self):
        """R36, R45, R53, R56, R70: matters, papers, people and what became of it."""
        check = self._opened(self.point, "leak")
        account = self.account.with_user(self.user_operator)
        today = self.env.company._haerun_today()
        account._turn("suspend", today, "外出半年")
        self.env["haerun.account.party"].create(
            {
                "account_id": account.id,
                "role": "payer",
                "partner_id": self.env["res.partner"].create({"name": "刘涛"}).id,
            }
        )
        self.env["haerun.handbook.issue"].sudo().create(
            {
                "account_ids": [(4, account.id)],
                "way": "direct",
                "recipient": "欧阳",
                "issued_on": today,
                "user_id": self.user_reader.id,
            }
        )
        page = self._page()
        [matter] = self._section(page, "matters")
        self.assertEqual((matter["model"], matter["id"]), (check._name, check.id))
        self.assertNotEqual(matter["colour"], "none", "under way")
        self.assertEqual(self._section(page, "parties")[0]["title"], "刘涛")
        self.assertEqual(self._section(page, "handbooks")[0]["text"], "欧阳")
        history = self._section(page, "history")
        self.assertEqual([line["text"] for line in history], ["外出半年", False])
        self.assertEqual(self._section(page, "contracts"), [])

    def test_what_a_user_may_not_read_is_not_there(self):
        """R4: the cashier sees no opening requests, and no visits of others."""
        page = self._page(self.user_cashier)
        self.assertNotIn("visits", [one["key"] for one in page["sections"]])
        self.assertEqual(page["head"]["name"], "欧阳知秋")

    def test_actions(self):
        """R51, R70: buttons by right and state; the methods refuse the same."""

        def own(action):
            """What later add-ons offer they test themselves."""
            return any(
                action["method"] in vars(part) and "haerun_meter" in part.__module__
                for part in type(self.env[action["model"]]).mro()
            )

        def methods(user):
            page = self._page(user)
            return {one["method"] for one in page["actions"] if own(one)}, {
                one["method"] for card in page["points"] for one in card["actions"]
            }

        asking = {"action_ask_check", "action_readings", "action_bills"}
        self.assertEqual(methods(self.user_reader), (asking, set()))
        self.assertEqual(
            methods(self.user_operator),
            (
                asking | {"action_suspend", "action_close"},
                {"action_exchange", "action_remove"},
            ),
        )
        account = self.account.with_user(self.user_operator)
        account._turn("suspend", self.env.company._haerun_today(), "外出")
        self.assertIn("action_restart", methods(self.user_branch_head)[0])

    def test_dues(self):
        """R64: nothing is owed without a bill; who reads no bills is told nothing."""
        self.assertEqual(self._page()["dues"]["total"], "0.00")
        bills = type(self.env["haerun.water.bill"])
        with patch.object(bills, "has_access", autospec=True, return_value=False):
            self.assertIsNone(self._page()["dues"])

    def test_queries(self):
        """R46: as many queries for a customer with ten meters as for one with one."""
        big = self._account("大客户")
        for number in range(10):
            point = self._fitted(f"Q{number}", on="2025-01-01", account=big)
            self._take(f"Q{number}", "2026-03-10 03:00:00", 10)
            self._opened(point, "leak")
        self._take("V1", "2026-03-10 03:00:00", 10)
        self._opened(self.point, "leak")
        self._page()

        def count(account):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._page(account=account)
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(big), count(self.account))
        self.assertLess(count(big), 110)

    def test_opened_from_the_account(self):
        """R46: the account's own form leads here."""
        action = self.account.with_user(self.user_reader).action_view_customer()
        self.assertEqual(action["tag"], "haerun_customer_view")
        self.assertEqual(action["context"]["active_id"], self.account.id)
