from odoo.exceptions import UserError
from odoo.tests import tagged

from .order_common import OrderCommon

#: diameter in mm: hours for the repair
REPAIR = {0: 12, 63: 12, 99: 12, 100: 24, 300: 24, 301: 36, 800: 36, 1000: 48}


@tagged("-at_install", "post_install")
class TestOrderLeak(OrderCommon):
    """A severe leak: stopped at once, repaired without a break, never paused (R109)."""

    def test_instants(self):
        """R109: stop, start and end of the repair are instants of the server.

        Opened Sunday 22:00, hours of the clock, a holiday makes no difference.
        """
        with self.at("2026-06-07 22:00"):
            order = self._opened("burst", diameter=300)
        with self.at("2026-06-07 22:40"):
            mine = self._there(order)
        arrive = self._order_clock(order, "arrive_severe")
        self.assertEqual(arrive.state, "met")
        with self.at("2026-06-08 01:59"):
            mine.action_stop_water()
        self.assertEqual(self._order_clock(order, "stop_water").state, "met")
        with self.at("2026-06-08 02:10"):
            mine.action_start_repair()
        with self.at("2026-06-08 21:59"):
            mine.action_end_repair()
        self.assertEqual(self._order_clock(order, "repair_dn300").state, "met")
        with self.at("2026-06-08 22:30"):
            mine.action_restore_water()
        self.assertEqual(str(order.water_stopped_at), "2026-06-07 17:59:00")
        self.assertEqual(str(order.repair_started_at), "2026-06-07 18:10:00")
        self.assertEqual(str(order.repaired_at), "2026-06-08 13:59:00")
        kinds = order.event_ids.mapped("kind")
        self.assertEqual(kinds[-4:], ["stopped", "started", "repaired", "restored"])

    def test_too_late(self):
        """R109: water that is stopped after four hours is stopped too late."""
        with self.at("2026-06-06 22:00"):
            order = self._opened("burst")
        with self.at("2026-06-06 23:01"):
            mine = self._there(order)
        with self.at("2026-06-07 02:01"):
            mine.action_stop_water()
        states = {c.limit_code: c.state for c in order.clock_ids}
        self.assertEqual(states["work_arrive_severe"], "missed")
        self.assertEqual(states["work_stop_water"], "missed")

    def test_hours_by_diameter(self):
        """R109: the time for the repair by the diameter of the pipe, by hand."""
        for diameter, hours in REPAIR.items():
            with self.at("2026-06-06 22:00"):
                order = self._opened("burst", diameter=diameter)
            [clock] = order.clock_ids.filtered(
                lambda c: c.limit_id.end_milestone_id.code == "repaired"
            )
            self.assertEqual(
                (clock.due_at - order.opened_at).seconds / 3600 % 24, (hours % 24)
            )
            self.assertEqual((clock.due_at - order.opened_at).days, hours // 24)

    def test_never_pauses(self):
        """R109: no way leads to a pause: not the order's, not the clock's own."""
        order = self._opened("burst")
        reason = self.env.ref("haerun_customer_rep.pause_reason_weather")
        later = self._at("2099-01-01 00:00:00")
        holder = order.with_user(self.user_handler)
        with self.assertRaisesRegex(UserError, "never waits"):
            holder._suspend(reason, later, "下暴雨")
        with self.assertRaises(UserError):
            order._clock_pause(reason, until=later)
        for clock in order.clock_ids:
            self.assertFalse(clock.limit_id.pause_reason_ids)
            with self.assertRaises(UserError):
                clock._pause(reason, until=later)
        self.assertEqual(set(order.clock_ids.mapped("state")), {"running"})

    def test_order_of_instants(self):
        """R109: each instant once, one after the other, and none left out."""
        mine = self._there(self._opened("burst"))
        with self.assertRaisesRegex(UserError, "note “Water stopped” first"):
            mine.action_start_repair()
        mine.action_stop_water()
        with self.assertRaisesRegex(UserError, "noted at .* already"):
            mine.action_stop_water()
        with self.assertRaisesRegex(UserError, "note “Repair begun” first"):
            mine.action_end_repair()
        with self.assertRaisesRegex(UserError, "note “Repair begun”; note “Repair en"):
            mine.action_done()
        calm = self._there(self._opened("repair"))
        with self.assertRaisesRegex(UserError, "no part of this work order"):
            calm.action_stop_water()

    def test_found_severe(self):
        """R109: what turns out severe on site runs by its own clocks from opening."""
        with self.at("2026-06-06 09:00"):
            order = self._opened("repair")
        with self.at("2026-06-06 10:30"):
            mine = self._there(order)
            mine.action_severe()
        states = {c.limit_code: c for c in order.clock_ids}
        self.assertEqual(states["work_finish"].state, "cancelled")
        stop = states["work_stop_water"]
        self.assertEqual(
            (stop.state, str(stop.due_at)), ("running", "2026-06-06 05:00:00")
        )
        with self.assertRaisesRegex(UserError, "already"):
            mine.action_severe()

    def test_another_pipe(self):
        """R109: a diameter put right changes the time as of the opening."""
        with self.at("2026-06-06 09:00"):
            order = self._opened("burst")
        with self.at("2026-06-06 10:00"):
            mine = self._there(order)
            mine.diameter = 500
        clock = self._order_clock(order, "repair_dn800")
        self.assertEqual(str(clock.due_at), "2026-06-07 13:00:00")
        self.assertEqual(self._order_clock(order, "repair_dn100").state, "cancelled")

    def test_stop_and_restore(self):
        """R109: water that is stopped or restored by itself is an instant as well."""
        stop = self._there(self._opened("stop"))
        with self.assertRaisesRegex(UserError, "note “Water stopped”"):
            stop.action_done()
        stop.action_stop_water()
        restore = self._there(self._opened("restore"))
        restore.action_restore_water()
        self.assertTrue(stop.water_stopped_at and restore.water_restored_at)

    def test_closed_unsigned(self):
        """R109, R110: nobody signs for a burst main; it closes with the work."""
        order = self._opened("burst")
        self._done(order)
        self.assertEqual((order.step, order.sign_way), ("closed", False))
