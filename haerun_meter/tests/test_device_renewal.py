from odoo.exceptions import AccessError
from odoo.tests import tagged

from .meter_common import MeterCommon


@tagged("-at_install", "post_install")
class TestDeviceRenewal(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls.env.cr.execute("UPDATE haerun_meter SET life_warned_on = NULL")
        cls.Plan = cls.env["haerun.renewal.plan"]
        cls.Plan.search([]).unlink()

    def _hung(self, number, verified, **plate):
        return self._fitted(number, verified_on=verified, **plate).meter_id

    def _plan(self, text):
        with self.at(text):
            return self.Plan._cron_plan()

    def test_once_a_month(self):
        """R59: one plan and one activity a branch and month, however often run."""
        self._hung("L1", "2020-01-20")  # six years: over on 2026-01-20
        self._hung("L2", "2020-04-20")  # warned from 2026-01-20
        self._hung("L3", "2025-04-20")
        self._hung("L4", "2024-03-20", diameter="100")  # two years, warned 60 days
        plan = self._plan("2026-02-02 02:20")
        self.assertEqual((plan.unit_id, plan.period), (self.branch, 202602))
        self.assertEqual((plan.over_count, plan.soon_count), (1, 2))
        self.assertEqual(plan.activity_ids.user_id, self.user_branch_head)
        self.assertEqual(str(plan.activity_ids.date_deadline), "2026-02-28")
        self.assertIn("1 over, 2 ending soon", plan.activity_ids.summary)
        for day in ("02", "03", "28"):
            self.assertFalse(self._plan(f"2026-02-{day} 23:20"))
        self.assertEqual(len(plan.activity_ids), 1)
        following = self._plan("2026-03-01 02:20")
        self.assertEqual((following.over_count, following.soon_count), (1, 2))
        self.assertFalse(plan.activity_ids, "the new plan's activity takes its place")
        self.assertEqual(len(following.activity_ids), 1)

    def test_nothing_due(self):
        """R59: a branch whose meters are in life is left alone, until one is due."""
        self._hung("L1", "2020-04-20")
        self.assertFalse(self._plan("2026-01-19 02:20"))
        self.assertEqual(self._plan("2026-01-20 02:20").soon_count, 1)

    def test_now(self):
        """R59: an exchanged meter is off the plan at once."""
        meter = self._hung("L1", "2020-01-20")
        plan = self._plan("2026-02-02 02:20")
        with self.at("2026-02-03 09:00"):
            self.assertEqual((plan.over_now, plan.soon_now), (1, 0))
            meter.point_id._exchange(
                self._meter("L9", verified_on="2026-01-10"),
                self._day("2026-02-03"),
                10,
                0,
                "到期更换",
            )
            plan.invalidate_recordset()
            self.assertEqual((plan.over_now, plan.soon_now), (0, 0))

    def test_the_list_of_a_plan(self):
        """R4, R59: its meters, by the rights of who looks."""
        meter = self._hung("L1", "2020-01-20")
        self._hung("L3", "2025-04-20")
        plan = self._plan("2026-02-02 02:20")
        with self.at("2026-02-03 09:00"):
            action = plan.with_user(self.user_branch_head).action_meters()
            meters = self.env["haerun.meter"]
            found = meters.with_user(self.user_branch_head).search(action["domain"])
            self.assertEqual(found, meter)
            domain = self.env["haerun.meter"]._due_domain()
            self.assertIn(meter, meters.with_user(self.user_section).search(domain))
            self.assertNotIn(meter, meters.with_user(self.user_other).search(domain))
        with self.assertRaises(AccessError):
            plan.with_user(self.user_other).action_meters()
        self.assertFalse(plan.with_user(self.user_other).search([]))

    def test_no_head(self):
        """R59: a branch without a head tells a marketing representative of it."""
        self.branch.manager_id = False
        self._hung("L1", "2020-01-20")
        plan = self._plan("2026-02-02 02:20")
        self.assertIn(plan.activity_ids.user_id, self.user_reader | self.user_reader2)

    def test_a_changed_life(self):
        """R59: another life is reckoned for all meters, as one by one."""
        meters = self.env["haerun.meter"]
        for number, values in enumerate(
            (
                {"verified_on": "2020-01-20"},
                {"made_on": "2019-12-31", "diameter": "40"},
                {"verified_on": "2024-02-29", "diameter": "150"},
                {},
            )
        ):
            meters |= self._fitted(f"C{number}", **values).meter_id
        meters |= self._meter("C9", verified_on="2021-05-05")
        meters |= self._meter("C10")
        scrapped = self._meter("C11", verified_on="2021-05-05")
        scrapped.action_scrap()
        meters |= scrapped
        names = ("life_ends_on", "life_warned_on", "life_ends")
        for values in ({"years": 5, "warn_days": 45}, {"ends": "verify"}):
            self.env.ref("haerun_meter.meter_life_25").write(values)
            quick = [tuple(meter[name] for name in names) for meter in meters]
            meters._compute_life_ends_on()
            slow = [tuple(meter[name] for name in names) for meter in meters]
            self.assertEqual(quick, slow)
        self.assertEqual(str(meters[0].life_ends_on), "2025-01-20")
        self.assertEqual(meters[0].life_ends, "verify")
