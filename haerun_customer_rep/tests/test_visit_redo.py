from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .visit_common import VisitCommon


@tagged("-at_install", "post_install")
class TestVisitRedo(VisitCommon):
    def _complained(self, **values):
        """A site whose customer complains about the construction."""
        project = self._gone()
        visit = self._visit(project).with_user(self.user_a)
        self._ask(visit, "2", **{"complaint_phase": "construction", **values})
        return project, visit, visit.redo_ids.sudo()

    def test_dissatisfied_opens_a_redo(self):
        """R95: who held the part complained about redoes it, by his own clock."""
        project, visit, redo = self._complained()
        self.assertEqual(visit.state, "done")
        self.assertEqual(redo.owner_id, self.rep_emd)
        self.assertEqual(redo.complaint, "无人到场")
        clock = redo.clock_ids
        self.assertEqual((clock.limit_code, clock.state), ("visit_redo", "running"))
        self.assertEqual((clock.amount, clock.unit), (5, "work_day"))
        self.assertEqual(clock.acting_user_id, self.user_emd)
        self.assertEqual(project.setbacks, 1)
        self.assertEqual(project.step, "account_opened")
        with self.assertRaisesRegex(UserError, "not settled .无人到场"):
            project._check_gate("visited")

    def test_redone_and_satisfied(self):
        """R95: redone, visited anew, satisfied: closed; the first verdict stays."""
        project, visit, redo = self._complained()
        mine = redo.with_user(self.user_emd)
        with self.assertRaisesRegex(UserError, "write first what was done"):
            mine.action_done()
        mine.result = "已重新回填并道歉"
        mine.action_done()
        self.assertEqual(redo.state, "done")
        self.assertEqual(redo.clock_ids.state, "met")
        with self.assertRaisesRegex(UserError, "stays as it is"):
            mine.result = "没有"
        again = self._visit(project)
        self.assertNotEqual(again, visit)
        self.assertEqual(again.round, 2)
        self.assertEqual(again.redo_id, redo)
        self.assertEqual(project.step, "account_opened")
        self._ask(again.with_user(self.user_a), "4")
        self.assertEqual(redo.state, "verified")
        self.assertIn(project.step, ("visited", "closed"))
        self.assertEqual(project.first_satisfaction, "2")
        self.assertEqual(sorted(project.sudo().rating_ids.mapped("rating")), [2, 4])

    def test_not_put_right(self):
        """R95: still dissatisfied: the redo failed and the next one opens."""
        project, _visit, redo = self._complained()
        redo.with_user(self.user_emd).write({"result": "已处理"})
        redo.with_user(self.user_emd).action_done()
        self._ask(self._visit(project).with_user(self.user_a), "1")
        self.assertEqual(redo.state, "failed")
        self.assertEqual(project._redos().mapped("state"), ["open"])
        self.assertEqual(project.setbacks, 2)
        self.assertEqual(project.step, "account_opened")

    def test_accepted_by_the_coordinator(self):
        """R95: only CSD's coordinator lets it be, with the reason on record."""
        project, _visit, redo = self._complained()
        for user in (self.user_emd, self.user_a, self.user_section):
            with self.assertRaises(AccessError, msg=user.name):
                redo.with_user(user)._accept("客户要求无依据")
        window = (
            self.env["haerun.visit.reason"]
            .with_user(self.user_csd)
            .create({"redo_id": redo.id, "reason": "客户要求无依据"})
        )
        window.action_confirm()
        self.assertEqual(redo.state, "accepted")
        self.assertEqual(redo.accepted_by_id, self.user_csd)
        self.assertEqual(redo.clock_ids.state, "cancelled", "which is not met")
        self.assertIn(project.step, ("visited", "closed"))

    def test_section_complaint_blocks_too(self):
        """R38: what the section hears blocks the closing like any other complaint."""
        self._every()
        project = self._opened()
        section = self._visit(project, "section").with_user(self.user_section)
        self._ask(section, "1")
        self.assertEqual(section.acting_user_id, self.user_section, "taken by calling")
        self._ask(self._visit(project).with_user(self.user_a))
        self.assertEqual(project.step, "account_opened")
        redo = project._redos()
        redo.with_user(self.user_a).write({"result": "已当面解释"})
        redo.with_user(self.user_a).action_done()
        again = self._visit(project, "section")
        self.assertEqual(again.round, 2)
        self._ask(again.with_user(self.user_section), "5")
        self.assertIn(project.step, ("visited", "closed"))

    def test_deputy_redoes(self):
        """R121: the deputy puts it right for the principal."""
        _project, _visit, redo = self._complained(complaint_phase="plan")
        self._away()
        mine = redo.with_user(self.user_b)
        mine.result = "已重新编制"
        mine.action_done()
        self.assertEqual(redo.done_by_id, self.user_b)
        self.assertEqual(redo.done_for_id, self.user_a)

    def test_only_the_holder(self):
        """R95: nobody else reports it as redone; nobody forges or deletes it."""
        _project, visit, redo = self._complained()
        redo.with_user(self.user_emd).result = "已处理"
        for user in (self.user_a, self.user_csd, self.user_section):
            with self.assertRaises(AccessError, msg=user.name):
                redo.with_user(user).action_done()
        with self.assertRaises(AccessError):
            redo.with_user(self.user_emd).state = "verified"
        with self.assertRaises(UserError):
            redo.unlink()
        with self.assertRaises(AccessError):
            redo.with_user(self.user_a).create(
                {"visit_id": visit.id, "res_model": visit.res_model, "res_id": 1}
            )

    def test_suspended_project_goes_on_by_hand(self):
        """R8: what a suspension held up goes on by a button afterwards."""
        project = self._opened()
        reason = self.env.ref("haerun_customer_rep.pause_reason_customer")
        project.with_user(self.user_csd)._suspend(
            reason,
            self.env["haerun.workday"].plan(self.env.cr.now(), 3, "work_day"),
            "",
        )
        self._ask(self._visit(project).with_user(self.user_a))
        self.assertEqual(project.step, "account_opened")
        project._resume("")
        project.with_user(self.user_a).action_visited()
        self.assertIn(project.step, ("visited", "closed"))
