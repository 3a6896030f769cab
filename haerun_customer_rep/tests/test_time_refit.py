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

    def test_pauses(self):
        """R20, R120: time that was the customer's stays the customer's.

        Paused Monday 10:00 to 14:00, which are 2.5 working hours: Wednesday 17:00
        becomes Thursday 11:00. What the right limit does not pause for is charged.
        """
        customer = self.env.ref("haerun_customer_rep.pause_reason_customer")
        permit = self.env.ref("haerun_customer_rep.pause_reason_permit")
        self.urge.pause_reason_ids = customer | permit
        self.supervise.pause_reason_ids = customer
        with self.at("2026-06-01 09:00"):
            matter = self._matter()
        since = {matter.id: {"issued": self.at_utc("2026-06-01 09:00")}}
        for reason, begun, ended in (
            (customer, "2026-06-01 10:00", "2026-06-01 14:00"),
            (permit, "2026-06-01 15:00", "2026-06-01 16:00"),
        ):
            with self.at(begun):
                matter._clock_pause(reason)
            with self.at(ended):
                matter._clock_resume()
        with self.at("2026-06-02 10:00"):
            matter.sudo().write({"kind": "supervise"})
            matter._refit_clocks(since, "改为督办")
        matter.invalidate_recordset()
        fresh = matter.clock_ids.filtered(lambda c: c.limit_id == self.supervise)
        self.assertEqual(fresh.due_at, self.at_utc("2026-06-04 11:00"))
        self.assertEqual(fresh._replay().due_at, fresh.due_at)
        # in a pause it is called urging again: the clock that starts stands still
        with self.at("2026-06-02 11:00"):
            matter._clock_pause(customer, until=self.at_utc("2026-06-03 09:00"))
            matter.sudo().write({"kind": "urge"})
            matter._refit_clocks(since, "改回催办")
        matter.invalidate_recordset()
        urging = matter.clock_ids.filtered(lambda c: c.limit_id == self.urge)
        last = urging.sorted("id")[-1]
        self.assertEqual(last.state, "paused")
        self.assertEqual(last.pause_until, self.at_utc("2026-06-03 09:00"))
        kinds = last.event_ids.mapped("kind")
        self.assertEqual(
            kinds, ["start", "pause", "resume", "pause", "resume", "pause"]
        )

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
