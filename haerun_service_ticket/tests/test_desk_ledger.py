from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools import ticket_way as way
from .intake_common import IntakeCommon

#: where a ticket stands after a line of its ledger; the rest move nothing
STEP_AFTER = {
    "opened": "accepted",
    "forwarded": "forwarded",
    "returned": "accepted",
    "signed": "signed",
    "audited": "audited",
    "rewrite": "signed",
    "fed_back": "fed_back",
    "closed": "closed",
    "cancelled": "cancelled",
}


@tagged("-at_install", "post_install")
class TestDeskLedger(IntakeCommon):
    """客户服务台账: each petition and ticket, with what happened, in order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Ledger = cls.env["haerun.service.ledger"]

    def _rows(self, tickets, user=None):
        self.env.flush_all()
        ledger = self.Ledger.with_user(user or self.user_csd_service)
        return ledger.search([("ticket_id", "in", tickets.ids)], order="at, id")

    # ------------------------------------------------------------- rows
    def test_row_of_a_ticket(self):
        """R100, R101, R102, R103: who came by phone is one row, with all facts."""
        with self.at("2026-06-01 09:00"):
            ticket = self._fed_back(self._forwarded())
            self._visited(ticket, "4")
        row = self._rows(ticket)
        self.assertEqual(len(row), 1)
        self.assertEqual(row.number, ticket.number)
        self.assertEqual((row.customer, row.phone), ("王芳", "138****7766"))
        self.assertEqual((row.unit_id, row.handler_id), (self.branch, self.handler))
        for name in ("forwarded_at", "signed_at", "contacted_at", "replied_at"):
            self.assertEqual(row[name], ticket[name], name)
        self.assertEqual((row.step, row.result), ("closed", "solved"))
        self.assertEqual((row.satisfaction, row.clocks_missed), ("4", 0))
        self.assertEqual(
            row.clocks_met, len(ticket.clock_ids.filtered(lambda c: c.state == "met"))
        )
        kinds = [line["kind"] for line in row._history()[row.id]]
        self.assertEqual(kinds, ticket.event_ids.mapped("kind"))
        self.assertIn("减压阀", row.history)

    def test_row_of_each_petition(self):
        """R98, R100: two channels, two rows, each with its own number and answer."""
        ticket, petitions = self._joined(2)
        rows = self._rows(ticket)
        self.assertEqual(rows.petition_id, petitions)
        self.assertEqual(
            sorted(rows.mapped("external_no")), sorted(petitions.mapped("external_no"))
        )
        self.assertEqual(rows.mapped("number"), rows.petition_id.mapped("number"))
        history = rows._history()
        for row in rows:
            kinds = [line["kind"] for line in history[row.id]]
            self.assertEqual(kinds.count("received"), 1)
            self.assertIn("forwarded", kinds)

    def test_waiting_petition(self):
        """R98, R100: what still waits at the desk is in the ledger already."""
        petition = self._petition("W-1", user=self.user_clerk)
        self.env.flush_all()
        row = self.Ledger.with_user(self.user_clerk).search(
            [("petition_id", "=", petition.id)]
        )
        self.assertEqual((row.step, row.external_no), (False, "W-1"))
        self.assertEqual(row.unit_id, self.branch)
        self.assertEqual(
            row.with_user(self.user_clerk).action_open()["res_id"], petition.id
        )

    def test_complete(self):
        """R100: each petition stands in it once, each ticket at least once."""
        self._joined(3)
        self._taken(phone="13900000001")
        self._petition("C-1")
        self.env.flush_all()
        rows = self.Ledger.search([])
        petitions = self.Petition.search([])
        tickets = self.Ticket.search([])
        self.assertEqual(len(rows), len(set(rows.ids)))
        self.assertEqual(rows.petition_id, petitions & rows.petition_id)
        self.assertEqual(set(rows.petition_id.ids), set(petitions.ids))
        self.assertEqual(
            len(rows.filtered("petition_id")), len(petitions), "none of them twice"
        )
        self.assertEqual(set(rows.ticket_id.ids), set(tickets.ids))

    def test_rights(self):
        """R100: read with its ticket and by the head; a foreign branch sees nothing."""
        ticket = self._forwarded()
        for user in (self.user_handler, self.user_branch_head, self.user_csd_service):
            self.assertEqual(len(self._rows(ticket, user)), 1, user.name)
        self.assertFalse(self._rows(ticket, self.user_other))
        row = self._rows(ticket)
        with self.assertRaises(AccessError):
            row.write({"customer": "x"})

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        acts=st.lists(
            st.sampled_from(
                ["handle", "reply", "pass", "rewrite", "feed", "cancel", "return"]
            ),
            max_size=8,
        )
    )
    def test_replay(self, acts):
        """R100, R103: read in order, the ledger tells where the ticket stands."""
        with self.undone():
            ticket = self._forwarded()
            for act in acts:
                self._act(ticket, act)
            row = self._rows(ticket)
            lines = row._history()[row.id]
            moments = [line["at"] for line in lines]
            self.assertEqual(moments, sorted(moments))
            step = None
            for line in lines:
                if line["kind"] == "replied":
                    step = "replied" if ticket.needs_audit else "audited"
                step = STEP_AFTER.get(line["kind"], step)
            self.assertEqual(step, ticket.step)
            self.assertEqual(row.step, ticket.step)

    def _act(self, ticket, act):
        """One act, if it is the ticket's next."""
        csd = ticket.with_user(self.user_csd_service)
        if ticket.step in way.ENDED:
            return
        if act == "cancel":
            csd._cancel("客户撤回")
        elif act == "return" and ticket.step in way.HANDLING:
            request = ticket.with_user(self.user_handler)._ask_return("不属本片区")
            request.with_user(self.user_csd_service).action_approve()
            csd._forward(self.handler)
        elif act == "handle" and ticket.step in way.HANDLING:
            self._handled(ticket)
        elif act == "reply" and ticket.step in way.HANDLING:
            self._replied(ticket)
        elif act == "pass" and ticket.step == "replied":
            csd._audit(True)
        elif act == "rewrite" and ticket.step == "replied":
            csd._audit(False, "写明原因")
        elif act == "feed" and ticket.step == "audited":
            csd._feed_back(self.phone_channel, "已告知")
