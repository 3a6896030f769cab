from odoo.exceptions import UserError
from odoo.tests import tagged

from .ticket_common import TicketCommon


@tagged("-at_install", "post_install")
class TestTicketAccount(TicketCommon):
    """The tickets of an account: its page, its button, and dunning that waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.point = cls._fitted("A1", account=cls._account("欧阳知秋"))
        cls.account = cls.point.account_id

    def test_dispute(self):
        """R47, R70: while a fee ticket is open the bill is in dispute, no longer."""
        self.assertFalse(self.account._in_dispute())
        mine = {"account_id": self.account.id, "user": self.user_cashier}
        quality = self._taken("quality_smell", **mine)
        self.assertFalse(self.account._in_dispute(), quality.title)
        fee = self._taken("fee_dispute", **mine)
        self.assertEqual(self.account._in_dispute(), self.account)
        fee.with_user(self.user_csd_service)._cancel("客户撤回")
        self.assertFalse(self.account._in_dispute())

    def test_site_check(self):
        """R74, R75: what the check finds comes back, and counts as measures on site."""
        ticket = self._forwarded(
            "fee_dispute", account_id=self.account.id, user=self.user_cashier
        )
        mine = ticket.with_user(self.user_reader)
        mine.action_sign()
        action = mine.action_ask_check()
        window = self.env["haerun.check.opening"].with_user(self.user_reader)
        window = window.with_context(**action["context"]).create({})
        self.assertEqual(window.kind_id.code, "question")
        window.action_confirm()
        check = mine.site_check_ids
        self.assertIn(ticket.number, check.text)
        check.sudo().write(
            {"state": "found", "conclusion": "表后漏水", "answer": "已讲解"}
        )
        check.sudo().write({"told_by": "visit"})
        check.with_user(self.user_reader).action_conclude()
        self.assertTrue(ticket.on_site_at)
        self.assertIn("表后漏水", ticket.event_ids[-1].text)
        with self.assertRaisesRegex(UserError, "names no account"):
            self._forwarded().with_user(self.user_handler).action_ask_check()

    def test_page(self):
        """R70, R77: on the customer's page they stand among his matters."""
        ticket = self._taken(
            "fee_dispute", account_id=self.account.id, user=self.user_reader
        )
        ticket.with_user(self.user_reader).action_forward()
        view = self.env["haerun.customer.view"].with_user(self.user_reader)
        page = view.get_customer(self.account.id)
        [matters] = [one for one in page["sections"] if one["key"] == "matters"]
        [line] = [one for one in matters["lines"] if one["model"] == "haerun.ticket"]
        self.assertEqual(line["id"], ticket.id)
        self.assertIn(ticket.number, line["title"])
        methods = [action["method"] for action in page["actions"]]
        self.assertIn("action_take_ticket", methods)
        account = self.account.with_user(self.user_reader)
        action = account.action_take_ticket()
        self.assertEqual(action["context"], {"default_account_id": account.id})
        self.assertEqual(account.ticket_count, 1)
        self.assertIn(
            ("account_id", "=", account.id), account.action_open_tickets()["domain"]
        )
