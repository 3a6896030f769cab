from odoo.tests import tagged

from .tour_common import HaerunTour
from .visit_common import VisitCommon


@tagged("post_install", "-at_install")
class TestTourVisit(VisitCommon, HaerunTour):
    """The CSD representative calls a customer and asks how it went."""

    def _call(self):
        project = self._opened().sudo()
        visit = self._visit(project)
        self.tour("/odoo/return-visits", "haerun_visit_call", self.user_a)
        self.assertEqual(visit.state, "done")
        self.assertEqual(visit.satisfaction, "5")
        self.assertEqual(visit.attempt_ids.outcome, "reached")
        self.assertEqual(
            set(visit.answer_ids.filtered("required").mapped("score")), {0, 4}
        )
        self.assertIn(project.step, ("visited", "closed"))

    def test_at_the_desk(self):
        """R8, R38: reached, asked, concluded."""
        self._call()

    def test_on_the_phone(self):
        """R8, R38: the same with the phone in the hand."""
        self.on_phone()
        self._call()
