import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .ticket_common import TicketCommon


@tagged("-at_install", "post_install")
class TestTicketJson2(TicketCommon, HttpCase):
    """What a caller over HTTP may, and what he may not."""

    def _call(self, method, user, context=None, **arguments):
        key = (
            self.env["res.users.apikeys"]
            .with_user(user)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )
        return self.url_open(
            f"/json/2/haerun.ticket/{method}",
            data=json.dumps({**arguments, "context": context or {}}),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )

    def test_over_http(self):
        """R43, R120: a ticket is taken in; who holds it and by when nobody writes."""
        values = self._values()
        answer = self._call("create", self.user_clerk, vals_list=[values])
        self.assertEqual(answer.status_code, 200, answer.text)
        ticket = self.Ticket.browse(answer.json())
        self.assertEqual(ticket.step, "accepted")
        forged = {"owner_user_id": self.user_b.id, "due_at": "2099-01-01 00:00:00"}
        for name, value in forged.items():
            answer = self._call(
                "create", self.user_clerk, vals_list=[{**values, name: value}]
            )
            self.assertEqual(answer.status_code, 403, name)
            answer = self._call(
                "write", self.user_clerk, ids=ticket.ids, vals={name: value}
            )
            self.assertEqual(answer.status_code, 403, name)
        context = {f"default_{name}": value for name, value in forged.items()}
        answer = self._call(
            "create", self.user_clerk, context=context, vals_list=[values]
        )
        other = self.Ticket.browse(answer.json())
        self.assertNotEqual(other.owner_user_id, self.user_b)
        self.assertLess(other.due_at, fields.Datetime.now() + timedelta(days=60))
        for method in ("_forward", "_close", "_reach"):
            answer = self._call(method, self.user_csd_service, ids=ticket.ids)
            self.assertIn(answer.status_code, (403, 404), method)
        answer = self._call("action_sign", self.user_clerk, ids=ticket.ids)
        self.assertEqual(answer.status_code, 403)
        answer = self._call("action_forward", self.user_clerk, ids=ticket.ids)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.env.invalidate_all()
        self.assertEqual(ticket.acting_user_id, self.user_handler)
