from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools import order_way as way
from .order_common import OrderCommon


@tagged("-at_install", "post_install")
class TestOrderRights(OrderCommon):
    """Rights lie in the steps; what a step sets nobody writes."""

    def test_fields_of_the_steps(self):
        """R5, R109, R110: instants, steps and holders are written by nobody."""
        order = self._opened("burst")
        mine = self._mine(order)
        for values in (
            {"step": "closed"},
            {"arrived_at": "2020-01-01 00:00:00"},
            {"water_stopped_at": "2020-01-01 00:00:00"},
            {"repaired_at": "2020-01-01 00:00:00"},
            {"severe": False},
            {"acting_user_id": self.user_fitter.id},
            {"owner_id": self.deputy.id},
            {"sheet_id": False},
            {"sample_verdict": "good"},
            {"to_sample": False},
            {"tick_ids": [(5, 0, 0)]},
            {"event_ids": [(5, 0, 0)]},
        ):
            with self.assertRaises(AccessError, msg=values):
                mine.write(values)
            with self.assertRaises(AccessError, msg=values):
                self._opened(**values)
        forged = self.Order.with_user(self.user_handler).with_context(
            default_step="closed",
            default_severe=True,
            default_opened_at="2020-01-01 00:00:00",
        )
        fresh = forged.create({"kind_id": self._kind("visit").id, "task": "去看看"})
        self.assertEqual((fresh.step, fresh.severe), ("planned", False))
        self.assertNotEqual(str(fresh.opened_at)[:4], "2020")

    def test_ticks_are_not_written(self):
        """R104, R105, R106, R107, R108: who ticked when is the server's to say."""
        order = self._opened()
        tick = order.tick_ids[0].with_user(self.user_fitter)
        for values in ({"verdict": "met"}, {"at": "2020-01-01 00:00:00"}):
            with self.assertRaises(AccessError):
                tick.write(values)
        with self.assertRaises(AccessError):
            tick.create({"order_id": order.id, "moment": "depart", "name": "x"})

    def test_every_field_is_said(self):
        """R5: a field of a later room is protected until it is named by hand."""
        self.assertLess(way.BY_HAND, set(self.Order._fields))
        self.assertFalse(way.BY_HAND & self.Order._haerun_protected)
        self.assertIn("sheet_id", self.Order._haerun_protected)

    def test_team(self):
        """R85: any of the team carries it out; strangers neither see nor do."""
        order = self._opened()
        self.assertTrue(self._mine(order, self.user_fitter2).may_work)
        stranger = self._user("test_stranger", "外人", "representative")
        self.assertFalse(self.Order.with_user(stranger).search([("id", "=", order.id)]))
        with self.assertRaises(AccessError):
            order.with_user(stranger).action_depart()
        self._mine(order).action_take()
        self.assertEqual(order.worker_id, self.user_fitter)

    def test_given_away(self):
        """R85, R120: who plans gives it away, the team does not; once there, nobody."""
        order = self._opened()
        with self.assertRaises(AccessError):
            self._mine(order).write({"team_id": False})
        with self.assertRaises(AccessError):
            self._mine(order)._give(self.team, self.user_fitter2)
        holder = order.with_user(self.user_handler)
        with self.assertRaisesRegex(UserError, "does not belong"):
            holder._give(self.team, self.user_cashier)
        holder._give(self.team, self.user_fitter2)
        self.assertEqual(order.worker_id, self.user_fitter2)
        other = self.team.create({"name": "二班(试)", "unit_id": self.branch.id})
        holder.team_id = other
        self.assertFalse(order.worker_id, "he is not of that team")
        holder._give(self.team, self.user_fitter)
        self._there(order)
        with self.assertRaises(UserError):
            holder._give(self.team, self.user_fitter2)

    def test_deputy(self):
        """R121: B steps in for A, and it says for whom."""
        order = self._opened()
        self._away(self.handler, self.deputy)
        self.assertEqual(order.acting_user_id, self.user_deputy)
        deputy = order.with_user(self.user_deputy)
        deputy.action_tick_all()
        deputy.action_depart()
        event = order.event_ids[-1]
        self.assertEqual(
            (event.user_id, event.for_id), (self.user_deputy, self.user_handler)
        )

    def test_who_reads_the_ticket_reads_it(self):
        """R87: CSD sees who was sent out for what it forwarded."""
        ticket = self._forwarded("leak_meter")
        order = self._opened(ticket=ticket)
        found = self.Order.with_user(self.user_csd_rep)
        self.assertTrue(found.search([("id", "=", order.id)]))
        with self.assertRaises(AccessError):
            order.with_user(self.user_csd_rep).action_depart()

    def test_phone(self):
        """R85: who goes there sees the number, until it has ended."""
        order = self._opened("burst")
        self.assertEqual(self._mine(order).phone_full, "13869817766")
        self.assertEqual(order.with_user(self.user_branch_head).phone_full, False)
        self.assertEqual(order.phone, "138****7766")
        self._done(order)
        order.invalidate_recordset()
        self.assertFalse(self._mine(order).phone_full)

    def test_cancel(self):
        """R85: who opened it takes it back until somebody is there."""
        mine = self._opened(user=self.user_fitter)
        mine.with_user(self.user_fitter)._cancel("开错了")
        self.assertEqual(mine.step, "cancelled")
        again = self._opened(user=self.user_fitter)
        self._there(again)
        with self.assertRaises(AccessError):
            again.with_user(self.user_fitter)._cancel("不去了")
        again.with_user(self.user_branch_head)._cancel("改期重开")
        with self.assertRaises(UserError):
            again.with_user(self.user_branch_head)._cancel("再来")

    def test_stays(self):
        """R110: a work order is neither copied nor deleted."""
        order = self._opened()
        with self.assertRaises(UserError):
            order.copy()
        with self.assertRaises(UserError):
            order.unlink()
