from hypothesis import HealthCheck, given, settings, strategies

from odoo.exceptions import UserError
from odoo.tests import tagged

from .hookup_common import HookupCommon


@tagged("-at_install", "post_install")
class TestHookupWaterWish(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.at(cls, "2026-09-21 09:00"):
            cls.project = cls._standing("meters_accepted")
            # reached on the way, which the shortcut does not go
            cls.project._reach("review_concluded")
            cls.project._reach("contacted")
        cls.clock = cls.project.clock_ids.filtered(
            lambda c: c.limit_code == "hookup_water_on"
        )

    def _agree(self, text):
        return (
            self.env["haerun.hookup.water.on"]
            .with_user(self.user_emd)
            .create({"project_id": self.project.id, "agreed_at": self.at_utc(text)})
        )

    def test_wish_survives_a_suspension(self):
        """R28: a day asked for still counts after the project was suspended."""
        project = self.project
        with self.at("2026-09-21 10:00"):
            weather = self.env.ref("haerun_customer_rep.pause_reason_weather")
            project.with_user(self.user_csd)._suspend(
                weather, self.at_utc("2026-09-22 10:00"), "暴雨"
            )
            project._request_water_on("2026-09-24", "told")
            self.assertEqual(self.clock.pause_reason_id, weather)
        with self.at("2026-09-22 10:00"):
            self.env["haerun.clock"]._scan_all()
        self.assertFalse(project.suspended_at)
        self.assertEqual(self.clock.state, "paused")
        self.assertEqual(self.clock.pause_until, self.at_utc("2026-09-24 00:00"))
        self.assertEqual(project.holding_ids[-1].holder, "customer")
        with self.at("2026-09-24 08:30"):
            self.env["haerun.clock"]._scan_all()
        # 1 of 3.5 hours was used before the storm
        self.assertEqual(self.clock.due_at, self.at_utc("2026-09-24 11:00"))

    def test_time_before_the_wanted_day_is_dropped(self):
        """R28: a time agreed for before the wanted day lapses; a later one stands."""
        with self.at("2026-09-21 09:30"):
            early = self._agree("2026-09-22 10:00")
            self.project._request_water_on("2026-09-22", "told")
            self.assertEqual(early.state, "agreed")
            self.project._request_water_on("2026-09-23", "written")
        self.assertEqual(early.state, "cancelled")
        self.assertFalse(self.project.water_on_id)
        self.assertEqual(self.project.activity_ids.user_id, self.user_emd)

    @settings(
        max_examples=10,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(strategies.integers(21, 30), strategies.integers(21, 30))
    def test_later_day_never_brings_the_deadline_nearer(self, one, other):
        """R28: over a weekend and a holiday, a later wish is due no earlier."""
        dues = []
        for day in sorted((one, other)):
            self.env.flush_all()
            point = self.env.cr.savepoint(flush=False)
            with self.at("2026-09-21 10:00"):
                self.project._request_water_on(f"2026-09-{day}", "told")
            if self.clock.state == "paused":
                with self.at(f"2026-09-{day} 00:01"):
                    self.env["haerun.clock"]._scan_all()
            dues.append(self.clock.due_at)
            self.env.flush_all()
            point.rollback()
            self.env.invalidate_all()
        self.assertLessEqual(self.at_utc("2026-09-21 14:00"), dues[0])
        self.assertLessEqual(*dues)

    def test_closing_over_an_open_notice(self):
        """R31, R90: an unanswered notice is named; what is closed asks nobody."""
        while self.project.step != "visited":
            self.project._advance(self.project._next_code())
        notice = self.project._issue_notices("urge", "请归档")
        with self.assertRaisesRegex(UserError, notice.name):
            self.project.with_user(self.user_a).action_close()
        notice.with_user(self.user_a).action_answer("已归档")
        self.project._ask_for("mail_activity_water_on")
        self.project.with_user(self.user_a).action_close()
        self.assertEqual(self.project.step, "closed")
        self.assertFalse(self.project.activity_ids)
        self.assertEqual(self.project.step_before_end, "visited")
        totals = self.env["haerun.holding"]._totals(
            self.project._name, self.project.ids
        )
        self.assertAlmostEqual(
            sum(totals[self.project.id].values()),
            sum(self.project.holding_ids.mapped("work_days")),
        )
