from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .hookup_common import HookupCommon


@tagged("-at_install", "post_install")
class TestHookupContact(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls._accept()

    def _as(self, user):
        self.env.invalidate_all()
        return self.project.with_user(user)

    def test_masked_for_all(self):
        """R15: lists, reads and exports show masked numbers, to the holder too."""
        for user in (self.user_a, self.user_csd, self.user_section, self.user_clerk):
            user.group_ids += self.env.ref("base.group_allow_export")
            project = self._as(user)
            self.assertEqual(project.phone, "138****5678")
            self.assertEqual(project.id_number, "110105********002X")
            exported = project.export_data(["phone", "id_number", "phone_full"])
            self.assertEqual(
                exported["datas"][0][:2], ["138****5678", "110105********002X"]
            )
        with self.assertRaises(AccessError):
            self._as(self.user_a).read(["phone_plain"])
        with self.assertRaises(AccessError):
            self._as(self.user_csd).export_data(["phone_plain"])
        with self.assertRaises(AccessError):
            self.projects.with_user(self.user_csd).search(
                [("phone_plain", "=like", "1381%")]
            )
        with self.assertRaises(AccessError):
            self._as(self.user_a).partner_id.read(["haerun_phone"])

    def test_full_for_the_holder(self):
        """R15: who holds the matter reads the number on its form, nobody else."""
        self.assertEqual(self._as(self.user_a).phone_full, "13812345678")
        for user in (self.user_csd, self.user_section, self.user_clerk, self.user_head):
            self.assertFalse(self._as(user).phone_full)
        self.assertFalse(self.projects._fields["phone_full"].exportable)

    def test_shown_by_the_button_and_logged(self):
        """R15: who may work on it is shown the number, and a line stays."""
        log = self.env["haerun.access.log"]
        for user in (self.user_csd, self.user_section, self.user_clerk):
            action = self._as(user).action_show_contact()
            shown = (
                self.env[action["res_model"]].with_user(user).browse(action["res_id"])
            )
            self.assertEqual(shown.phone, "13812345678")
            line = log.search([], limit=1)
            self.assertEqual((line.user_id, line.res_id), (user, self.project.id))
            self.assertNotIn("13812345678", str(line.read()))
        with self.assertRaises(AccessError):
            self._as(self.user_rules).action_show_contact()
        with self.assertRaises(AccessError):
            self._as(self.user_other).action_show_contact()
        self.assertEqual(len(log.search([("res_id", "=", self.project.id)])), 3)

    def test_what_was_shown_is_not_anothers(self):
        """R15: nobody opens the window that another was shown."""
        action = self._as(self.user_csd).action_show_contact()
        shown = self.env[action["res_model"]].browse(action["res_id"])
        with self.assertRaises(AccessError):
            shown.with_user(self.user_other).read(["phone"])

    def test_log_is_append_only(self):
        """R15: nobody changes, deletes or forges a line, the superuser neither."""
        self._as(self.user_csd).action_show_contact()
        line = self.env["haerun.access.log"].search([], limit=1)
        for records in (line.with_user(self.user_rules), line, line.sudo()):
            with self.assertRaises(UserError):
                records.what = "nothing"
            with self.assertRaises(UserError):
                records.unlink()
        with self.assertRaises(AccessError):
            line.with_user(self.user_rules).create(
                {"what": "x", "user_id": 1, "res_model": "x", "res_id": 1}
            )
        with self.assertRaises(AccessError):
            line.with_user(self.user_a).read(["what"])

    def test_found_by_whole_number_or_end(self):
        """R15: a phone is found whole or by its last four digits, not by guessing."""
        projects = self.projects.with_user(self.user_csd)
        for text in ("13812345678", "138 1234 5678", "5678"):
            self.assertIn(self.project, projects.search([("phone", "ilike", text)]))
        for text in ("1381", "138123", "12345", "381234567"):
            self.assertFalse(projects.search([("phone", "ilike", text)]))
        self.assertIn(self.project, projects.search([("id_number", "ilike", "002x")]))
        self.assertFalse(
            self.projects.with_user(self.user_other).search(
                [("phone", "ilike", "5678")]
            )
        )

    def test_typed_anew(self):
        """R15: a full number replaces the old one; the masked one changes nothing."""
        project = self._as(self.user_a)
        project.phone = "138****5678"
        self.assertEqual(project.phone_full, "13812345678")
        project.phone = "139 0000 1111"
        self.assertEqual(project.phone, "139****1111")
        self.assertEqual(project.phone_full, "13900001111")
