import json
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .people_common import NOW, PeopleCase

ROLES = (
    "intake_clerk",
    "representative",
    "meter_reader",
    "cashier",
    "accountant",
    "auditor",
    "unit_manager",
    "csd_engineering",
    "csd_marketing",
    "csd_service",
    "supervision",
    "accountability",
    "rules_admin",
)


class TestPeopleRights(PeopleCase):
    """Role × model × operation, checked whole."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: cls._user(f"role_{role}", role) for role in ROLES}
        cls.users["portal"] = new_test_user(
            cls.env, login="people_portal", groups="base.group_portal"
        )
        cls.users["public"] = cls.env.ref("base.public_user")
        cls.area = cls.env["haerun.service.area"].create({"name": "片区", "code": "R"})
        cls.line = cls.env["haerun.area.responsible"].create(
            {"area_id": cls.area.id, "representative_id": cls.a.id}
        )
        cls.subrole = cls.env["haerun.subrole"].create({"name": "s", "code": "s"})
        cls.sub = cls.Substitution.create(
            {
                "principal_id": cls.c.id,
                "date_from": NOW,
                "date_to": "2026-03-03 00:00:00",
            }
        )

    def _may(self, user, record, operation):
        return record.with_user(user).has_access(operation)

    def test_table(self):
        """R120, R121: who reads, writes, creates and deletes what."""
        internal = set(ROLES)
        csd = {"csd_engineering", "csd_marketing", "csd_service"}
        table = {
            self.area: {"read": internal, "change": {"rules_admin"}},
            self.subrole: {"read": internal, "change": {"rules_admin"}},
            self.line: {
                "read": internal,
                "change": {"rules_admin", "csd_engineering"},
            },
            self.a: {
                "read": internal,
                "write": {"rules_admin", "csd_engineering"},
                "unlink": {"rules_admin"},
            },
            self.sub: {
                "read": csd | {"supervision", "accountability", "rules_admin"},
                "write": set(),
                "unlink": set(),
            },
        }
        for record, allowed in table.items():
            for operation in ("read", "write", "unlink"):
                expected = allowed.get(operation, allowed.get("change"))
                actual = {
                    role
                    for role, user in self.users.items()
                    if self._may(user, record, operation)
                }
                self.assertEqual(actual, expected, (record._name, operation))

    def test_head_names_deputies_and_nothing_else(self):
        """R120, R121: in the own units only."""
        post = self.a.with_user(self.head_user)
        post.deputy_id = self.c
        with self.refused(AccessError, "the head of the unit may name"):
            post.date_to = "2026-12-31"
        with self.refused(AccessError):
            self.other.with_user(self.head_user).deputy_id = False
        with self.refused(AccessError):
            self.Representative.with_user(self.head_user).create(
                {
                    "employee_id": self.head.id,
                    "unit_id": self.unit.id,
                    "rep_class": "engineering",
                }
            )

    def test_coordinator_appoints_the_own_class(self):
        """R40, R120: marketing coordinates marketing, and it is logged."""
        coordinator = self.users["csd_marketing"]
        post = (
            self.Representative.with_user(coordinator)
            .with_context(tracking_disable=False)
            .create(
                {
                    "employee_id": self.head.id,
                    "unit_id": self.branch.id,
                    "rep_class": "marketing",
                }
            )
        )
        post.date_to = "2026-12-31"
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertIn(coordinator.partner_id, post.message_ids.author_id)
        with self.refused(AccessError):
            post.rep_class = "engineering"
        with self.refused(AccessError):
            self.a.with_user(coordinator).date_to = "2026-12-31"
        with self.refused(AccessError):
            self.Representative.with_user(coordinator).create(
                {
                    "employee_id": self.head.id,
                    "unit_id": self.unit.id,
                    "rep_class": "service",
                }
            )

    def test_substitutions_of_the_own_unit(self):
        """R121: own unit and own ones; another branch sees nothing."""
        see = {
            user: self.sub in self.Substitution.with_user(user).search([])
            for user in (
                self.a.user_id,
                self.c.user_id,
                self.head_user,
                self.boss_user,
                self.other.user_id,
            )
        }
        self.assertEqual(list(see.values()), [True, True, True, True, False])

    def test_rights_follow_the_manager_at_once(self):
        """R121: a new head has the unit in the same transaction, the old one not."""
        self.assertTrue(self._may(self.head_user, self.sub, "write"))
        self.unit.manager_id = self.boss
        self.assertTrue(self._may(self.boss_user, self.sub, "write"))
        self.assertFalse(self._may(self.head_user, self.sub, "write"))

    def test_nothing_is_forged_through_defaults(self):
        """R120, R121: a context fills in nothing that the system records."""
        sub = (
            self.Substitution.with_user(self.b.user_id)
            .with_context(
                default_state="ended",
                default_source="leave",
                default_principal_id=self.other.id,
                default_third_approved_by_id=self.boss_user.id,
            )
            .create({"date_from": NOW, "date_to": "2026-03-03 00:00:00"})
        )
        self.assertRecordValues(
            sub,
            [
                {
                    "state": "active",
                    "source": "manual",
                    "principal_id": self.b.id,
                    "third_approved_by_id": False,
                }
            ],
        )
        coordinator = self.users["csd_marketing"]
        post = (
            self.Representative.with_user(coordinator)
            .with_context(
                default_acting_user_id=coordinator.id,
                default_user_id=coordinator.id,
                default_deputy_approved_by_id=coordinator.id,
            )
            .create(
                {
                    "employee_id": self.head.id,
                    "unit_id": self.branch.id,
                    "rep_class": "marketing",
                }
            )
        )
        self.assertEqual(post.user_id, self.head_user)
        self.assertEqual(post.acting_user_id, self.head_user)
        self.assertFalse(post.deputy_approved_by_id)
        for field in "user_id", "acting_user_id", "state":
            with self.refused(AccessError, "recorded by"):
                post.write({field: False})
        with self.refused(AccessError):
            self.env["haerun.area.responsible"].with_user(coordinator).create(
                {
                    "area_id": self.area.copy({"responsible_ids": False}).id,
                    "representative_id": self.b.id,
                    "rep_class": "marketing",
                }
            )

    def test_level_and_shift_are_rules(self):
        """R120: even personnel cannot change them, the rules administrator can."""
        personnel = self._user("personnel")
        personnel.write(
            {"group_ids": [Command.link(self.env.ref("hr.group_hr_manager").id)]}
        )
        unit = self.branch.with_user(personnel)
        unit.name = "市南分公司"
        with self.refused(AccessError, "rules administrator"):
            unit.haerun_level = "emd"
        self.branch.with_user(self.users["rules_admin"]).haerun_level = "station"


@tagged("post_install", "-at_install")
class TestPeopleRightsHttp(HttpCase):
    """The same rights over JSON-2."""

    def test_json2(self):
        """R120, R121: a representative reads appointments and cannot change them."""
        user = new_test_user(
            self.env,
            login="people_api",
            groups="haerun_customer_rep.group_representative",
        )
        unit = self.env["hr.department"].create({"name": "部门"})
        post = self.env["haerun.representative"].create(
            {
                "employee_id": self.env["hr.employee"].create({"name": "某"}).id,
                "unit_id": unit.id,
                "rep_class": "service",
            }
        )
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user)
        key = keys._generate("rpc", "test", tomorrow)

        def call(model, method, **arguments):
            response = self.url_open(
                f"/json/2/{model}/{method}",
                data=json.dumps(arguments),
                headers={
                    "Authorization": f"Bearer {key}",
                    "Content-Type": "application/json",
                },
            )
            return response.status_code, response.json()

        status, rows = call(
            "haerun.representative", "read", ids=post.ids, fields=["rep_class"]
        )
        self.assertEqual((status, rows[0]["rep_class"]), (200, "service"))
        for method, arguments in (
            ("write", {"ids": post.ids, "vals": {"deputy_id": False}}),
            ("unlink", {"ids": post.ids}),
            ("_haerun_refresh_acting", {}),
        ):
            with mute_logger("odoo.http"):
                status, _body = call("haerun.representative", method, **arguments)
            self.assertEqual(status, 403, method)
        status, strip = call("haerun.representative", "get_stand_in_strip")
        self.assertEqual((status, len(strip["days"])), (200, 14))
