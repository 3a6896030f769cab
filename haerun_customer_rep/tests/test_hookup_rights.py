from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .hookup_common import HookupCommon

#: may (read, write, unlink) a project of A's that the clerk accepted
PROJECT = {
    "clerk": (True, False, False),
    "a": (True, True, False),
    "b": (False, False, False),
    "other": (False, False, False),
    "branch": (False, False, False),
    "head": (True, True, False),
    "csd": (True, True, False),
    "section": (True, False, False),
    "rules": (True, False, False),
}


@tagged("-at_install", "post_install")
class TestHookupRights(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls._accept()
        cls.survey = cls._survey(cls.project)
        cls.material = cls.project.material_ids[0]

    def _may(self, record, user, operation):
        self.env.invalidate_all()
        return record.with_user(user).has_access(operation)

    def test_roles(self):
        """R15, R16: who reads and writes a project, role by role."""
        for role, expected in PROJECT.items():
            user = getattr(self, f"user_{role}")
            found = tuple(
                self._may(self.project, user, operation)
                for operation in ("read", "write", "unlink")
            )
            self.assertEqual(found, expected, role)
            self.assertEqual(
                self._may(self.survey, user, "read"), expected[0], f"{role} survey"
            )
            self.assertEqual(
                self._may(self.survey, user, "write"), expected[1], f"{role} survey"
            )
            self.assertEqual(
                self._may(self.material, user, "read"), expected[0], f"{role} material"
            )

    def test_outsiders(self):
        """R15: portal, public and plain users see nothing."""
        for login, group in (
            ("test_portal", "base.group_portal"),
            ("test_public", "base.group_public"),
            ("test_plain", "base.group_user"),
        ):
            user = new_test_user(self.env, login, groups=group)
            for record in (self.project, self.survey, self.material):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
            with self.assertRaises(AccessError):
                self.projects.with_user(user).intake({})

    def test_collaborator_reads(self):
        """R14: whoever is asked to assist reads the project, no more."""
        self.project.with_user(self.user_a).collaborator_ids = self.rep_branch
        self.assertTrue(self._may(self.project, self.user_branch, "read"))
        self.assertFalse(self._may(self.project, self.user_branch, "write"))
        self.assertTrue(self._may(self.survey, self.user_branch, "read"))
        with self.assertRaises(AccessError):
            self.survey.with_user(self.user_branch).action_record()

    def test_clerk_until_hand_over(self):
        """R15: a clerk works on own intake until it is handed over."""
        mine = self._accept(complete=False)
        self.assertTrue(self._may(mine, self.user_clerk, "write"))
        colleague = self._user("test_clerk2", "冯敏", "intake_clerk")
        self.assertFalse(self._may(mine, colleague, "read"))
        mine.material_ids.write({"received": True})
        self.assertFalse(self._may(mine, self.user_clerk, "write"))
        self.assertTrue(self._may(mine, self.user_clerk, "read"))

    def test_forms_open(self):
        """R15: every role that may read opens the form with all that is on it."""
        for role, (read, _write, _unlink) in PROJECT.items():
            if not read:
                continue
            user = getattr(self, f"user_{role}")
            self.env.invalidate_all()
            for record in (self.project, self.survey):
                record = record.with_user(user)
                view = record.get_views([(False, "form")])
                # what this role's form shows: nodes of other groups are gone
                arch = etree.fromstring(view["views"]["form"]["arch"])
                names = set(arch.xpath("//field[not(ancestor::field)]/@name"))
                spec = {name: {} for name in names}
                for name, field in record._fields.items():
                    if name in spec and field.relational:
                        spec[name] = {"fields": {"display_name": {}}}
                self.assertTrue(record.web_read(spec), role)

    def test_clerk_cannot_forge(self):
        """R15: a received paper is stamped by the server, requirements are rules."""
        mine = self._accept(complete=False)
        line = mine.material_ids.filtered("required")[0]
        line.write({"received": True, "received_by_id": self.user_csd.id})
        self.assertEqual(line.received_by_id, self.user_clerk)
        forged = self._accept(
            material_ids=[
                Command.create(
                    {"material_type_id": line.material_type_id.id, "required": False}
                )
            ]
        )
        self.assertTrue(
            forged.material_ids.filtered("required"), "required says the rule"
        )
        self.assertEqual(forged.step, "accepted")

    def test_records_are_not_deleted(self):
        """R18: neither project nor survey is deleted by anybody."""
        for user in (self.user_a, self.user_csd, self.user_rules):
            for record in (self.project, self.survey):
                with self.assertRaises(UserError):
                    record.with_user(user).unlink()

    def test_surveys_only_by_the_holder(self):
        """R17: a stranger fixes no survey time and signs nothing."""
        for user in (self.user_other, self.user_clerk, self.user_section):
            with self.assertRaises(AccessError):
                self._survey(self.project, user=user)
            with self.assertRaises(AccessError):
                self.survey.with_user(user).action_sign()
