import inspect
import json
from pathlib import Path
from unittest import mock

from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.tests import HttpCase, tagged

from odoo.addons.base.models import res_users

from .rights_common import ROLES
from .rights_samples import SamplesCommon
from .rights_tables import read_table

METHODS = Path(__file__).parent / "rights_methods.txt"
STAFF = [role for role in ROLES if role not in ("portal", "public")]
ADDON = "haerun_customer_rep"
OURS = f"odoo.addons.{ADDON}"
#: what a method wants beyond its record
ARGUMENTS = {
    ("haerun.supervision.notice", "action_answer"): {"answer": "已办"},
    ("haerun.supervision.notice", "action_withdraw"): {"reason": "误发"},
    ("haerun.hookup.project", "intake"): {"payload": []},
    ("haerun.substitution", "get_unusual_days"): {"date_from": "2026-09-01"},
    ("haerun.workday", "get_unusual_days"): {"date_from": "2026-09-01"},
    ("haerun.workday", "plan"): {
        "start": "2026-09-29 01:00:00",
        "amount": 1,
        "unit": "work_day",
    },
}


def read_methods():
    """Return ``{(model, method): (record, [roles])}`` of the table a person reads."""
    rows = {}
    for line in METHODS.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            method, record, roles = (cell.strip() for cell in line.split("|"))
            roles = STAFF if roles == "staff" else roles.split()
            rows[tuple(method.rsplit(".", 1))] = (record, roles)
    return rows


@tagged("-at_install", "post_install")
class TestRightsMethods(SamplesCommon, HttpCase):
    """Who may call what from outside, by JSON-2."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        samples = cls.samples
        cls.targets = {
            "window": cls.window,
            "project": cls.project,
            "survey": cls.survey,
            "plan": cls.plan,
            "pending": cls.pending,
            "clock": cls.clock,
            "notice": cls.notice,
            "invited": cls.invitation,
            "absence": cls.substitution,
            "post": cls.rep_a,
            "push": samples["haerun.push", "to B"].record,
            "ladder": samples["haerun.escalation.ladder", "-"].record,
            "type": samples["haerun.service.type", "-"].record,
            "figure": samples["haerun.hookup.report", "of A"].record,
            "stay": samples["haerun.hookup.stay.report", "of A"].record,
            "verdict": samples["haerun.hookup.clock.report", "of A"].record,
            "version": samples["haerun.service.version", "-"].record,
            "limit": samples["haerun.time.limit", "-"].record,
            "change": samples["haerun.rule.change", "-"].record,
            "task": cls.task,
            **cls.outside,
            "works": cls.works,
            "watered": cls.watered,
            "water-on": cls.water_on,
            "inspection": cls.inspection,
            "check": samples["haerun.inspection.point", "of EMD"].record,
            "opinion": cls.opinion,
            "visit": cls.visit,
            "pool": cls.section_visit,
            "said": cls.visit_opinion,
            "redo": cls.redo,
            "rule": samples["haerun.visit.rule", "-"].record,
            "day": samples["haerun.workday", "-"].record,
            "fact": cls.fact,
            "frozen": cls.freeze,
            "monthly": cls.monthly,
            "indicator": cls.indicator,
            "grade": samples["haerun.grade", "-"].record,
            "bonus": cls.bonus_rule,
            "period": cls.period,
            "sheet": cls.sheet,
            "line": cls.sheet_line,
            "appeal": cls.appeal,
            **{f"acc. {name}": one for name, one in cls.accountability.items()},
            "sanction": samples["haerun.sanction", "-"].record,
        }
        cls.keys = {
            role: cls._key(user) for role, user in cls.users.items() if role != "public"
        }
        cls.env.flush_all()

    @classmethod
    def _key(cls, user):
        # sudo: the superuser may give keys that do not expire
        keys = cls.env["res.users.apikeys"].with_user(user).sudo()
        # thousands of calls: the key is not what is tried here
        quick = res_users.CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
        with mock.patch.object(res_users, "KEY_CRYPT_CONTEXT", quick):
            return keys._generate("rpc", "rights", None)

    def _call(self, role, model, method, ids=(), **arguments):
        """Call by JSON-2; return the status."""
        key = self.keys.get(role, "0" * 40)
        response = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps({**({"ids": list(ids)} if ids else {}), **arguments}),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )
        return response.status_code

    def _public_methods(self):
        """The methods that this add-on opens to callers, by concrete model."""
        found = set()
        for name, model in self.env.registry.items():
            # models of the add-ons behind this one have tables of their own
            behind = name.startswith("haerun.") and model._original_module != ADDON
            if model._abstract or behind:
                continue
            for attribute in dir(model):
                if attribute.startswith("_") or hasattr(BaseModel, attribute):
                    continue
                modules = {
                    part.__module__
                    for part in model.mro()
                    if inspect.isfunction(vars(part).get(attribute))
                }
                # an override of a method of Odoo's is called as Odoo calls it
                if modules and all(OURS in module for module in modules):
                    found.add((name, attribute))
        return found

    def test_every_method_is_in_the_table(self):
        """R3-R5, R120: a public method that the table does not know fails."""
        self.assertEqual(set(read_methods()), self._public_methods())

    def _target(self, record, model, user):
        """The record to call on; a wizard is one's own, where one may open it."""
        if record == "-":
            return self.env[model]
        if record != "wizard":
            return self.targets[record]
        values = self.wizards[model]
        try:
            with self.env.cr.savepoint():
                return self.env[model].with_user(user).create(dict(values))
        except UserError:
            return self.env[model].create(dict(values))

    def test_who_may_not(self):
        """R5, R15-R19, R90, R120, R121: whoever is not named is refused by JSON-2."""
        wrong = []
        for (model, method), (record, allowed) in read_methods().items():
            for role, user in self.users.items():
                if role in allowed:
                    continue
                target = self._target(record, model, user)
                self.env.flush_all()
                status = self._call(
                    role,
                    model,
                    method,
                    target.ids,
                    **ARGUMENTS.get((model, method), {}),
                )
                if status != (401 if role == "public" else 403):
                    wrong.append(f"{model}.{method} by {role}: {status}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_who_may(self):
        """R5, R15-R19, R90, R120, R121: whoever is named is not refused by rights."""
        wrong = []
        for (model, method), (record, allowed) in read_methods().items():
            for role in allowed:
                user = self.users[role]
                with self.undone():
                    target = self._target(record, model, user).with_user(user)
                    try:
                        getattr(target, method)(**ARGUMENTS.get((model, method), {}))
                    except AccessError as error:
                        wrong.append(f"{model}.{method} by {role}: {error}")
                    except UserError:
                        continue  # not in this state: a matter of the step, not rights
        self.assertFalse(wrong, "\n".join(wrong))

    def test_private_methods(self):
        """R5, R16: what begins with an underscore is closed to everybody."""
        for model, method, ids in (
            ("haerun.hookup.project", "_reach", self.project.ids),
            ("haerun.hookup.project", "_assign", self.project.ids),
            ("haerun.hookup.project", "_advance", self.project.ids),
            ("haerun.clock", "_satisfy", self.clock.ids),
            ("haerun.clock", "_cron_scan", ()),
            ("haerun.push", "_send_pending", ()),
            ("haerun.substitution", "_activate", self.substitution.ids),
            ("haerun.workday", "_confirm_year", ()),
            ("haerun.supervision.notice", "init", ()),
        ):
            for role in ("rules", "csd_e", "deputy", "portal"):
                self.assertEqual(
                    self._call(role, model, method, ids), 403, f"{model}.{method}"
                )

    def test_table_by_json2(self):
        """R3-R5, R120: one of each kind of cell of the table, as another system."""
        calls = {"c": "create", "r": "read", "w": "write", "u": "unlink"}
        seen = set()
        wrong = []
        for (model, whose), cells in read_table().items():
            sample = self.samples.get((model, whose))
            for role, rights in cells.items():
                if not sample or (role, rights) in seen:
                    continue
                seen.add((role, rights))
                for letter, method in calls.items():
                    ids, arguments = sample.record.ids, {}
                    if letter == "c":
                        ids, arguments = (), {"vals_list": [sample.create]}
                    elif letter == "r":
                        arguments = {"fields": list(sample.write)}
                    elif letter == "w":
                        arguments = {"vals": sample.write}
                    arguments = self._plain(arguments)
                    with self.undone():
                        status = self._call(role, model, method, ids, **arguments)
                    if role == "public":
                        expected = {401}
                    elif letter in rights:
                        expected = {200}
                    else:
                        expected = {403, 422}
                    if status not in expected:
                        wrong.append(f"{model} ({whose}) {method} by {role}: {status}")
        self.assertFalse(wrong, "\n".join(wrong))

    def _plain(self, value):
        """Values as JSON can carry them."""
        if isinstance(value, dict):
            return {name: self._plain(item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._plain(item) for item in value]
        if isinstance(value, str | int | float | bool) or value is None:
            return value
        return str(value)[:19]
