from odoo.tests import tagged

from .accountability_common import AccountabilityCommon
from .tour_common import HaerunTour


@tagged("post_install", "-at_install")
class TestTourAccountability(AccountabilityCommon, HaerunTour):
    """The person concerned on the phone, the investigator at the desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.user_x | cls.user_inv
        values = {"odoobot_state": "disabled"}
        if cls.env["res.lang"]._get_data(code="zh_CN"):
            values["lang"] = "zh_CN"
        users.write(values)

    def test_person_reads_and_appeals(self):
        """R113, R119: he reads his decision, signs for it, and appeals."""
        decision = self._served()
        self.on_phone()
        self.tour("/odoo/my-decisions", "haerun_accountability_person", self.user_x)
        self.assertTrue(decision.read_at)
        self.assertEqual(decision.appeal_ids.state, "filed")
        self.assertEqual(decision.appeal_ids.text, "通知由外包单位负责")

    def test_investigator(self):
        """R116, R117: taken, evidence on file, finding, opinion handed in."""
        case = self._open()
        self.tour("/odoo/accountability", "haerun_accountability_case", self.user_inv)
        self.assertEqual(case.state, "approval")
        self.assertEqual(case.evidence_ids.name, "通话录音")
        self.assertEqual(case.person_ids.finding, "true")
        self.assertEqual(case.opinion_ids.text, "建议通报批评")
