from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import TransactionCase

from ..tools import address, links


class TestIntakeTools(TransactionCase):
    """Addresses as callers say them, and links one upon the other: pure functions."""

    def test_place(self):
        """R48: town, district and flat apart, two callers name the same house."""
        for text, road, house in (
            ("青岛市市北区敦化路66号2单元301", "敦化路", "敦化路66"),
            ("敦化路 66 号附近", "敦化路", "敦化路66"),
            ("山东省青岛市市北区敦化路", "敦化路", False),
            ("市南区八大湖小区３号楼", "八大湖小区", "八大湖小区3"),
            ("八大湖小区3号楼", "八大湖小区", "八大湖小区3"),
            ("市南区团岛一路8号", "团岛一路", "团岛一路8"),
            ("崂山区香港东路120-3号", "香港东路", "香港东路120"),
            ("火车站", False, False),
            ("", False, False),
            (False, False, False),
        ):
            with self.subTest(text=text):
                self.assertEqual(address.place(text), (road, house))

    @given(st.text(alphabet="青岛市北区路敦化66号小 -街村", max_size=20))
    def test_place_any(self, text):
        """R48: whatever is typed, the house lies on its road."""
        road, house = address.place(text)
        if road and house:
            self.assertTrue(house.startswith(road))

    @given(st.lists(st.integers(0, 4), max_size=8), st.data())
    def test_stack(self, tickets, data):
        """R43: as many links taken back as were made, and nothing is left."""
        events = [("received", None)] + [("linked", ticket) for ticket in tickets]
        self.assertEqual(links.stack(events), tickets)
        back = data.draw(st.integers(0, len(tickets)))
        events += [("unlinked", None), ("told", None)] * back
        self.assertEqual(links.stack(events), tickets[: len(tickets) - back])
