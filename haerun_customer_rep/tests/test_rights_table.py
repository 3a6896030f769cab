import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged

from .rights_common import ROLES
from .rights_samples import SamplesCommon
from .rights_tables import read_table

OPERATIONS = (("c", "create"), ("r", "read"), ("w", "write"), ("u", "unlink"))
OWN, OTHERS = "own", "another's"


@tagged("-at_install", "post_install")
class TestRightsTable(SamplesCommon):
    """Role × model × operation, the whole table against real records."""

    def test_every_model_is_in_the_table(self):
        """R3-R5, R120: a model of the add-on without a row in the table fails."""
        registry = self.env.registry
        ours = {
            name
            for name, model in registry.items()
            if model._original_module == "haerun_customer_rep" and not model._abstract
        }
        given = self.env["ir.model.data"].search(
            [
                ("module", "=", "haerun_customer_rep"),
                ("model", "=", "ir.model.access"),
            ]
        )
        acls = self.env["ir.model.access"].browse(given.mapped("res_id"))
        rows = read_table()
        self.assertEqual(
            {model for model, _whose in rows}, ours | set(acls.model_id.mapped("model"))
        )
        wizards = {name for name in ours if registry[name]._transient}
        self.assertEqual(
            set(rows),
            set(self.samples)
            | {(name, whose) for name in wizards for whose in (OWN, OTHERS)},
        )
        for cells in rows.values():
            self.assertEqual(list(cells), list(ROLES))

    def test_whole_table(self):
        """R3-R5, R14-R19, R40, R120-R122: each cell, by the ORM, on a real record."""
        table = read_table()
        found = {}
        for (model, whose), sample in self.samples.items():
            found[model, whose] = {
                role: self._rights(user, sample) for role, user in self.users.items()
            }
        for model, values in self.wizards.items():
            found[model, OWN] = {
                role: self._wizard_rights(user, model, values)
                for role, user in self.users.items()
            }
            found[model, OTHERS] = self._others_wizard(model, values)
        wrong = [
            f"{model} ({whose}), {role}: {rights}, the table says "
            f"{table.get((model, whose), {}).get(role)}"
            for (model, whose), cells in found.items()
            for role, rights in cells.items()
            if rights != table.get((model, whose), {}).get(role)
        ]
        self.assertFalse(wrong, "\n".join(wrong) + "\n\n" + self._as_text(found))

    # ------------------------------------------------------------ one cell

    def _rights(self, user, sample, operations=OPERATIONS):
        """Return e.g. ``crw``: what ``user`` did, all of it taken back."""
        record = sample.record.with_user(user)
        tries = {
            "c": lambda: record.create(dict(sample.create)),
            "r": lambda: self._read(record, next(iter(sample.write))),
            "w": lambda: record.write(sample.write),
            "u": lambda: record.unlink(),
        }
        done = ""
        for letter, name in operations:
            try:
                closed = not record.browse().has_access(name)
                done += "" if self.refused(tries[letter], closed) else letter
            except psycopg2.errors.ForeignKeyViolation:
                continue  # in use: not refused by a right, and still not done
        return done or "-"

    def _read(self, record, name):
        """Read it and find it: the two must agree."""
        found = False
        try:
            found = record.search_count([("id", "=", record.id)])
            record.read([name])
        except UserError:
            self.assertFalse(found, f"{record} found and not read")
            raise
        self.assertTrue(found, f"{record} read and not found")

    def _wizard_rights(self, user, model, values):
        """Rights on a wizard that the user opened."""
        rights = ""
        wizards = self.env[model].with_user(user)
        with self.undone():
            try:
                with self.env.cr.savepoint():
                    record = wizards.create(dict(values))
            except UserError:
                return "-"
            sample = self.samples_of(record, values)
            rights = "c" + self._rights(user, sample, OPERATIONS[1:]).replace("-", "")
        return rights

    def _others_wizard(self, model, values):
        """Rights on a wizard that somebody else opened."""
        record = self.env[model].create(dict(values))
        sample = self.samples_of(record, values)
        cells = {
            role: self._rights(user, sample, OPERATIONS[1:])
            for role, user in self.users.items()
        }
        return cells

    def samples_of(self, record, values):
        name = next(iter(values))
        return type(next(iter(self.samples.values())))(
            record, values, {name: values[name]}
        )

    def _as_text(self, found):
        """The table as it is, to compare and to paste."""
        widths = [max(len(role), 4) for role in ROLES]
        lines = [("model", "whose", *ROLES)]
        lines += [
            (*key, *(cells[role] for role in ROLES))
            for key, cells in sorted(found.items())
        ]
        widths = [30, 13, *widths]
        return "\n".join(
            " | ".join(
                cell.ljust(width) for cell, width in zip(line, widths, strict=True)
            ).rstrip()
            for line in lines
        )
