from odoo.tests import HttpCase, tagged

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestTourCheck(CheckCommon, HttpCase):
    """The representative goes through a check in the browser."""

    def _go(self):
        self.user_reader.odoobot_state = "disabled"
        if self.env["res.lang"]._get_data(code="zh_CN"):
            self.user_reader.lang = "zh_CN"
        check = self._opened(self._fitted("TOUR1", start=10), "leak")
        self.start_tour(
            "/odoo/site-checks", "haerun_site_check", login=self.user_reader.login
        )
        self.env.invalidate_all()
        self.assertEqual(check.state, "concluded")
        self.assertEqual(check.dial_reading_id.value, 12)
        self.assertEqual(len(check.photo_ids), 1)

    def test_at_the_desk(self):
        """R72: signed for, arrived, found, concluded."""
        self._go()

    def test_on_the_phone(self):
        """R72: the same with the phone in the hand, on a screen of 375 pixels."""
        self.browser_size = "375x667"
        self.touch_enabled = True
        self._go()
