from odoo import fields
from odoo.tests import tagged

from .tour_common import HaerunTour


@tagged("post_install", "-at_install")
class TestTourReview(HaerunTour):
    """Design unit, design-finished notice and a review round that goes back."""

    def _review(self):
        project = self._standing("plan_delivered").sudo()
        self.tour("/odoo/my-work", "haerun_representative_reviews", self.user_a)
        design = project.design_id
        self.assertEqual(design.unit_name, "青岛某设计院")
        self.assertEqual(design.qualification_no, "A137000001")
        self.assertEqual(design.qualification_until, fields.Date.to_date("2090-01-01"))
        self.assertEqual(design.how, "told")
        self.assertEqual(design.recorded_by_id, self.user_a)
        review = project.review_ids
        self.assertEqual(review.state, "returned")
        self.assertEqual(review.design_id, design)
        self.assertEqual(review.how, "told")
        self.assertEqual(review.submitted_by_id, self.user_a)
        self.assertEqual(review.attachment_ids.mapped("name"), ["施工图.png"])
        self.assertEqual(review.opinion, "请按意见修改后重新报审")
        self.assertEqual(review.reviewed_by_id, self.user_a)
        issue = review.issue_ids
        self.assertEqual(issue.drawing_no, "S-03")
        self.assertEqual(issue.clause, "GB 50268-2008 5.3.1")
        self.assertEqual(issue.text, "管道与燃气管线净距不足")
        self.assertEqual(issue.state, "open")
        self.assertEqual(project.step, "plan_delivered")
        self.assertEqual(project.setbacks, 1)

    def test_at_the_desk(self):
        """R23, R24, R25: the unit is recorded, a round opened and returned."""
        self._review()

    def test_on_the_phone(self):
        """R23, R24, R25: the same on a small screen."""
        self.on_phone()
        self._review()
