from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .hookup_common import HookupCommon


@tagged("post_install", "-at_install")
class TestAssistance(HookupCommon):
    def _ask(self, project, user=None, **values):
        user = user or self.user_a
        action = project.with_user(user).action_ask_assistance()
        form = Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"]),
            view=action["views"][0][0],
        )
        form.name = "核对院内管线"
        form.assistant_id = self.rep_branch
        return form.save()

    def test_branch_assists(self):
        """R14: a branch representative is given a task, does it, the result stays."""
        project = self._accept()
        self.assertFalse(project.with_user(self.user_branch).search([]) & project)
        task = self._ask(project)
        self.assertEqual(task.requested_by_id, self.user_a)
        self.assertEqual(task.sudo().acting_user_id, self.user_branch)
        self.assertEqual(len(task.sudo().clock_ids), 2)
        # who is asked may read the matter, and does not change it
        self.assertTrue(project.with_user(self.user_branch).search([]) & project)
        with self.assertRaises(AccessError):
            project.with_user(self.user_branch).write({"remark": "改"})

        mine = task.with_user(self.user_branch)
        mine.action_accept()
        with self.assertRaisesRegex(UserError, "what was done"):
            mine.action_done()
        mine.result = "院内 DN150 管线完好。"
        mine.action_done()
        self.assertEqual(task.state, "done")
        self.assertEqual(task.done_by_id, self.user_branch)
        self.assertEqual(set(task.sudo().clock_ids.mapped("state")), {"met"})
        with self.assertRaisesRegex(UserError, "is over"):
            mine.result = "改"
        told = self.env["haerun.push"].search([("user_id", "=", self.user_a.id)])
        self.assertIn(task.id, told.mapped("res_id"))

    def test_logged(self):
        """R5: whom the CSD representative asked is logged on the project."""
        project = self._accept()
        self._ask(project)
        self.assertIn(
            "核对院内管线", "".join(project.sudo().message_ids.mapped("body"))
        )
        self.assertIn(self.rep_branch, project.sudo().collaborator_ids)

    def test_decline(self):
        """R14: a task is declined with its reason only; its clocks lapse."""
        task = self._ask(self._accept())
        mine = task.with_user(self.user_branch)
        with self.assertRaisesRegex(UserError, "why not"):
            mine.action_decline()
        mine.result = "不属本辖区。"
        mine.action_decline()
        self.assertEqual(set(task.sudo().clock_ids.mapped("state")), {"cancelled"})

    def test_who_may(self):
        """R14: only who was asked answers, only who works on the matter asks."""
        project = self._accept()
        task = self._ask(project)
        for user in (self.user_other, self.user_b, self.user_section):
            with self.assertRaises(AccessError):
                task.with_user(user).action_accept()
        with self.assertRaises(AccessError):
            project.with_user(self.user_branch).action_ask_assistance()
        with self.assertRaises(AccessError):
            task.with_user(self.user_branch).write({"state": "done"})
        with self.assertRaises(AccessError):
            task.with_user(self.user_branch).write({"assistant_id": self.rep_a.id})

    def test_csd_coordinates(self):
        """R40: a CSD representative gives a branch's of the same class a task."""
        csd = self._user("test_csd_m", "徐丽", "representative")
        self._representative(csd, rep_class="marketing")
        reader = self._user("test_branch_m", "何强", "representative")
        branch = self._representative(reader, self.branch, rep_class="marketing")
        values = {"name": "补签供用水合同", "assistant_id": branch.id}
        task = self.env["haerun.assisting.task"].with_user(csd).create(values)
        self.assertEqual(task.sudo().acting_user_id, reader)
        self.assertEqual(task.requested_by_id, csd)
        with self.assertRaises(AccessError):
            # an engineering representative does not coordinate marketing
            task.with_user(self.user_a).create(values)

    def test_deputy(self):
        """R121: while the one asked is away his deputy has the task."""
        deputy = self._user("test_branch_b", "钱进", "representative")
        rep = self._representative(deputy, self.branch)
        self.rep_branch.deputy_id = rep
        task = self._ask(self._accept())
        self.env["haerun.substitution"].create(
            {
                "principal_id": self.rep_branch.id,
                "deputy_id": rep.id,
                "date_from": "2020-01-01 00:00:00",
                "date_to": "2090-01-01 00:00:00",
            }
        )
        self.assertEqual(task.sudo().acting_user_id, deputy)
        task.with_user(deputy).action_accept()
        self.assertEqual(task.state, "accepted")
