"""Who may call which public method, as JSON-2 lets everybody try."""

from pathlib import Path

from odoo.tests import tagged

from .rights_common import RightsCommon

TABLE = Path(__file__).parent / "rights_methods.txt"


@tagged("-at_install", "post_install")
class TestRightsMethods(RightsCommon):
    """Method × role: y, rights do not stand in the way; -, refused."""

    def test_who_may(self):
        """R4, R43, R87, R91: each method by each role; foreign branches never."""
        found = self._found_methods()
        self.assertSheet(TABLE, "method", found, "a method that is no more")
