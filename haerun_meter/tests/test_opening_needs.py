from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.opening_needs import Need, missing

FIELDS = st.sampled_from("name phone place meter_no".split())
KINDS = st.sampled_from(["household", "enterprise"])
NEEDS = st.lists(
    st.builds(Need, FIELDS, st.sampled_from("ABCD"), st.none() | KINDS), max_size=8
)
ROWS = st.dictionaries(FIELDS, st.sampled_from(["", " ", "x", 0, 5, False, None]))
RUN = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@tagged("-at_install", "post_install")
class TestOpeningNeeds(BaseCase):
    @RUN
    @given(ROWS, KINDS, NEEDS)
    def test_what_is_given_is_not_missing(self, row, kind, needs):
        """R50: filled rows lack nothing; filling one field never adds a gap."""
        lacking = missing(row, kind, needs)
        self.assertEqual(len(lacking), len(set(lacking)))
        full = {need.field: "x" for need in needs}
        self.assertEqual(missing(full, kind, needs), [])
        for name in row:
            fewer = missing({**row, name: "x"}, kind, needs)
            self.assertLessEqual(set(fewer), set(lacking))
