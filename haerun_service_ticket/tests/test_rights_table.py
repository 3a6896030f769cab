"""Who may do what with which model: the table is whole, and what the models say."""

from pathlib import Path

from odoo.tests import tagged

from .rights_common import RightsCommon

TABLE = Path(__file__).parent / "rights_table.txt"


@tagged("-at_install", "post_install")
class TestRightsTable(RightsCommon):
    """Role × model × operation, on a ticket in the hands of a representative."""

    def test_whole_table(self):
        """R4, R43, R87, R120: each cell; the collaborator reads, strangers nothing."""
        found = self._found_rights()
        self.assertSheet(TABLE, "model", found, "a model that is no more")

    def test_records(self):
        """R4: the table is of records of every model."""
        self.assertFalse(set(self._ours()) - set(self.world))
        self.assertTrue(all(self.world.values()))

    def test_evidence(self):
        """R100, R103: what is evidence nobody makes, changes or deletes by hand."""
        for name in self._ours():
            if "haerun.evidence.mixin" not in self.env[name]._inherit:
                continue
            for role, user in self.users.items():
                rights = self._rights(self.world[name].with_user(user))
                self.assertIn(rights, ("-", "r"), f"{name} by {role}")

    def test_windows(self):
        """R4: a window is its user's alone, whoever knows its number."""
        self.assertFalse(self._unguarded_windows())
