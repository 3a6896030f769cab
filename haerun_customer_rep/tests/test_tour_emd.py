from odoo.tests import tagged

from .tour_common import HaerunTour


@tagged("post_install", "-at_install")
class TestTourEmd(HaerunTour):
    """The engineer of EMD on the site, with the phone in the hand."""

    def test_on_the_phone(self):
        """R12, R27, R30, R31: a node not passed, its opinion raised and reported."""
        if self.env["res.lang"]._get_data(code="zh_CN"):
            self.user_emd.lang = "zh_CN"
        self.user_emd.odoobot_state = "disabled"
        project = self._standing("construction_filed")
        self.on_phone()
        self.tour("/odoo/my-work", "haerun_emd_inspects", self.user_emd)
        line = project.inspection_ids.filtered(lambda i: i.state == "failed")
        self.assertEqual(line.name, "管沟开挖与基础")
        self.assertEqual(line.inspected_by_id, self.user_emd)
        self.assertEqual(line.photo_ids.mimetype, "image/jpeg")
        opinion = project.rectification_ids
        self.assertEqual(opinion.state, "rectified")
        self.assertEqual(opinion.inspection_id, line)
        self.assertTrue(opinion.photo_ids and opinion.photo_after_ids)
        self.assertEqual(opinion.photo_after_ids.res_id, opinion.id)
        self.assertEqual(project.setbacks, 1)
