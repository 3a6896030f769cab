from odoo.tests import tagged

from .tour_common import HaerunTour


@tagged("post_install", "-at_install")
class TestTourRepresentative(HaerunTour):
    """From the page of today to a signed survey record."""

    def _survey_and_sign(self):
        project = self._accept().sudo()
        self.tour("/odoo/my-work", "haerun_representative_surveys", self.user_a)
        self.assertEqual(project.step, "survey_signed")
        survey = project.survey_id
        self.assertEqual(survey.state, "signed")
        self.assertEqual(survey.outside_line, "none")
        self.assertEqual(survey.existing_pipe, "球墨铸铁管 DN200,埋深1.4米")
        self.assertEqual(survey.pressure, 0.32)
        self.assertEqual(survey.recorded_by_id, self.user_a)
        self.assertEqual(survey.signer_name, "王芳")
        self.assertTrue(survey.signature)
        self.assertTrue(survey.digest)
        self.assertEqual(survey.photo_ids.mimetype, "image/jpeg")
        self.assertEqual(survey.photo_ids.res_id, survey.id)
        self.assertEqual(survey.invitation_ids.department_id, self.branch)
        self.assertEqual(survey.invitation_ids.user_id, self.user_branch)
        self.assertEqual(set(project.sudo().clock_ids.mapped("state")), {"met"})

    def test_at_the_desk(self):
        """R17, R18, R19: survey time, units, findings, photo and signature."""
        self._survey_and_sign()

    def test_on_the_phone(self):
        """R17, R18, R19: the same on site, with the phone in the hand."""
        self.on_phone()
        self._survey_and_sign()
