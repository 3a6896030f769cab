from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.haerun_customer_rep.tools.substitution import overlap, resolve

POSTS = st.integers(0, 7)
EDGES = st.dictionaries(POSTS, st.none() | POSTS)

# a busy machine is no failure
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestPeopleChain(BaseCase):
    """Substitution chains end, whatever anybody enters."""

    @patient
    @given(POSTS, EDGES)
    def test_chain_ends_with_somebody_present_or_nobody(self, start, edges):
        """R121: a chain ends with the first one present, and never loops."""
        last = resolve(start, edges)
        self.assertNotIn(last, edges)
        seen = []
        current = start
        while current in edges and current not in seen:
            seen.append(current)
            current = edges[current]
        self.assertEqual(last, None if current in seen else current)

    @patient
    @given(POSTS, EDGES)
    def test_the_present_act_for_themselves(self, start, edges):
        """R121: who is present is nobody's substitute's principal."""
        edges.pop(start, None)
        self.assertEqual(resolve(start, edges), start)

    @patient
    @given(POSTS, EDGES)
    def test_everybody_on_the_way_gets_the_same_end(self, start, edges):
        """R121: A, B and C of one chain are covered by one person."""
        if start in edges and edges[start] is not None:
            self.assertEqual(resolve(start, edges), resolve(edges[start], edges))

    @patient
    @given(*[st.integers(0, 48)] * 4)
    def test_overlap_is_symmetric_and_half_open(self, a, b, c, d):
        """R121: away until 17:00 and away from 17:00 do not overlap."""
        hour = [datetime(2026, 3, 2) + timedelta(hours=h) for h in (a, b, c, d)]
        common = overlap(*hour)
        self.assertEqual(common, overlap(*hour[2:], *hour[:2]))
        if a < b and c < d:
            self.assertEqual(bool(common), a < d and c < b)
