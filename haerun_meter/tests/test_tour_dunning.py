from odoo.tests import HttpCase, tagged

from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
class TestTourDunning(DunningCommon, HttpCase):
    """The representative goes through his list with the thumb."""

    today = None

    def setUp(self):
        super().setUp()
        self.session = None  # the browser's; the cashier's is not needed here
        self.user_reader.odoobot_state = "disabled"
        if self.env["res.lang"]._get_data(code="zh_CN"):
            self.user_reader.lang = "zh_CN"
        self.first = self._dunned(amount=80)
        self.second = self._dunned(self.account2, 70)

    def _go(self):
        self.start_tour(
            "/odoo/dunnings", "haerun_dunning", login=self.user_reader.login
        )
        self.env.invalidate_all()
        self.assertEqual(self.first.state, "promised")
        self.assertEqual(self.first.record_ids.note, "周五发工资后缴")
        self.assertEqual(self.second.state, "waiting")

    def test_at_the_desk(self):
        """R64: contact, promise, the next one."""
        self._go()

    def test_on_the_phone(self):
        """R64, R66: the same on a screen of 375 pixels."""
        self.browser_size = "375x667"
        self.touch_enabled = True
        self._go()
