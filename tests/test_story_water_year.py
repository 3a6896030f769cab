"""A story: what a household pays over a year in which everything happens once.

Worked out by hand. The household moves in on Fri 2026-04-10 and is read on the 10th
of each month at noon. Prices to September: 3.50, 4.65 and 8.00 yuan per m³ by tier;
from 1 October 0.50 more in each.

Limits of 2026: nine months, 108 and 153; a fifth person from July on adds six
twelfths of 36 to both: 126 and 171. It is told on 15 July, when July is billed:
   May    40  40·3.50                                            140.00, 40 used
   June   40  40·3.50                                            140.00, 80
   July   40  28·3.50 + 12·4.65 = 153.80; anew: 40·3.50          140.00, 120
   August, exchanged on 25 July: 10 on the old meter, 5 on the new one:
              6·3.50 + 4·4.65 + 5·4.65                            62.85, 135
   September  nobody at home, 20 by hand: 20·4.65 = 93.00, taken back
   October 61 since 10 August, 51 days to September and 10 in October:
              36·4.65 + 15·8.00 + 10·8.50                        372.40, 196
   November 4  4·8.50                                             34.00, 200
   December 4  4·8.50                                             34.00, 204
   January 31, 21 of them in December: 21·8.50 + 10·4.00         218.50, 225 and 10
The year: 126·3.50 + 45·4.65 + 15·8.00 + 39·8.50 = 1,101.75 yuan for 225 m³.
"""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.haerun_meter.tests import meter_common


@tagged("-at_install", "post_install")
class TestStoryWaterYear(meter_common.MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_csd_marketing = cls._user(
            "test_csd_marketing", "高敏", "csd_marketing"
        )
        # everything counts here; what is held is another story
        cls.env["haerun.reading.rule"].search([]).severity = "1"
        cls.env["haerun.estimate.method"].search([]).active = False
        cls.tariff = cls.env.ref("haerun_meter.tariff_residential")

    def test_a_household_over_a_year(self):
        """R60, R62, R65, R70: each figure as worked out above."""
        self._move_in()
        self._read(202605, 40)
        self._bill(202605, [140.00])
        self._read(202606, 80)
        self._bill(202606, [140.00])
        self._read(202607, 120)
        self._bill(202607, [153.80])
        self._fifth_person()
        self._exchange()
        self._read(202608, 8)
        self._bill(202608, [62.85])
        self._nobody_at_home()
        self._bill(202609, [93.00])
        self._new_price()
        self._read(202610, 69)
        self._bill(202610, [372.40])
        for period, dial, amount in (
            (202611, 73, 34.00),
            (202612, 77, 34.00),
            (202701, 108, 218.50),
        ):
            self._read(period, dial)
            self._bill(period, [amount])
        self._add_up()

    # ------------------------------------------------------------- steps
    def _move_in(self):
        with self.at("2026-04-10 12:00"):
            self.account = self._account("陈家")
            self.point = self._point(self.account)
            self.point._fit(self._meter("N-1"), self._day("2026-04-10"), 0)
        self.assertEqual(str(self.account.counted_from), "2026-04-10")

    def _read(self, period, dial):
        year, month = divmod(period, 100)
        plan = self._plan(period)
        with self.at(f"{year}-{month:02}-10 12:00"):
            answer = self._take(
                self.point.meter_id.number, f"{year}-{month:02}-10 04:00:00", dial
            )
            self.assertIsNone(answer["code"])
            plan.with_user(self.user_reader).action_submit()
        with self.at(f"{year}-{month:02}-11 09:00"):
            plan.with_user(self.user_auditor).action_audit()

    def _plan(self, period):
        year, month = divmod(period, 100)
        with self.at(f"{year}-{month:02}-09 09:00"):
            plan = self.env["haerun.reading.plan"]._make(period, self.book)
        with self.at(f"{year}-{month:02}-10 08:00"):
            plan._begin()
        return plan

    def _bill(self, period, amounts):
        """Rate by the head, approve by CSD, issue; compare what is due."""
        year, month = divmod(period, 100)
        with self.at(f"{year}-{month:02}-12 09:00"):
            run = (
                self.env["haerun.bill.run"]
                .with_user(self.user_branch_head)
                .with_context(queue_job__no_delay=True)
                .create({"unit_id": self.branch.id, "period": period})
            )
            run.action_rate()
            run = run.with_user(self.user_csd_marketing)
            run.action_approve()
            run.action_issue()
        self.env.invalidate_all()
        bills = self.env["haerun.water.bill"].search(
            [("run_id", "=", run.id), ("state", "=", "issued")]
        )
        self.assertEqual([round(bill.amount, 2) for bill in bills], amounts, period)
        self.assertEqual(bills.account_id, self.account)
        return bills

    def _fifth_person(self):
        with self.at("2026-07-15 10:00"):
            self.env["haerun.household.size"].with_user(self.user_operator).create(
                {
                    "account_id": self.account.id,
                    "persons": 5,
                    "date_from": "2026-07-01",
                    "date_to": "2027-12-31",
                }
            )
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress")
        with self.at("2026-07-16 02:00"), progress:
            self.env["haerun.rerating"]._cron_rerate()
        anew = self.env["haerun.rerating"].search(
            [("account_id", "=", self.account.id)]
        )
        self.assertEqual((anew.state, anew.bill_count), ("done", 1))
        self.assertAlmostEqual(anew.difference, -13.80, 2)
        july = self._bills(202607)
        self.assertEqual(july.mapped("state"), ["issued"])
        self.assertAlmostEqual(july.amount, 140.00, 2)
        self.assertTrue(july.reading_ids.reading_id)

    def _exchange(self):
        with self.at("2026-07-25 12:00"):
            self.point.with_user(self.user_operator)._exchange(
                self._meter("N-2"), self._day("2026-07-25"), 130, 3, "到期轮换"
            )

    def _nobody_at_home(self):
        plan = self._plan(202609)
        with self.at("2026-09-10 12:00"):
            self._take(
                "N-2",
                "2026-09-10 04:00:00",
                None,
                exception_id=self.env.ref("haerun_meter.exception_locked").id,
            )
            plan.with_user(self.user_reader).action_submit()
        with self.at("2026-09-11 09:00"):
            auditor = plan.with_user(self.user_auditor)
            auditor.action_estimate()
            auditor.task_ids._estimate_by_hand("近月用水估计", volume=20)
            auditor.action_audit()

    def _new_price(self):
        version = self.tariff.version_id
        with self.at("2026-09-20 09:00"):
            version.action_new_version()
            later = self.tariff.version_ids.filtered(lambda one: one.version == 2)
            later.date_from = "2026-10-01"
            for tier in later.tier_ids:
                water = tier.price_ids.filtered(
                    lambda price: price.component_id.code == "water"
                )
                water.price += 0.50
        self.assertEqual(str(version.date_to), "2026-09-30")

    def _add_up(self):
        counting = self._bills().filtered(lambda bill: bill.state == "issued")
        parts = counting.part_ids
        self.assertEqual(
            sum(parts.filtered(lambda part: part.year == 2026).mapped("volume")), 225
        )
        lines = counting.line_ids.filtered(lambda line: line.part_id.year == 2026)
        self.assertAlmostEqual(sum(lines.mapped("amount")), 1101.75, 2)
        by_tier = {}
        for line in lines:
            if line.component_id.code == "water":
                key = line.version_id.version, line.tier_id.position
                by_tier[key] = by_tier.get(key, 0) + line.quantity
        self.assertEqual(by_tier, {(1, 1): 126, (1, 2): 45, (1, 3): 15, (2, 3): 39})
        used = {counter.year: counter.used for counter in self.account.counter_ids}
        self.assertEqual(used, {2026: 225, 2027: 10})
        estimate = self.env["haerun.water.bill"].search(
            [("account_id", "=", self.account.id), ("period", "=", 202609)]
        )
        self.assertEqual(set(estimate.mapped("state")), {"reversed"})
        self.assertAlmostEqual(sum(estimate.mapped("amount")), 0, 2)
        self.assertAlmostEqual(
            sum(counting.mapped("residual")), 1101.75 + 40.00, 2, "nothing was paid"
        )

    def _bills(self, period=None):
        domain = [("account_id", "=", self.account.id)]
        if period:
            domain += [("period", "=", period), ("kind", "=", "water")]
        bills = self.env["haerun.water.bill"].search(domain, order="id")
        if period == 202607:
            bills = bills.filtered(lambda bill: bill.state == "issued")
        return bills
