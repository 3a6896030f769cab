from odoo.tests import tagged

from .common import SupervisedCommon


@tagged("-at_install", "post_install")
class TestTimeRefit(SupervisedCommon):
    """What a matter is changes while it runs: its clocks follow, its time does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.urge = cls._limit(
            cls.issued, cls.answered, 5, "work_day", condition="[('kind', '=', 'urge')]"
        )
        cls.supervise = cls._limit(
            cls.issued,
            cls.answered,
            2,
            "work_day",
            code="test_supervise",
            condition="[('kind', '=', 'supervise')]",
        )
        cls.all = cls._limit(cls.issued, cls.acknowledged, 4, "work_hour")

    def test_follow(self):
        """R20, R120: the wrong limit lapses, the right one counts from the beginning.

        Monday 09:00 + 2 working days = Wednesday's close of business, 17:00; the
        matter was called something else until Tuesday 10:00.
        """
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        since = {matter.id: {"issued": self.at_utc("2026-06-01 09:00")}}
        by_limit = {clock.limit_id: clock for clock in matter.clock_ids}
        self.assertEqual(set(by_limit), {self.urge, self.all})
        with self.at("2026-06-02 10:00"):
            matter.sudo().write({"kind": "supervise"})
            matter._refit_clocks(since, "改为督办")
        matter.invalidate_recordset()
        now = {clock.limit_id: clock for clock in matter.clock_ids}
        self.assertEqual(now[self.urge].state, "cancelled")
        self.assertEqual(now[self.urge].event_ids[-1].reason, "改为督办")
        self.assertEqual(now[self.all], by_limit[self.all], "runs on as it was")
        fresh = now[self.supervise]
        self.assertEqual(fresh.started_at, self.at_utc("2026-06-01 09:00"))
        self.assertEqual(fresh.due_at, self.at_utc("2026-06-03 17:00"))
        self.assertEqual(fresh._replay().due_at, fresh.due_at)
        with self.at("2026-06-02 11:00"):
            matter._refit_clocks(since, "再来一次")
        self.assertEqual(len(matter.clock_ids), 3, "nothing twice")

    def test_reached(self):
        """R20: a limit whose end is reached does not start any more."""
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        reached = {
            "issued": self.at_utc("2026-06-01 09:00"),
            "answered": self.at_utc("2026-06-01 10:00"),
        }
        with self.at("2026-06-01 10:00"):
            matter._reach("answered")
            matter.sudo().write({"kind": "supervise"})
            matter._refit_clocks({matter.id: reached}, "改为督办")
        self.assertNotIn(self.supervise, matter.clock_ids.limit_id)
