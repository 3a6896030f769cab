"""Tables of rights that a person reads, and what the models say: for every add-on."""

import inspect

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel

OPERATIONS = (("c", "create"), ("r", "read"), ("w", "write"), ("u", "unlink"))


def read_sheet(path):
    """Return ``{row: {role: cell}}`` of a table; {} where there is none yet."""
    if not path.exists():
        return {}
    lines = [
        [cell.strip() for cell in line.split("|")]
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    roles = lines[0][1:]
    return {row: dict(zip(roles, cells, strict=True)) for row, *cells in lines[1:]}


class RightsSheet:
    """Mixed into a test class that has ``users`` by role and a ``world``.

    ``addon``: whose models and methods; ``world``: ``{model: record}``;
    ``arguments``: what a method wants beyond its record, ``{uid}`` is who calls.
    """

    addon = None
    users = {}
    world = {}
    arguments = {}

    # ------------------------------------------------------------- models
    @classmethod
    def _ours(cls):
        """The stored models of the add-on."""
        return [
            name
            for name, model in cls.env.registry.items()
            if model._original_module == cls.addon
            and not (model._abstract or model._transient)
        ]

    @classmethod
    def _wizards(cls):
        return [
            name
            for name, model in cls.env.registry.items()
            if model._original_module == cls.addon and model._transient
        ]

    def _found_rights(self):
        """Return ``{model: {role: rights}}`` of the world and of the windows."""
        records = {**self.world, **{name: self.env[name] for name in self._wizards()}}
        return {
            name: {
                role: self._rights(record.with_user(user))
                for role, user in self.users.items()
            }
            for name, record in records.items()
        }

    def _rights(self, record):
        """The letters of what may be done, or ``-``; a search must agree."""
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

    def _unguarded_windows(self):
        """The windows that are not, by a record rule, their user's alone."""
        rules = self.env["ir.rule"].search([("model_id.transient", "=", True)])
        own = {
            rule.model_id.model
            for rule in rules
            if rule["global"] and "create_uid" in rule.domain_force
        }
        return set(self._wizards()) - own

    # ------------------------------------------------------------ methods
    def _public_methods(self):
        """The methods that this add-on opens to callers, by concrete model."""
        ours = f"odoo.addons.{self.addon}"
        found = []
        for name, model in self.env.registry.items():
            behind = name.startswith("haerun.") and model._original_module != self.addon
            if model._abstract and name.endswith(".mixin") or name.startswith("report"):
                continue
            for attribute in dir(model):
                if attribute.startswith("_") or hasattr(BaseModel, attribute):
                    continue
                modules = {
                    part.__module__
                    for part in model.mro()
                    if inspect.isfunction(vars(part).get(attribute))
                }
                if modules and all(ours in module for module in modules):
                    found.append((name, attribute, behind))
        return [(name, method) for name, method, behind in found if not behind]

    def _found_methods(self):
        """Return ``{model.method: {role: y or -}}``."""
        return {
            f"{model}.{method}": {
                role: "y" if self._may(model, method, user) else "-"
                for role, user in self.users.items()
            }
            for model, method in self._public_methods()
        }

    def _may(self, model, method, user):
        """Whether rights let ``user`` call it; all of it is taken back."""
        arguments = {
            name: self._argument(value, user)
            for name, value in self.arguments.get(f"{model}.{method}", {}).items()
        }
        with self.undone():
            try:
                target = self._target(model, user)
                getattr(target.with_user(user), method)(**arguments)
            except AccessError:
                return False
            except (UserError, ValueError, psycopg2.Error):
                return True  # a matter of the step, not of rights
        return True

    def _argument(self, value, user):
        """Fill in who calls and what the world holds (``{model}``)."""
        if value == "{uid}":
            return user.id
        if isinstance(value, str) and value.startswith("{"):
            return self.world[value.strip("{}")].id
        return value

    def _target(self, model, user):
        if self.env[model]._abstract:
            return self.env[model]
        if not self.env[model]._transient:
            return self.world[model]
        values = self._values(model)
        return self.env[model].with_user(user).create(values)

    # -------------------------------------------------------------- sheet
    def assertSheet(self, path, head, found, note):
        """What was ``found`` is what the table at ``path`` says, row by row."""
        table = read_sheet(path)
        wrong = [
            f"{name}, {role}: {cell}, the table says {table.get(name, {}).get(role)}"
            for name, cells in found.items()
            for role, cell in cells.items()
            if cell != table.get(name, {}).get(role)
        ]
        text = self.as_text(head, found)
        self.assertFalse(wrong, "\n".join(wrong[:200]) + "\n\n" + text)
        self.assertEqual(set(table), set(found), note)

    def as_text(self, head, found):
        """A table to compare and to paste."""
        roles = list(self.users)
        rows = [
            (name, *(cells[role] for role in roles))
            for name, cells in sorted(found.items())
        ]
        widths = [30, *(max(len(role), 4) for role in roles)]
        return "\n".join(
            " | ".join(
                cell.ljust(width) for cell, width in zip(line, widths, strict=True)
            ).rstrip()
            for line in [(head, *roles), *rows]
        )
