from odoo.exceptions import AccessError
from odoo.tests import tagged

from .intake_common import IntakeCommon


@tagged("-at_install", "post_install")
class TestIntakeAccountability(IntakeCommon):
    """A petition or ticket leads to accountability, and bears no trace (R112, R119)."""

    def _open_from(self, record):
        """A case that the section opens from ``record``."""
        action = record.with_user(self.user_section).action_open_accountability()
        window = (
            self.env["haerun.accountability.open"]
            .with_user(self.user_section)
            .with_context(**action["context"])
            .create({})
        )
        window.action_confirm()
        return self.env["haerun.accountability.case"].search([], limit=1)

    def test_from_a_ticket(self):
        """R112, R119: who handles it is concerned, and sees the ticket as before."""
        ticket = self._forwarded()
        handler = ticket.sudo().acting_user_id
        theirs = ticket.with_user(handler)
        self.env.flush_all()
        self.env.invalidate_all()
        # what is computed from the clock of the wall changes by itself
        kept = [
            name
            for name, field in ticket._fields.items()
            if field.store and theirs._has_field_access(field, "read")
        ]
        before = theirs.read(kept)[0]
        case = self._open_from(ticket)
        self.assertEqual(case.person_ids.user_id, handler)
        self.assertIn(handler, case.hidden_user_ids)
        self.assertEqual((case.source_model, case.source_id), (ticket._name, ticket.id))
        self.env.invalidate_all()
        self.assertEqual(theirs.read(kept)[0], before)
        with self.assertRaises(AccessError):
            theirs.action_open_accountability()

    def test_from_a_petition(self):
        """R112: what was said, by whom and when, comes along."""
        ticket, petition = self._joined(1)
        case = self._open_from(petition)
        self.assertEqual(case.what, petition.text)
        self.assertEqual(case.complainant, petition.caller)
        self.assertEqual(case.person_ids.user_id, ticket.sudo().acting_user_id)
