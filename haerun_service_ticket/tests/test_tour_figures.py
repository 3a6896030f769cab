from odoo import fields
from odoo.tests import HttpCase, tagged

from .figures_common import FiguresCommon


@tagged("post_install", "-at_install")
class TestTourFigures(FiguresCommon, HttpCase):
    """The head of a branch looks at the figures, and at the wall."""

    def _go(self, phone=False):
        if phone:
            self.browser_size = "375x667"
            self.touch_enabled = True
        user = self.user_branch_head
        user.odoobot_state = "disabled"
        if self.env["res.lang"]._get_data(code="zh_CN"):
            user.lang = "zh_CN"
        with self.at(f"{fields.Date.today().year}-01-05 09:00"):
            self._forwarded("burst_main", address="巡游路3号", rep=self.handler)
        self._forwarded("pressure_low", phone="13900000001", address="巡游路5号")
        self.start_tour(
            "/odoo/ticket-figures", "haerun_ticket_figures", login=user.login
        )
        self.start_tour("/odoo/ticket-wall", "haerun_ticket_wall", login=user.login)

    def test_at_the_desk(self):
        """R2, R48: the year, a cell of the matrix, its tickets; the wall."""
        self._go()

    def test_on_the_phone(self):
        """R2, R48: the same on a screen of 375 pixels."""
        self._go(phone=True)

    def test_leader_on_the_phone(self):
        """R2: the head opens the company's dashboard, then his branch's."""
        self.browser_size = "390x844"
        self.touch_enabled = True
        user = self.user_branch_head
        user.odoobot_state = "disabled"
        if self.env["res.lang"]._get_data(code="zh_CN"):
            user.lang = "zh_CN"
        self.start_tour("/odoo/dashboards", "haerun_dashboards", login=user.login)
