from odoo.tests import HttpCase, tagged

from .ticket_common import TicketCommon


@tagged("post_install", "-at_install")
class TestTourTicket(TicketCommon, HttpCase):
    """The representative replies, CSD audits, in the browser."""

    def _in_chinese(self, *users):
        for user in users:
            user.odoobot_state = "disabled"
            if self.env["res.lang"]._get_data(code="zh_CN"):
                user.lang = "zh_CN"

    def _go(self):
        self._in_chinese(self.user_handler)
        ticket = self._forwarded("attitude", title="大厅排队太久")
        self.start_tour("/odoo/tickets", "haerun_ticket", login=self.user_handler.login)
        self.env.invalidate_all()
        self.assertEqual((ticket.step, ticket.result), ("replied", "solved"))
        self.assertTrue(ticket.limit_told_at)
        return ticket

    def test_on_the_phone(self):
        """R93, R96, R102: signed, contacted, told and replied with the thumb."""
        self.browser_size = "375x667"
        self.touch_enabled = True
        self._go()

    def test_audit(self):
        """R91, R96, R97: the same at the desk; then audited and fed back by CSD."""
        ticket = self._go()
        self._in_chinese(self.user_csd_service)
        action = self.env.ref("haerun_service_ticket.ticket_action_audit")
        self.start_tour(
            f"/odoo/action-{action.id}",
            "haerun_ticket_audit",
            login=self.user_csd_service.login,
        )
        self.env.invalidate_all()
        self.assertEqual((ticket.step, ticket.open_visits), ("fed_back", True))
