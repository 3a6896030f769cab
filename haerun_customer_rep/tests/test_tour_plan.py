from odoo.tests import tagged

from .tour_common import HaerunTour

APPROVE = "/odoo/action-haerun_customer_rep.hookup_plan_action_approve"


@tagged("post_install", "-at_install")
class TestTourPlan(HaerunTour):
    """The CSD representative's plan, from the signed survey to the customer."""

    def _plan_and_hand_over(self):
        project = self._standing("survey_signed", "household", "none").sudo()
        self.tour("/odoo/my-work", "haerun_representative_plans", self.user_a)
        plan = project.plan_id
        self.assertEqual(project.step, "plan_submitted")
        self.assertEqual(plan.state, "pending")
        self.assertEqual(plan.submitted_by_id, self.user_a)
        self.assertEqual(plan.connection_point, "小区北侧路口")
        self.assertEqual(plan.pressure, 0.35)
        self.assertEqual(plan.attachment_ids.mapped("name"), ["平面图.png"])
        self.assertEqual(plan.attachment_ids.res_id, plan.id)
        self.assertEqual(plan.approver_ids, self.user_head)

        self.tour(APPROVE, "haerun_head_approves", self.user_head)
        self.assertEqual(project.step, "plan_approved")
        self.assertEqual(plan.state, "approved")
        self.assertEqual(plan.review_ids.done_by, self.user_head)
        self.assertEqual(plan.review_ids.comment, "同意，注意与燃气管线的间距")
        self.assertTrue(plan.review_ids.reviewed_date)

        self.tour("/odoo/my-work", "haerun_representative_hands_over", self.user_a)
        self.assertEqual(project.step, "plan_delivered")
        self.assertEqual(plan.state, "delivered")
        self.assertEqual(plan.receiver_name, "王芳")
        self.assertTrue(plan.signature)
        self.assertEqual(plan.received_how, "counter")
        self.assertEqual(plan.received_user_id, self.user_a)
        self.assertEqual(plan.sent_by_id, self.user_a)

    def test_at_the_desk(self):
        """R20, R21, R22: compiled and submitted, approved by the head, received."""
        self._plan_and_hand_over()

    def test_on_the_phone(self):
        """R20, R21, R22: the same on a small screen."""
        self.on_phone()
        self._plan_and_hand_over()
