from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .order_common import OrderCommon


@tagged("-at_install", "post_install")
class TestOrderSample(OrderCommon):
    """Quality of civil work: its own list, and an inspector's sample (R108)."""

    def test_own_list(self):
        """R108: repairs and civil work have a list of their own, with a photo."""
        for kind, wanted in (("civil", True), ("repair", True), ("visit", False)):
            order = self._opened(kind)
            self.assertEqual(bool(order.tick_work_ids), wanted, kind)
        mine = self._there(self._opened("civil"))
        with self.assertRaisesRegex(UserError, "回填分层夯实.*is not ticked"):
            mine.action_done()

    def test_drawn(self):
        """R108: the share of the kind is drawn, and nobody can tell which."""
        kind = self._kind("civil")
        kind.sample_share = 100
        order = self._opened("civil")
        self._done(order)
        self.assertTrue(order.to_sample)
        kind.sample_share = 0
        order = self._opened("civil")
        self._done(order)
        self.assertFalse(order.to_sample)

    def test_inspected(self):
        """R108: an inspector says what he saw; who worked on it does not."""
        self._kind("civil").sample_share = 100
        order = self._opened("civil")
        self._done(order)
        for user in (self.user_fitter, self.user_handler):
            with self.assertRaisesRegex(AccessError, "nobody who worked"):
                order.with_user(user)._sample("good")
        inspector = order.with_user(self.user_auditor)
        with self.assertRaisesRegex(UserError, "what is not in order"):
            inspector._sample("faults", " ")
        fault = order.tick_work_ids[-1]
        photo = self._photo(self.user_auditor)
        sample = inspector._sample("faults", "路面高出两厘米", fault, photo)
        self.assertEqual((order.sample_verdict, order.to_sample), ("faults", False))
        self.assertEqual((sample.user_id, sample.fault_ids), (self.user_auditor, fault))
        self.assertEqual(sample.photo_count, 1)
        with self.assertRaises(AccessError):
            sample.verdict = "good"
        told = self.env["haerun.push"].sudo().search([("res_id", "=", order.id)])
        self.assertIn(self.user_fitter, told.user_id)

    def test_done_anew(self):
        """R108: what was found is done anew, by another order that names this one."""
        order = self._opened("civil")
        self._done(order)
        holder = order.with_user(self.user_handler)
        context = holder.action_redo()["context"]
        orders = self.Order.with_user(self.user_handler).with_context(**context)
        again = Form(orders).save()
        again = again.with_env(self.env)
        self.assertEqual((again.redo_of_id, again.kind_id), (order, order.kind_id))
        self.assertEqual(again.address, order.address)
