"""Who may do what with which model: the table is whole, and what the models say."""

from pathlib import Path

from odoo.tests import tagged

from .rights_common import ROLES, RightsCommon

TABLE = Path(__file__).parent / "rights_table.txt"
OPERATIONS = (("c", "create"), ("r", "read"), ("w", "write"), ("u", "unlink"))
#: models of which the world has no record: only the model's rights are told
BARE = {"haerun.meter.loss", "haerun.reading.streak"}


def read_table():
    """Return ``{model: {role: rights}}`` of the table a person reads."""
    lines = [
        [cell.strip() for cell in line.split("|")]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    roles = lines[0][1:]
    return {model: dict(zip(roles, cells, strict=True)) for model, *cells in lines[1:]}


@tagged("-at_install", "post_install")
class TestRightsTable(RightsCommon):
    """Role × model × operation, on records of one branch."""

    def test_whole_table(self):
        """R3-R5, R51, R59, R120-R122: each cell, with a record of the branch."""
        table = read_table() if TABLE.exists() else {}
        found = {
            name: {
                role: self._rights(self.world[name].with_user(user))
                for role, user in self.users.items()
            }
            for name in self.world
        }
        for name in self._wizards():
            found[name] = {
                role: self._rights(self.env[name].with_user(user))
                for role, user in self.users.items()
            }
        wrong = [
            f"{name}, {role}: {rights}, the table says {table.get(name, {}).get(role)}"
            for name, cells in found.items()
            for role, rights in cells.items()
            if rights != table.get(name, {}).get(role)
        ]
        self.assertFalse(wrong, "\n".join(wrong) + "\n\n" + self._table(found))
        self.assertEqual(set(table), set(found), "a model that is no more")

    def _rights(self, record):
        done = "".join(
            letter
            for letter, operation in OPERATIONS
            if (record[:0] if operation == "create" else record).has_access(operation)
        )
        if "r" in done and record:
            self.assertTrue(record.search_count([("id", "=", record.id)]), record)
        elif record and record.browse().has_access("read"):
            self.assertFalse(record.search_count([("id", "=", record.id)]), record)
        return done or "-"

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
        rules = self.env["ir.rule"].search([("model_id.transient", "=", True)])
        own = {
            rule.model_id.model
            for rule in rules
            if rule["global"] and "create_uid" in rule.domain_force
        }
        self.assertFalse(set(self._wizards()) - own)

    def _table(self, found):
        return self.as_text(
            "model",
            [
                (name, *(cells[role] for role in ROLES))
                for name, cells in sorted(found.items())
            ],
        )
