from odoo.exceptions import AccessError
from odoo.tests import tagged

from .intake_common import IntakeCommon


@tagged("-at_install", "post_install")
class TestDeskTell(IntakeCommon):
    """Inbox, phone, mail: who is told what, and how he wants it."""

    def setUp(self):
        super().setUp()
        self.env.cr.execute("DELETE FROM haerun_push")
        self.env.invalidate_all()

    def _pushes(self, user=None):
        domain = [("user_id", "=", user.id)] if user else []
        return self.env["haerun.push"].search(domain)

    def _send(self):
        """Send what waits; return the notifications that came of it."""
        before = self.env["mail.notification"].search([], order="id desc", limit=1).id
        with self.at("2026-06-10 10:00"):
            self.env["haerun.push"]._send_pending()
        return self.env["mail.notification"].search([("id", ">", before)])

    def test_forwarded(self):
        """R43, R121: the representative is told, who forwards is not; A away, B too."""
        ticket = self._forwarded()
        self.assertEqual(self._pushes().user_id, self.user_handler)
        self.assertEqual(self._pushes().topic, "assigned")
        ticket.acting_user_id = self.user_deputy
        self._pushes().unlink()
        ticket._tell_assigned()
        self.assertEqual(self._pushes().user_id, self.user_handler | self.user_deputy)

    def test_returned_and_rewritten(self):
        """R88, R91: what comes back says why; what is granted is told to who asked."""
        ticket = self._replied(self._forwarded())
        self._pushes().unlink()
        ticket.with_user(self.user_csd_service)._audit(False, "写明原因")
        push = self._pushes(self.user_handler)
        self.assertEqual((push.topic, push.detail), ("returned", "写明原因"))
        self._pushes().unlink()
        request = ticket.with_user(self.user_handler)._ask_return("不属本片区")
        self._pushes().unlink()
        request.with_user(self.user_csd_service).action_approve()
        self.assertEqual(self._pushes(self.user_handler).topic, "decided")
        self.assertEqual(self._pushes(self.user_csd_rep).topic, "returned")

    def test_repeated(self):
        """R86: 25 repeats linked at once are one message to who holds it."""
        ticket = self._forwarded(phone="13900000000")
        self._pushes().unlink()
        self._joined(1, ticket)
        self.assertFalse(self._pushes(), "the first is what the ticket is about")
        petitions = self.Petition
        for number in range(25):
            petitions |= self._petition(f"R-{number}", phone=f"1391000{number:04d}")
        petitions.with_user(self.user_csd_service)._link(ticket)
        push = self._pushes()
        self.assertEqual((push.user_id, push.topic), (self.user_handler, "repeated"))

    def test_children(self):
        """R103: when the last child is closed, who holds the parent is told."""
        parent = self._forwarded(phone="13900000000")
        children = self.Ticket
        for number in (1, 2):
            children |= self._forwarded(
                phone=f"1390000000{number}", parent_id=parent.id
            )
        self._pushes().unlink()
        csd = children.with_user(self.user_csd_service)
        csd[0]._cancel("重复")
        self.assertFalse(self._pushes().filtered(lambda p: p.topic == "children"))
        csd[1]._cancel("重复")
        push = self._pushes().filtered(lambda p: p.topic == "children")
        self.assertEqual((push.user_id, push.res_id), (self.user_handler, parent.id))

    def test_ways(self):
        """R20: by inbox, by mail, or not at all, as each has chosen for himself."""
        handler = self.user_handler
        handler.with_user(handler).write({"haerun_tell_assigned": "mail"})
        ticket = self._forwarded()
        mails = self.env["mail.mail"].search([])
        self.assertFalse(
            self._send().filtered(lambda n: n.notification_type == "inbox")
        )
        mail = self.env["mail.mail"].search([]) - mails
        self.assertEqual(mail.recipient_ids, handler.partner_id)
        self.assertIn(f"res_id={ticket.id}", mail.body_html)
        self.assertIn("http", mail.body_html.split("/mail/view")[0])
        handler.with_user(handler).write({"haerun_tell_assigned": "none"})
        self._forwarded(phone="13900000009")
        self.assertFalse(self._send())
        self.assertFalse(self._pushes(handler).filtered(lambda p: not p.sent_at))
        handler.with_user(handler).write({"haerun_tell_assigned": "app"})
        self._forwarded(phone="13900000008")
        told = self._send()
        self.assertEqual(told.res_partner_id, handler.partner_id)
        self.assertEqual(told.notification_type, "inbox")

    def test_not_switched_off(self):
        """R90: supervision and danger reach him whatever he has chosen."""
        handler = self.user_handler
        for field in handler._haerun_tell_fields():
            handler[field] = "none"
        ticket = self._forwarded("burst_main")
        self.assertTrue(ticket.danger)
        self.assertIn(handler.partner_id, self._send().res_partner_id)
        ticket.with_user(self.user_csd_service)._issue_notices("supervise", "限期")
        self.assertIn(handler.partner_id, self._send().res_partner_id)

    def test_one_message(self):
        """R20: several matters are one message a person and way."""
        self._forwarded(phone="13900000001")
        self._forwarded(phone="13900000002")
        told = self._send()
        mine = told.filtered(
            lambda one: one.res_partner_id == self.user_handler.partner_id
        )
        self.assertEqual(len(mine), 1)

    def test_preference_of_another(self):
        """R5: nobody chooses for another."""
        with self.assertRaises(AccessError):
            self.user_handler.with_user(self.user_deputy).write(
                {"haerun_tell_assigned": "none"}
            )
