"""Who may call which public method, as JSON-2 lets everybody try."""

import inspect
from pathlib import Path

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.tests import tagged

from .rights_common import ROLES, RightsCommon

TABLE = Path(__file__).parent / "rights_methods.txt"
ADDON = "haerun_meter"
OURS = f"odoo.addons.{ADDON}"
#: what a method wants beyond its record; ``{uid}`` is who calls
ARGUMENTS = {
    "haerun.meter.reading.submit": {"readings": []},
    "haerun.site.check.alert": {"alerts": []},
    "haerun.payment.submit": {"payments": []},
    "haerun.water.account.quote": {
        "account_no": "0",
        "usage": 1,
        "date": "2026-03-10",
    },
    "haerun.bill.run.action_open_left_out": {"key": "unread"},
    "haerun.customer.view.get_customer": {"account_id": "{account}"},
    "haerun.customer.view.search_customers": {"text": "试验"},
    "haerun.counter.find": {"text": "试验"},
    "haerun.counter.get_dues": {"account_id": "{account}"},
    "haerun.counter.open_session": {"opening_float": "0"},
    "haerun.counter.pay": {
        "uuid": "rights-0001",
        "account_id": "{account}",
        "amount": "1",
        "tender_id": 1,
    },
    "haerun.counter.cancel": {"payment_id": 1, "reason": "x"},
    "haerun.counter.pay_refund": {"refund_id": 1},
    "haerun.counter.get_receipt": {"payment_id": 1, "kind": "58"},
    "haerun.reading.round.send": {"items": [], "user_id": "{uid}"},
    "haerun.reading.round.start_day": {
        "day": "2026-03-10",
        "answers": {},
        "user_id": "{uid}",
    },
}


def read_methods():
    """Return ``{model.method: {role: y or -}}`` of the table a person reads."""
    lines = [
        [cell.strip() for cell in line.split("|")]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return {
        name: dict(zip(lines[0][1:], cells, strict=True)) for name, *cells in lines[1:]
    }


@tagged("-at_install", "post_install")
class TestRightsMethods(RightsCommon):
    """Method × role: y, rights do not stand in the way; -, refused."""

    def _public_methods(self):
        """The methods that this add-on opens to callers, by concrete model."""
        found = []
        for name, model in self.env.registry.items():
            behind = name.startswith("haerun.") and model._original_module != ADDON
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
                if modules and all(OURS in module for module in modules):
                    found.append((name, attribute, behind))
        return [(name, method) for name, method, behind in found if not behind]

    def test_who_may(self):
        """R3-R5, R51, R59, R72: each method by each role; foreign branches never."""
        table = read_methods() if TABLE.exists() else {}
        found = {
            f"{model}.{method}": {
                role: "y" if self._may(model, method, user) else "-"
                for role, user in self.users.items()
            }
            for model, method in self._public_methods()
        }
        wrong = [
            f"{name} by {role}: {may}, the table says {table.get(name, {}).get(role)}"
            for name, cells in found.items()
            for role, may in cells.items()
            if may != table.get(name, {}).get(role)
        ]
        text = self.as_text(
            "method",
            [
                (name, *(cells[role] for role in ROLES))
                for name, cells in sorted(found.items())
            ],
        )
        self.assertFalse(wrong, "\n".join(wrong[:200]) + "\n\n" + text)
        self.assertEqual(set(table), set(found), "a method that is no more")

    def _may(self, model, method, user):
        """Whether rights let ``user`` call it; all of it is taken back."""
        call = f"{model}.{method}"
        places = {"{uid}": user.id, "{account}": self.world["haerun.water.account"].id}
        arguments = {
            name: places.get(value, value) if isinstance(value, str) else value
            for name, value in ARGUMENTS.get(call, {}).items()
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

    def _target(self, model, user):
        if self.env[model]._abstract:
            return self.env[model]
        if not self.env[model]._transient:
            return self.world[model]
        values = self._values(model)
        return self.env[model].with_user(user).create(values)
