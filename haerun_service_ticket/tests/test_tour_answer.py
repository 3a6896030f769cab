from odoo.tests import HttpCase, tagged

from .answer_common import AnswerCommon


class AnswerTour(AnswerCommon, HttpCase):
    def _call(self, tour, caller, **how):
        user = self.user_csd_service
        user.odoobot_state = "disabled"
        if self.env["res.lang"]._get_data(code="zh_CN"):
            user.lang = "zh_CN"
        outage = self._outage()
        self.start_tour("/odoo/intake", tour, login=user.login, **how)
        self.env.invalidate_all()
        petition = self.Petition.search([("caller", "=", caller)])
        self.assertEqual((petition.state, petition.outage_id), ("told", outage))


@tagged("post_install", "-at_install")
class TestTourAnswer(AnswerTour):
    def test_key(self):
        """R41, R47, R48: a call from a place without water, answered by one key."""
        self._call("haerun_answer_outage", "巡游三")


@tagged("post_install", "-at_install")
class TestTourAnswerPhone(AnswerTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_thumb(self):
        """R41, R47: the same on a phone, by thumb."""
        self._call("haerun_answer_outage_phone", "巡游四")
