from odoo.tests import HttpCase, tagged

from .intake_common import IntakeCommon


@tagged("post_install", "-at_install")
class TestTourIntake(IntakeCommon, HttpCase):
    """A call at the desk, by keys alone."""

    def test_desk(self):
        """R41, R43, R98, R99: the second caller belongs to what the first opened."""
        user = self.user_csd_service
        user.odoobot_state = "disabled"
        if self.env["res.lang"]._get_data(code="zh_CN"):
            user.lang = "zh_CN"
        self.start_tour("/odoo/intake", "haerun_intake_desk", login=user.login)
        self.env.invalidate_all()
        petitions = self.Petition.search([("caller", "=like", "巡游%")], order="id")
        self.assertEqual(petitions.mapped("caller"), ["巡游一", "巡游二"])
        ticket = petitions.ticket_id
        self.assertEqual(len(ticket), 1)
        self.assertEqual((ticket.step, ticket.repeat_count), ("forwarded", 1))
