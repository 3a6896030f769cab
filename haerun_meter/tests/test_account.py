from datetime import date

from hypothesis import given, strategies

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..tools import account_number, period
from .meter_common import MeterCommon


@tagged("-at_install", "post_install")
class TestAccount(MeterCommon):
    @given(strategies.integers(1, 999_999_999), strategies.integers(0, 9))
    def test_check_digit(self, serial, digit):
        """R46: one wrong digit, or two neighbours swapped, are found."""
        number = account_number.make(serial)
        self.assertTrue(account_number.is_valid(f" {number[:4]}-{number[4:]} "))
        for place in range(len(number)):
            wrong = f"{number[:place]}{digit}{number[place + 1 :]}"
            self.assertEqual(account_number.is_valid(wrong), wrong == number)

    @given(strategies.dates(date(1990, 1, 1), date(2200, 1, 1)))
    def test_period(self, day):
        """R55: a period is its month; shifting there and back comes home."""
        number = period.of(day)
        self.assertTrue(period.is_period(number))
        for months in (1, 5, 12, 37):
            self.assertEqual(
                period.shift(period.shift(number, months), -months), number
            )
            self.assertGreater(period.shift(number, months), number)
        self.assertEqual(period.day_in(number, day.day), day)
        self.assertEqual(period.of(period.day_in(number, 31)), number)

    def test_numbers_of_a_site(self):
        """R46: 600 numbers come from one call, all different and valid."""
        numbers = self.env["haerun.water.account"]._next_numbers(600)
        self.assertEqual(len(set(numbers)), 600)
        self.assertTrue(all(map(account_number.is_valid, numbers)))

    def test_opened(self):
        """R51, R55: number, branch and representative come by themselves."""
        account = self._account().with_user(self.user_operator)
        self.assertEqual(account.unit_id, self.branch)
        self.assertEqual(account.change_ids.mapped("kind"), ["open"])
        with self.assertRaises(AccessError):
            account.number = "1"
        with self.assertRaises(AccessError):
            account.state = "closed"
        with self.assertRaises(AccessError):
            account.with_user(self.user_reader).name = "x"
        with self.assertRaisesRegex(UserError, "close it instead"):
            account.sudo().unlink()

    def test_suspended_and_closed(self):
        """R46: stop, restart and close are a ledger; a fitted meter keeps it open."""
        point = self._fitted("A1")
        account = point.account_id.with_user(self.user_operator)
        today = self.env.company._haerun_today()
        account._turn("suspend", today, "外出半年")
        with self.assertRaisesRegex(UserError, "already"):
            account._turn("suspend", today, "外出半年")
        account._turn("restart", today, "回来")
        with self.assertRaisesRegex(UserError, "still has meter A1"):
            account._turn("close", today, "拆迁")
        point.with_user(self.user_operator)._remove(today, 5, "拆迁")
        account._turn("close", today, "拆迁")
        self.assertEqual(account.state, "closed")
        self.assertEqual(
            account.change_ids.sorted("id").mapped("kind"),
            ["open", "suspend", "restart", "close"],
        )
        with self.assertRaises(AccessError):
            account.with_user(self.user_other)._turn("restart", today, "x")

    def test_household(self):
        """R44: persons count from when until when, one line at a time."""
        account = self._account()
        self.assertEqual(account.persons, 4)
        with self.at("2026-06-01 09:00"):
            line = self.env["haerun.household.size"].create(
                {
                    "account_id": account.id,
                    "persons": 6,
                    "date_from": "2026-01-01",
                    "date_to": "2026-12-31",
                }
            )
            self.assertEqual(account.persons, 6)
            with self.assertRaisesRegex(ValidationError, "another household size"):
                line.copy({"persons": 5})
            with self.assertRaisesRegex(UserError, "end it and add"):
                line.with_user(self.user_operator).persons = 7

    def test_other_branch(self):
        """R3, R4: another branch's staff finds nothing; the counter finds everybody."""
        account = self._account(name="独一无二")
        accounts = self.env["haerun.water.account"]
        found = accounts.with_user(self.user_other).search([("name", "=", "独一无二")])
        self.assertFalse(found)
        cashier = self._user("test_cashier", "唐燕", "cashier")
        for user in (self.user_operator, self.user_reader, cashier):
            self.assertEqual(
                accounts.with_user(user).search([("name", "=", "独一无二")]), account
            )
        point = self._fitted("M77", account=account)
        by_meter = accounts.with_user(cashier).name_search("M77")
        self.assertEqual([one[0] for one in by_meter], account.ids)
        self.assertEqual(point.meter_id.life_ends, "replace")

    def test_meter_is_kept(self):
        """R59: a plate that volumes were made by stays; a fitted meter is kept."""
        point = self._fitted("P1")
        meter = point.meter_id.with_user(self.user_operator)
        with self.assertRaisesRegex(UserError, "stays as it was"):
            meter.digits = 6
        with self.assertRaisesRegex(UserError, "remove or exchange it first"):
            meter.action_scrap()
        with self.assertRaisesRegex(UserError, "exchange it instead"):
            point._fit(self._meter("P2"), self._day("2026-02-01"), 0)
        with self.assertRaises(AccessError):
            point.with_user(self.user_reader)._remove(self._day("2026-02-01"), 1, "x")

    def test_loss(self):
        """R54: a master meter against its sub-meters, with how many were not read."""
        master = self._fitted("Z0", account=self._account("物业"))
        subs = [self._fitted(f"Z{n}") for n in (1, 2, 3)]
        for sub in subs:
            sub.parent_id = master
        with self.at("2026-02-10 12:00"):
            for number, value in (("Z0", 100), ("Z1", 40), ("Z2", 45)):
                self._take(number, "2026-02-10 03:00:00", value)
        self.env.flush_all()
        row = self.env["haerun.meter.loss"].search(
            [("point_id", "=", master.id), ("period", "=", 202602)]
        )
        self.assertEqual((row.master_volume, row.sub_volume), (100, 85))
        self.assertEqual((row.loss_rate, row.sub_count, row.unread), (15, 3, 1))
        with self.assertRaisesRegex(ValidationError, "behind itself"):
            master.parent_id = subs[0]
