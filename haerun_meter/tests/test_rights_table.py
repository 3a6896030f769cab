"""Who may do what with which model: the table is whole, and what the models say."""

from pathlib import Path

from odoo.tests import tagged

from .rights_common import RightsCommon

TABLE = Path(__file__).parent / "rights_table.txt"
#: models of which the world has no record: only the model's rights are told
BARE = {"haerun.meter.loss", "haerun.reading.streak"}


@tagged("-at_install", "post_install")
class TestRightsTable(RightsCommon):
    """Role × model × operation, on records of one branch."""

    def test_whole_table(self):
        """R3-R5, R51, R59, R120-R122: each cell, with a record of the branch."""
        self.assertSheet(
            TABLE, "model", self._found_rights(), "a model that is no more"
        )

    def test_records(self):
        """R4: the table is of records; the few that have none are of steps or views."""
        bare = {name for name, record in self.world.items() if not record}
        self.assertEqual(bare, BARE)

    def test_evidence(self):
        """R59, R72: what is evidence nobody makes, changes or deletes by hand."""
        for name in self._ours():
            if "haerun.evidence.mixin" not in self.env[name]._inherit:
                continue
            for role, user in self.users.items():
                rights = self._rights(self.world[name].with_user(user))
                self.assertIn(rights, ("-", "r"), f"{name} by {role}")

    def test_windows(self):
        """R4: a window is its user's alone, whoever knows its number."""
        self.assertFalse(self._unguarded_windows())
