from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .ticket_common import TicketCommon

#: what a caller may try to set, one by one
FORGED = {
    "number": "GD0",
    "step": "closed",
    "opened_at": "2020-01-01 00:00:00",
    "contacted_at": "2020-01-01 00:00:00",
    "replied_at": "2020-01-01 00:00:00",
    "fed_back_at": "2020-01-01 00:00:00",
    "ended_at": "2020-01-01 00:00:00",
    "limit_told_at": "2020-01-01 00:00:00",
    "due_at": "2099-01-01 00:00:00",
    "yellow_at": "2099-01-01 00:00:00",
    "due_paused": True,
    "suspended_at": "2020-01-01 00:00:00",
    "needs_audit": False,
    "result_text": "已解决",
    "return_count": 0,
    "rewrite_count": 0,
    "redo_count": 0,
    "kind": "suggestion",
    "danger": False,
    "rep_class": "engineering",
    "materials_complete": True,
}


@tagged("-at_install", "post_install")
class TestTicketRights(TicketCommon):
    """What a caller through an API may not: who held it, by when, what was said."""

    def _links(self):
        return {
            "owner_id": self.rep_b.id,
            "owner_user_id": self.user_b.id,
            "acting_user_id": self.user_b.id,
            "unit_id": self.unit.id,
            "handler_id": self.rep_b.id,
            "handling_unit_id": self.unit.id,
            "coordinator_id": self.rep_b.id,
            "intake_user_id": self.user_b.id,
            "forwarded_by_id": self.user_b.id,
            "repeat_of_id": self.Ticket.search([], limit=1).id,
        }

    def _children(self):
        now = fields.Datetime.now()
        return {
            "event_ids": [
                Command.create({"kind": "closed", "at": now, "step": "closed"})
            ],
            "reply_ids": [
                Command.create({"round": 1, "text": "x", "result": "solved"})
            ],
            "request_ids": [Command.create({"kind": "extension", "reason": "x"})],
            "clock_ids": [Command.create({"limit_code": "x", "state": "met"})],
            "holding_ids": [Command.clear()],
            "notice_once_ids": [Command.clear()],
            "child_ids": [Command.clear()],
        }

    def test_write(self):
        """R5, R43, R120: who holds the ticket or leads writes none of it either."""
        ticket = self._forwarded()
        forged = {**FORGED, **self._links(), **self._children()}
        for user in (self.user_handler, self.user_branch_head, self.user_csd_service):
            mine = ticket.with_user(user)
            for name, value in forged.items():
                with self.subTest(field=name), self.assertRaises(AccessError):
                    mine.write({name: value})

    def test_create(self):
        """R43, R120: nothing of it comes along when a ticket is taken in."""
        tickets = self.Ticket.with_user(self.user_clerk)
        for name, value in {**FORGED, **self._links(), **self._children()}.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                tickets.create(self._values(**{name: value}))

    def test_defaults(self):
        """R43, R120: nor by a context, which reaches through what the system makes."""
        forged = {**FORGED, **self._links(), "kind": "extension", "state": "met"}
        forged |= {"verdict": "passed", "at": "2020-01-01 00:00:00", "text": "假"}
        context = {f"default_{name}": value for name, value in forged.items()}
        tickets = self.Ticket.with_user(self.user_clerk).with_context(**context)
        now = fields.Datetime.now().replace(microsecond=0)
        ticket = tickets.create(self._values()).with_env(self.env)
        self.assertEqual((ticket.step, ticket.kind), ("accepted", "fault"))
        self.assertGreaterEqual(ticket.opened_at, now)
        self.assertEqual(ticket.acting_user_id, self.user_clerk)
        self.assertFalse(ticket.contacted_at or ticket.handler_id or ticket.ended_at)
        event = ticket.event_ids
        self.assertGreaterEqual(event.at, now)
        self.assertFalse(event.text)
        self.assertNotIn("met", ticket.clock_ids.mapped("state"))
        ticket.with_user(self.user_csd_service).with_context(**context).action_forward()
        self.assertEqual(ticket.handler_id, self.handler)

    def test_said(self):
        """R41: what the customer said is fixed once it is forwarded."""
        ticket = self._forwarded()
        with self.assertRaises(UserError):
            ticket.with_user(self.user_csd_service).text = "别的"
        with self.assertRaises(AccessError):
            ticket.with_user(self.user_handler).customer = "别人"
        csd = ticket.with_user(self.user_csd_service)
        csd.customer = "王方"
        self.assertEqual(ticket.customer, "王方")
        self._replied(ticket)
        with self.assertRaises(UserError):
            ticket.with_user(self.user_handler).draft = "改"

    def test_who_reads(self):
        """R4, R43: its people, its units, CSD, the section; nobody else."""
        ticket = self._forwarded()
        self.env.invalidate_all()
        reads = {
            self.user_handler: True,
            self.user_branch_head: True,
            self.user_csd_service: True,
            self.user_csd_rep: True,
            self.user_section: True,
            self.user_clerk: True,
            self.user_csd_marketing: False,
            self.user_csd: False,
            self.user_deputy: False,
            self.user_head: False,
            self.user_cashier: False,
            self.user_reader: False,
        }
        for user, may in reads.items():
            seen = ticket.with_user(user)
            self.assertEqual(seen.has_access("read"), may, user.name)
            if self.Ticket.with_user(user).has_access("read"):
                count = self.Ticket.with_user(user).search_count(
                    [("id", "=", ticket.id)]
                )
                self.assertEqual(bool(count), may, user.name)
        event = ticket.event_ids[0]
        self.assertTrue(event.with_user(self.user_handler).has_access("read"))
        self.assertFalse(event.with_user(self.user_deputy).has_access("read"))

    def test_contact(self):
        """R43: the number is masked; who works on it sees it, others leave a trace."""
        ticket = self._forwarded()
        self.env.invalidate_all()
        mine = ticket.with_user(self.user_handler)
        self.assertEqual((mine.phone, mine.phone_full), ("138****7766", "13869817766"))
        head = ticket.with_user(self.user_branch_head)
        self.assertFalse(head.phone_full)
        logs = self.env["haerun.access.log"]
        before = logs.search_count([("res_model", "=", "haerun.ticket")])
        head.action_show_contact()
        self.assertEqual(
            logs.search_count([("res_model", "=", "haerun.ticket")]), before + 1
        )
        with self.assertRaises(AccessError):
            mine.read(["phone_plain"])

    def test_foreign(self):
        """R43: nothing is hung onto what one may not read."""
        foreign = self._taken(user=self.user_cashier)
        with self.assertRaises(AccessError):
            self._taken(parent_id=foreign.id)
        ticket = self._forwarded()
        with self.assertRaises(AccessError):
            self.env["haerun.contact.log"].with_user(self.user_deputy).create(
                {"with_whom": "customer", "ticket_id": ticket.id, "matter": "打听"}
            )
        with self.assertRaises(AccessError):
            self.env["haerun.ticket.turn"].with_user(self.user_deputy).create(
                {"ticket_ids": [Command.set(ticket.ids)], "kind": "cancel"}
            )
