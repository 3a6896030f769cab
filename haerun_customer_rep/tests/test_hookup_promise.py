from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users

from .common import local
from .hookup_common import HookupCommon


@tagged("post_install", "-at_install")
class TestPromise(HookupCommon):
    def _accepted(self):
        with self.at("2026-06-01 09:00"):
            return self._accept()

    @users("test_a")
    def test_told(self):
        """R102: telling the customer the limit is recorded, by server time."""
        project = self._accepted().with_env(self.env)
        with self.at("2026-06-01 09:30"):
            action = project.action_tell_limit()
            form = Form(self.env[action["res_model"]].with_context(**action["context"]))
            self.assertEqual(form.due_at, project.due_at)
            form.how = "phone"
            form.note = "客户希望上午上门"
            form.save().action_confirm()
        self.assertEqual(project.limit_told_at, local("2026-06-01 09:30"))
        self.assertEqual(project.limit_told_due_at, project.due_at)
        self.assertEqual(project.limit_told_user_id, self.user_a)
        self.assertIn("客户希望上午上门", project.message_ids[:1].body)

    @users("test_a")
    def test_not_forged(self):
        """R102: nobody writes the record of it by hand."""
        project = self._accepted().with_env(self.env)
        with self.assertRaises(AccessError):
            project.write({"limit_told_at": "2026-06-01 00:00:00"})

    @users("test_other")
    def test_not_by_strangers(self):
        """R102: another branch's representative tells this customer nothing."""
        project = self._accepted().with_env(self.env)
        wizard = self.env["haerun.limit.told"]
        with self.assertRaises(AccessError):
            wizard.create(
                {"res_model": project._name, "res_id": project.id, "how": "phone"}
            ).action_confirm()

    @users("test_a")
    def test_without_limit(self):
        """R102: where no limit runs there is none to tell, and it says so."""
        project = self._accepted().with_env(self.env)
        with self.at("2026-06-01 09:30"):
            project.sudo()._clock_cancel("试")
            with self.assertRaisesRegex(UserError, "none to tell"):
                project.action_tell_limit()
