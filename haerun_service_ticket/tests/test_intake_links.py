from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .intake_common import IntakeCommon

TICKETS = 3
PETITIONS = 4


@tagged("-at_install", "post_install")
class TestIntakeLinks(IntakeCommon):
    """Several petitions on one ticket; each link is taken back as it was made."""

    def _csd(self, records):
        return records.with_user(self.user_csd_service)

    def test_link(self):
        """R43, R88: both ledgers say who hung what where; the ticket shows it."""
        ticket, petitions = self._joined(2)
        self.assertEqual(ticket.petition_ids, petitions)
        self.assertEqual(ticket.petition_count, 2)
        self.assertEqual(petitions.mapped("state"), ["linked"] * 2)
        line = ticket.event_ids[-1]
        self.assertEqual(
            (line.kind, line.user_id), ("petition_joined", self.user_csd_service)
        )
        self.assertIn(petitions[0].external_no, line.text)
        self.assertEqual(petitions[0].event_ids[-1].ticket_id, ticket)
        with self.assertRaisesRegex(UserError, "already"):
            self._csd(petitions[0])._link(ticket)

    def test_ended(self):
        """R43: nothing is hung onto a ticket that has ended."""
        ticket = self._taken()
        self._csd(ticket)._cancel("误报")
        with self.assertRaisesRegex(UserError, "has ended"):
            self._csd(self._petition("A"))._link(ticket)

    def test_unlink(self):
        """R43: taken back with a reason, it waits again; both ledgers tell."""
        ticket, petitions = self._joined(2)
        one = self._csd(petitions[0])
        with self.assertRaisesRegex(UserError, "reason"):
            one._unlink_from(" ")
        one._unlink_from("不是同一事项")
        self.assertEqual((one.state, ticket.petition_count), ("waiting", 1))
        self.assertEqual(
            (ticket.event_ids[-1].kind, one.event_ids[-1].text),
            ("petition_left", "不是同一事项"),
        )
        with self.assertRaisesRegex(UserError, "no ticket"):
            one._unlink_from("再次")

    def test_who_links(self):
        """R87, R120: who took it in until it is forwarded, then CSD; no handler."""
        ticket = self._forwarded()
        petition = self._petition("A", user=self.user_clerk)
        with self.assertRaises(AccessError):
            petition.with_user(self.user_handler)._link(ticket)
        # who takes in may not read the ticket, but it belongs there
        petition.with_user(self.user_clerk)._link(ticket)
        with self.assertRaises(AccessError):
            petition.with_user(self.user_clerk)._unlink_from("错了")
        with self.assertRaises(AccessError):
            petition.with_user(self.user_handler)._unlink_from("不归我")
        self._csd(petition)._unlink_from("错了")

    def test_merge(self):
        """R43: merged is cancelled, not met; taken back, the ticket goes on."""
        with self.at("2026-06-01 09:00"):
            main, first = self._joined(1)
            other, second = self._joined(2, ticket=self._forwarded(phone="13911111111"))
            with self.assertRaises(AccessError):
                other.with_user(self.user_handler)._merge_into(main, "同一处")
            with self.assertRaisesRegex(UserError, "itself"):
                self._csd(main)._merge_into(main, "同一处")
            with self.assertRaisesRegex(UserError, "reason"):
                self._csd(other)._merge_into(main, "")
            due = other.due_at
        with self.at("2026-06-01 09:05"):
            self._csd(other)._merge_into(main, "同一处爆管")
        self.assertEqual((other.step, other.merged_into_id), ("cancelled", main))
        self.assertEqual(main.petition_ids, first | second)
        self.assertNotIn("met", self._clock(other, "reply").mapped("state"))
        with self.at("2026-06-01 09:10"):
            self._csd(other)._undo_merge("不是同一处")
        self.assertEqual((other.step, other.petition_ids), ("forwarded", second))
        self.assertEqual(main.petition_ids, first)
        # its time ran on with what was left: five minutes it was nobody's
        self.assertEqual(other.due_at, due + timedelta(minutes=5))
        self.assertFalse(other.merged_into_id)
        self.assertEqual(
            [kind for kind in self._kinds(main) if "merge" in kind],
            ["merged", "unmerged"],
        )
        with self.assertRaisesRegex(UserError, "not merged"):
            self._csd(other)._undo_merge("再来")

    def test_merge_without_petitions(self):
        """R43: a ticket that was taken in by its form merges as well."""
        main, other = self._taken(), self._taken(phone="13922222222")
        self._csd(other)._merge_into(main, "同一事项")
        self.assertEqual(other.step, "cancelled")
        self._csd(other)._undo_merge("不是")
        self.assertEqual(other.step, "accepted")

    def test_chain(self):
        """R43: merges upon merges are taken back from the last."""
        a, mine = self._joined(1)
        b = self._forwarded(phone="13911111111")
        c = self._forwarded(phone="13922222222")
        self._csd(a)._merge_into(b, "同")
        self._csd(b)._merge_into(c, "同")
        self.assertEqual(c.petition_ids, mine)
        with self.assertRaisesRegex(UserError, "has ended"):
            self._csd(a)._undo_merge("错")
        self._csd(b)._undo_merge("错")
        self._csd(a)._undo_merge("错")
        self.assertEqual(
            (a.petition_ids, a.step, b.step), (mine, "forwarded", "forwarded")
        )

    def test_windows(self):
        """R43: by the windows as by the methods."""
        ticket = self._forwarded()
        petition = self._petition("A")
        action = self._csd(petition).action_link()
        windows = self.env[action["res_model"]].with_user(self.user_csd_service)
        window = windows.with_context(**action["context"]).create({})
        self.assertEqual(window.ticket_id, ticket)
        window.action_confirm()
        self.assertEqual(petition.ticket_id, ticket)
        action = self._csd(petition).action_unlink()
        window = windows.with_context(**action["context"]).create({"reason": "错"})
        window.action_confirm()
        self.assertFalse(petition.ticket_id)

    def _state(self, tickets, petitions):
        self.env.flush_all()
        self.env.invalidate_all()
        return [
            (t.step, t.petition_count, t.repeat_count, t.due_at, t.merged_into_id)
            for t in tickets
        ] + [(p.ticket_id, p.state, p.repeated, p.text, p.due_at) for p in petitions]

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(st.integers(0, PETITIONS - 1), st.integers(0, TICKETS - 1)),
            min_size=1,
            max_size=6,
        )
    )
    def test_all_comes_back(self, moves):
        """R43: whatever was linked and merged, taken back in turn it is as before."""
        with self.at("2026-06-01 09:00"), self.undone():
            tickets = self.Ticket
            for number in range(TICKETS):
                tickets |= self._forwarded(phone=f"1391111000{number}")
            petitions = self.Petition
            for number in range(PETITIONS):
                one = self._petition(f"P{number}", phone=f"1392222000{number}")
                petitions |= one
                if number < TICKETS:
                    self._csd(one)._link(tickets[number])
            states = [self._state(tickets, petitions)]
            made = []
            for petition, ticket in moves:
                one, target = petitions[petition], tickets[ticket]
                if one.ticket_id == target or target.step == "cancelled":
                    continue
                self._csd(one)._link(target, "同一事项")
                made.append(one)
                states.append(self._state(tickets, petitions))
            for one in reversed(made):
                self.assertEqual(self._state(tickets, petitions), states.pop())
                self._csd(one)._unlink_from("不是同一事项")
            self.assertEqual(self._state(tickets, petitions), states.pop())
