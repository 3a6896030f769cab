"""The world of the rights tests: who has a role, and a record of every model."""

import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import new_test_user

from odoo.addons.haerun_customer_rep.tests import rights_common, rights_sheet
from odoo.addons.haerun_customer_rep.tests.common import GROUP as STAFF

from .check_common import CheckCommon
from .meter_common import GROUP
from .opening_common import OpeningCommon
from .round_common import RoundCommon

#: role: its group; those with a 2 serve another branch than the record's
ROLES = {
    "rep": "representative",
    "rep2": "representative",
    "reader": "meter_reader",
    "reader2": "meter_reader",
    "auditor": "auditor",
    "auditor2": "auditor",
    "oper": "account_operator",
    "oper2": "account_operator",
    "head": "unit_manager",
    "head2": "unit_manager",
    "cashier": "cashier",
    "accnt": "accountant",
    "csd_m": "csd_marketing",
    "csd_e": "csd_engineering",
    "superv": "supervision",
    "account": "accountability",
    "rules": "rules_admin",
    "clerk": "intake_clerk",
    "remote": "remote_system",
    "plain": "base.group_user",
    "portal": "base.group_portal",
    "public": "base.group_public",
}
HOLDERS = ("unit_id", "user_id", "department_id")
OWN = {"account_operator", "remote_system"}
#: links by which a record is somebody's, also where they are not required
#: what a field wants where any value will not do
FIXED = {
    ("haerun.bill.run", "period"): 202603,
    ("haerun.water.bill", "period"): 202603,
    ("haerun.tariff.share", "percent"): 100,
    ("haerun.bank.agreement", "bank_account"): "62220001",
    ("haerun.bank.batch", "state"): "sent",
    ("haerun.payment", "unallocated"): 1,
}
LINKS = {
    "haerun.water.bill",
    "haerun.water.account",
    "haerun.service.point",
    "haerun.meter.book",
    "haerun.reading.plan",
    "haerun.site.check",
    "haerun.opening.request",
    "haerun.conduct.record",
    "haerun.remote.sample",
    "haerun.meter.reading",
    "haerun.reading.tally",
    "haerun.cash.session",
    "haerun.cash.count",
    "haerun.dunning",
    "haerun.dunning.round",
    "haerun.dunning.round.line",
    "haerun.collection.record",
}


class RightsCommon(rights_sheet.RightsSheet, CheckCommon, RoundCommon):
    addon = "haerun_meter"
    undone = rights_common.RightsCommon.undone

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["hr.department"].create(
            {"name": "市南营业分公司(试)", "haerun_level": "branch"}
        )
        cls.users = {role: cls._role(role) for role in ROLES}
        cls.world = {}
        cls._make_world()
        cls.env.flush_all()

    @classmethod
    def _role(cls, role):
        group = ROLES[role]
        if "." not in group:
            group = (GROUP if group in OWN else STAFF) % group
        user = new_test_user(
            cls.env,
            f"meter_rights_{role}",
            groups=group,
            tz="Asia/Shanghai",
            notification_type="email" if role in ("portal", "public") else "inbox",
        )
        unit = cls.elsewhere if role.endswith("2") else cls.branch
        if role.removesuffix("2") in ("rep", "reader", "auditor", "oper", "head"):
            employee = cls._employee(user, unit)
            if role.startswith("head"):
                unit.manager_id = employee
        return user

    # ------------------------------------------------------------ records
    @classmethod
    def _make_world(cls):
        """One record of every model, all of the branch."""
        point = cls.points[0]
        plan = cls.env["haerun.reading.plan"]._make(202603, cls.book)
        request = cls.env["haerun.opening.request"].create(
            {
                "name": "试验小区",
                "address": "试验路1号",
                "area_id": cls.area.id,
                "line_ids": [(0, 0, OpeningCommon._line(1))],
            }
        )
        for record in (
            point.account_id,
            point.meter_id,
            point,
            point.installation_id,
            cls.book,
            plan,
            plan.task_ids[:1],
            cls.env["haerun.meter.reading"].search([("point_id", "=", point.id)]),
            cls._opened(point),
            request,
            request.line_ids,
        ):
            cls.world[record._name] = record[:1]
        cls.world["haerun.posting"] = cls.env["haerun.posting"]._open(
            "correction", cls.branch, "试"
        )
        for name in ("haerun.water.bill", "haerun.payment"):
            cls.world[name] = cls._one(name)
        for name in sorted(cls._ours(), key=cls._depth):
            if name not in cls.world:
                cls.world[name] = cls._one(name)
        cls._make_due(point.account_id)

    @classmethod
    def _make_due(cls, account):
        """The account owes: it is on the list of those who are dunned."""
        bill = cls.world["haerun.water.bill"]
        bill.sudo().write(
            {
                "state": "issued",
                "issued_at": "2025-12-20 02:00:00",
                "residual": 1,
                "due_on": "2026-01-01",
            }
        )
        cls.env.flush_all()
        due = cls.env["haerun.due.account"].browse(account.id)
        cls.world[due._name] = due

    @classmethod
    def _depth(cls, name):
        """Records come behind those that they belong to."""
        behind = ("answer", "finding", "exception", "line", "round", "hit", "row")
        behind += ("count", "event")
        return name.rsplit(".", 1)[-1] in behind, name

    @classmethod
    def _one(cls, name):
        """A record of the model: made, or found where it is a view or master data."""
        model = cls.env[name]
        if not model._auto:
            plan = [("plan_id", "=", cls.world["haerun.reading.plan"].id)]
            domain = plan if "plan_id" in model._fields else []
            mine = [("unit_id", "=", cls.branch.id)]
            return (
                "unit_id" in model._fields and model.search(domain + mine, limit=1)
            ) or model.search(domain, limit=1)
        if not any(field.comodel_name in LINKS for field in model._fields.values()):
            if found := model.search([], limit=1):
                return found
        try:
            with cls.env.cr.savepoint():
                record = model.create(cls._values(name))
                cls.env.flush_all()
                return record
        except (UserError, psycopg2.Error):
            # one that only its own steps make: the table then tells of the model
            cls.env.invalidate_all()
            return model

    @classmethod
    def _values(cls, name):
        """What a record of the model cannot be without, all of the branch."""
        values = {}
        for key, field in cls.env[name]._fields.items():
            linked = field.comodel_name in LINKS and field.type != "one2many"
            wanted = field.required or linked or key in HOLDERS
            if not wanted or key in MAGIC_COLUMNS or not field.store or field.related:
                continue
            values[key] = cls._value(key, field)
        fixed = {key: value for (model, key), value in FIXED.items() if model == name}
        values.update(fixed)
        return values

    @classmethod
    def _value(cls, key, field):
        now = fields.Datetime.now()
        if field.comodel_name == "hr.department":
            return cls.branch.id
        if field.comodel_name == "res.users":
            user = cls.user_reader if key == "user_id" else cls.user_branch_head
            return user.id
        if field.comodel_name:
            found = cls.world.get(field.comodel_name)
            found = found or cls.env[field.comodel_name].search([], limit=1)
            return found.ids if field.type == "many2many" else found.id
        if field.type == "selection":
            return field.get_values(cls.env)[0]
        return {
            "date": now.date(),
            "datetime": now,
            "integer": 1,
            "float": 1,
            "boolean": True,
            "binary": False,
        }.get(field.type, "试")
