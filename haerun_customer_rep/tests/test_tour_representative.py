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
        running = project.clock_ids.filtered(lambda clock: clock.state != "met")
        self.assertEqual(running.mapped("limit_code"), ["hookup_plan_none"])
        self.assertEqual(running.state, "running")

    def test_at_the_desk(self):
        """R17, R18, R19, R20: survey, photo, signature; the plan's time runs."""
        self._survey_and_sign()

    def test_on_the_phone(self):
        """R17, R18, R19, R20: the same on site, with the phone in the hand."""
        self.on_phone()
        self._survey_and_sign()
