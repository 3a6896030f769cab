from odoo.tests import tagged

from .tour_common import HaerunTour


@tagged("post_install", "-at_install")
class TestTourBranch(HaerunTour):
    """The branch's representative on the site, with the phone in the hand."""

    def test_on_the_phone(self):
        """R30, R31: joins the acceptance of a sub-item, raises an opinion."""
        if self.env["res.lang"]._get_data(code="zh_CN"):
            self.user_branch.lang = "zh_CN"
        self.user_branch.odoobot_state = "disabled"
        project = self._standing("nodes_passed").sudo()
        self.assertEqual(project.branch_rep_id, self.rep_branch)
        self.on_phone()
        self.tour(
            "/odoo/action-haerun_customer_rep.hookup_project_action_all",
            "haerun_branch_joins",
            self.user_branch,
        )
        joined = project.inspection_ids.filtered("branch_joined_at")
        self.assertEqual(len(joined), 1)
        self.assertEqual(joined.kind, "item")
        self.assertEqual(joined.state, "open")
        self.assertEqual(joined.branch_joined_by_id, self.user_branch)
        opinion = project.rectification_ids
        self.assertEqual(opinion.opinion, "阀门井渗水，重新做防水")
        self.assertEqual(opinion.state, "issued")
        self.assertEqual(opinion.kind, "item")
        self.assertEqual(opinion.raised_by_id, self.user_branch)
        self.assertEqual(opinion.acting_user_id, self.user_emd)
        self.assertEqual(opinion.photo_ids.mimetype, "image/jpeg")
        self.assertEqual(opinion.photo_ids.res_id, opinion.id)
