"""What water costs: tiers of a year, its months, persons, prices, shares (RULES)."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .tariff_common import TariffCommon, charge, limits, months_of

PRICES = [("2.50", "1.00"), ("3.65", "1.00"), ("7.00", "1.00")]


@tagged("post_install", "-at_install")
class TestTariffRating(TariffCommon):
    def test_limits_are_inclusive_and_the_year_counts(self):
        """144 m³ lie in tier 1, the next one in tier 2; a seasonal household of 156
        m³ pays 559.80, as the counter is the year's (RULES, Tariff)."""
        account = self._counting()
        bills = self._rate(account, ("2026-01-01", "2026-06-30", 144))
        self.assertEqual(bills.amount, 504.00)
        self.assertEqual(bills.line_ids.tier_id.mapped("position"), [1])
        more = self._rate(account, ("2026-06-30", "2026-09-30", 12))
        self.assertEqual(more.line_ids.tier_id.mapped("position"), [2])
        self.assertEqual(self._money(bills + more), Decimal("559.80"))

    def test_all_three_tiers_on_one_bill(self):
        """210 m³: 144 at 3.50, 60 at 4.65, 6 at 8.00, each by component."""
        bill = self._rate(self._counting(), ("2026-01-01", "2026-12-31", 210))
        self.assertEqual(bill.amount, 504 + 279 + 48)
        lines = [
            (line.tier_id.position, line.component_id.code, line.quantity, line.amount)
            for line in bill.line_ids
        ]
        self.assertEqual(
            lines,
            [
                (1, "water", 144, 360),
                (1, "sewage", 144, 144),
                (2, "water", 60, 219),
                (2, "sewage", 60, 60),
                (3, "water", 6, 42),
                (3, "sewage", 6, 6),
            ],
        )
        self.assertEqual(bill.line_ids.version_id, self.residential.version_id)
        self.assertEqual(set(bill.line_ids.mapped("upto")), {144, 204, 0})

    def test_a_tariff_that_begins_in_september_has_four_months(self):
        """Its first year has 48 and 68 m³ (RULES, Tariff)."""
        young = self.residential.copy({"code": "T-16", "use_class": False})
        self.residential.version_ids.copy(
            {"tariff_id": young.id, "date_from": "2016-09-01"}
        )
        bill = self._rate(
            self._counting("2010-01-01", tariff_id=young.id),
            ("2016-08-31", "2016-12-31", 70),
        )
        quantities = {line.tier_id.position: line.quantity for line in bill.line_ids}
        self.assertEqual(quantities, {1: 48, 2: 20, 3: 2})

    def test_move_in_and_a_fifth_person(self):
        """From April on 9 months: 108 and 153; a fifth person from July adds half of
        36 to both: 126 and 171; the proof expires with the year."""
        account = self._counting("2026-04-15")
        self.env["haerun.household.size"].create(
            {
                "account_id": account.id,
                "persons": 5,
                "date_from": "2026-07-01",
                "date_to": "2026-12-31",
            }
        )
        bill = self._rate(account, ("2026-04-15", "2026-12-31", 180))
        quantities = {line.tier_id.position: line.quantity for line in bill.line_ids}
        self.assertEqual(quantities, {1: 126, 2: 45, 3: 9})
        following = self._rate(account, ("2026-12-31", "2027-06-30", 150))
        quantities = {
            line.tier_id.position: line.quantity for line in following.line_ids
        }
        self.assertEqual(quantities, {1: 144, 2: 6})

    def test_price_change_inside_a_period(self):
        """Use is divided by days, and one counter goes on."""
        old = self.residential.version_id
        old.date_to = "2026-09-30"
        new = old.copy({"version": 2, "date_from": "2026-10-01", "date_to": False})
        new.tier_ids[0].price_ids[0].price = 3.00
        account = self._counting()
        # 15 days before, 15 days from October on; 140 used before
        self._rate(account, ("2026-01-01", "2026-09-15", 140))
        bill = self._rate(account, ("2026-09-15", "2026-10-15", 20))
        parts = bill.part_ids.sorted("date_from")
        self.assertEqual(parts.mapped("volume"), [10, 10])
        self.assertEqual(parts.version_id, old + new)
        self.assertEqual(parts.mapped("before"), [140, 150])
        # 4 in tier 1 and 6 in tier 2 by the old, 10 in tier 2 by the new version
        self.assertEqual(bill.amount, 4 * 3.5 + 6 * 4.65 + 10 * 4.65)

    def test_new_year_begins_at_zero(self):
        """Nothing carries over: a period across it is divided by its days."""
        account = self._counting()
        self._rate(account, ("2026-01-01", "2026-12-21", 300))
        bill = self._rate(account, ("2026-12-21", "2027-01-10", 20))
        self.assertEqual(bill.part_ids.mapped("year"), [2026, 2027])
        self.assertEqual(bill.part_ids.mapped("volume"), [10, 10])
        self.assertEqual(bill.amount, 10 * 8 + 10 * 3.5)

    def test_mixed_use_is_shared(self):
        """Seven tenths by the tiers, the rest flat; the parts make the whole."""
        account = self._counting()
        self.env["haerun.tariff.share"].create(
            [
                {
                    "account_id": account.id,
                    "tariff_id": tariff.id,
                    "percent": percent,
                    "date_from": "2026-01-01",
                }
                for tariff, percent in ((self.residential, 70), (self.flat, 30))
            ]
        )
        bill = self._rate(account, ("2026-01-01", "2026-02-01", 101))
        self.assertEqual(bill.part_ids.mapped("volume"), [71, 30])
        self.assertEqual(bill.amount, 71 * 3.5 + 30 * 3.7)
        used = {counter.tariff_id: counter.used for counter in account.counter_ids}
        self.assertEqual(used, {self.residential: 71, self.flat: 30})

    def test_minimum_of_a_month(self):
        """Less than the minimum is billed as the minimum, and counts as used."""
        self.flat.version_ids.sudo().minimum_volume = 5
        account = self._counting(tariff_id=self.flat.id)
        bill = self._rate(account, ("2026-01-10", "2026-02-10", 2))
        self.assertEqual(bill.amount, 5 * 3.7)
        self.assertEqual(sum(bill.line_ids.filtered("minimal").mapped("quantity")), 6)
        self.assertEqual(account.counter_ids.used, 2)
        two = self._rate(account, ("2026-02-10", "2026-04-10", 20))
        self.assertFalse(two.line_ids.filtered("minimal"))

    def test_what_cannot_be_rated_is_held(self):
        """No tariff, no version on the days, less than nothing, too much."""
        none = self._counting()
        none.tariff_id = False
        early = self._counting()
        rows = [
            (none, ("2026-01-01", "2026-02-01", 9), "no_tariff"),
            (early, ("2015-08-15", "2015-09-15", 9), "no_price"),
            (self._counting(), ("2026-01-01", "2026-02-01", -3), "negative"),
            (self._counting(), ("2026-01-01", "2026-02-01", 4000), "large"),
        ]
        for account, found, why in rows:
            with self.subTest(why=why):
                bill = self._rate(account, found)
                self.assertEqual((bill.state, bill.hold), ("held", why))

    def test_dropped_bills_give_back_what_they_counted(self):
        """Counters stand where the parts that count put them."""
        account = self._counting()
        first = self._rate(account, ("2026-01-01", "2026-02-01", 140))
        second = self._rate(account, ("2026-02-01", "2026-03-01", 10))
        second._uncount()
        self.assertEqual(account.counter_ids.used, 140)
        self.assertFalse(second.part_ids.filtered("counts"))
        again = self._rate(account, ("2026-02-01", "2026-03-01", 10))
        self.assertEqual(again.amount, second.amount)
        self.assertTrue(first.part_ids.counts)

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        st.lists(
            st.decimals(-20, 80, places=3, allow_nan=False), min_size=1, max_size=12
        ),
        st.integers(1, 12),
        st.lists(
            st.tuples(st.integers(3, 8), st.integers(1, 12), st.integers(1, 12)),
            max_size=1,
        ),
    )
    def test_periods_sum_up_to_the_year(self, volumes, since, persons):
        """However a year is divided, its bills cost what the year's volume costs."""
        account = self._counting(date(2026, since, 10))
        sizes = []
        for count, first, last in persons:
            first, last = sorted((first, last))
            size = (count, date(2026, first, 1), date(2026, last, 28))
            sizes.append(size)
            self.env["haerun.household.size"].create(
                {
                    "account_id": account.id,
                    "persons": count,
                    "date_from": size[1],
                    "date_to": size[2],
                }
            )
        paid = Decimal(0)
        for number, volume in enumerate(volumes, 1):
            day = date(2026, 12, number)
            paid += self._money(self._rate(account, (day, day, volume)))
        total = sum(volumes)
        bounds = limits(2026, months_of(2026, date(2026, since, 10)), sizes)
        if total >= 0:
            self.assertEqual(paid, charge(total, bounds, PRICES))
        at_once = self._rate(
            self._counting(date(2026, since, 10)), ("2026-12-31", "2026-12-31", total)
        )
        if not sizes:
            self.assertEqual(paid, self._money(at_once))
        self.assertEqual(
            Decimal(f"{account.counter_ids.used:.3f}"), total.quantize(Decimal("0.001"))
        )
