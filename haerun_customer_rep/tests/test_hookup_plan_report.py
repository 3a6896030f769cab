from odoo.tests import tagged

from .hookup_common import HookupCommon
from .pdf_common import PdfCommon


@tagged("-at_install", "post_install")
class TestHookupPlanReport(HookupCommon, PdfCommon):
    def test_plan_and_receipt(self):
        """R21, R22: plan, approvals of all versions and receipt print in Chinese."""
        self._lead_above()
        project = self._standing("survey_signed", "site", "needed")
        first = self._plan(project, diameter="200", notes="预留消防接口")
        first.action_submit()
        first.with_user(self.user_head)._return("管径偏小")
        first.with_user(self.user_a).action_revise()
        plan = project.with_user(self.user_a).plan_id
        plan.diameter = "300"
        plan.action_submit()
        for user in (self.user_head, self.user_csd, self.user_boss):
            plan.with_user(user)._approve("同意接水")
        plan._receive("王芳", self._signature(), "visit")
        pages = self._print("report_hookup_plan", (first | plan).with_env(self.env))
        self.assertEqual(len(pages), 4)
        draft = next(page for page in pages if "第1版" in page and "接水点" in page)
        self.assertIn("DN200", draft)
        content = next(page for page in pages if "第2版" in page and "接水点" in page)
        for words in (
            "供水方案",
            project.number,
            "王芳",
            "小区北侧路口",
            "DN300",
            "120",
            "球墨铸铁管DN300",
            "预留消防接口",
            "外线平面图.png",
            "编制人:张伟",
            "本版修订自第1版",
        ):
            self.assertIn(words, content)
        table = next(page for page in pages if "第2版" in page and "审批表" in page)
        for words in ("管径偏小", "退回", "刘洋", "陈静", "志刚", "同意接水"):
            self.assertIn(words, table)
        [receipt] = self._print("report_hookup_plan_receipt", plan.with_env(self.env))
        for words in ("供水方案送达回执", "第2版", "签收人", "王芳", "送达方式"):
            self.assertIn(words, receipt)

    def test_rights(self):
        """R4: an approver prints the plan, though he may not see the project."""
        project = self._standing("survey_signed", "household", "none")
        plan = self._plan(project)
        plan.action_submit()
        self.unit.manager_id = self._employee(self.user_other)
        self.assertEqual(plan.sudo().approver_ids, self.user_other)
        reports = self.env["ir.actions.report"].with_user(self.user_other)
        html, _kind = reports._render_qweb_html(
            "haerun_customer_rep.report_hookup_plan", plan.ids
        )
        self.assertIn("小区北侧路口", html.decode())
