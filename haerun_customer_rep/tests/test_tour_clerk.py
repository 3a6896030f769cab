from odoo.tests import tagged

from .tour_common import HaerunTour


@tagged("post_install", "-at_install")
class TestTourClerk(HaerunTour):
    """A morning at the window."""

    def _accept_two(self):
        known = self._accept(user=self.user_clerk)
        before = self.projects.search([])
        self.tour("/odoo/hookup-intake", "haerun_clerk_accepts", self.user_clerk)
        second, first = (self.projects.search([]) - before).sorted("id", reverse=True)
        self.assertEqual(first.partner_id, known.partner_id)
        self.assertEqual(first.phone_full or first.phone, known.phone)
        self.assertEqual(first.area_id, self.area)
        self.assertEqual(first.step, "handed_over")
        self.assertEqual(first.owner_id, self.rep_a)
        self.assertEqual(first.acting_user_id, self.user_a)
        self.assertTrue(first.handed_over_at)
        self.assertEqual(second.applicant_name, "赵强")
        self.assertEqual(second.step, "accepted")
        self.assertEqual(second.missing_count, 2)
        self.assertEqual(second.material_notice_ids.given_by_id, self.user_clerk)
        self.assertEqual(len(second.material_notice_ids.line_ids), 2)
        clocks = second.sudo().clock_ids.filtered(
            lambda clock: clock.limit_code == "hookup_handover"
        )
        self.assertEqual(clocks.state, "paused")

    def test_at_the_desk(self):
        """R15, R16: one application goes on at once, one gets its one-time notice."""
        self._accept_two()

    def test_on_the_phone(self):
        """R15, R16: the same on a small screen."""
        self.on_phone()
        self._accept_two()
