from odoo.tests import HttpCase, tagged

from .figures_common import FiguresCommon


@tagged("post_install", "-at_install")
class TestTourFigures(FiguresCommon, HttpCase):
    """The head of a branch looks where the books stand, and opens one."""

    def _go(self):
        user = self.user_branch_head
        user.odoobot_state = "disabled"
        if self.env["res.lang"]._get_data(code="zh_CN"):
            user.lang = "zh_CN"
        before = self._planned(202602, "2026-02-01 09:00")
        before.sudo().state = "audited"
        self._everything()
        self.start_tour(
            "/odoo/reading-progress", "haerun_reading_progress", login=user.login
        )

    def test_at_the_desk(self):
        """R63: totals, choices, periods, the plan."""
        self._go()

    def test_on_the_phone(self):
        """R63: the same on a screen of 375 pixels."""
        self.browser_size = "375x667"
        self.touch_enabled = True
        self._go()
