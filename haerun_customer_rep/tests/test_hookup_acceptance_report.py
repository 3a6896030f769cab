from odoo.exceptions import UserError
from odoo.tests import tagged

from .pdf_common import PdfCommon
from .works_common import WorksCommon


@tagged("-at_install", "post_install")
class TestAcceptanceReport(WorksCommon, PdfCommon):
    def test_rectification_notice(self):
        """R30, R31: the notice names works, opinion, party, limit and closure."""
        project = self._standing("nodes_passed")
        opinion = self._raise(project, self.user_branch)
        self._report(opinion)
        opinion.with_user(self.user_branch).action_close()
        pages = self._print("hookup_rectification_report", opinion.with_env(self.env))
        self.assertEqual(len(pages), 1)
        for text in (
            "整改通知单",
            opinion.number,
            "某市政公司",
            "渗水,重新做防水",
            "第1次整改",
            "复验合格",
        ):
            self.assertIn(text, pages[0])

    def test_acceptance_record(self):
        """R30, R32: every line with its result and who was there, opinions, closure."""
        project = self._standing("nodes_passed")
        lines = self._lines(project, "item")
        self._join(lines)
        self._fail(lines[0])
        again = self._again(lines[0])
        self._join(again)
        for line in lines[1:] | again:
            self._pass(line)
        self._raise(project, self.user_branch)
        pages = self._print("hookup_acceptance_report", project)
        text = "".join(pages)
        for word in (
            "分项验收记录",
            "室外给水管网",
            "(复验)",
            "不合格",
            "接口渗水",
            "周杰",
        ):
            self.assertIn(word, text)
        self.assertIn("未销号", text)
        self.assertEqual(text.count("管线位置与竣工图一致"), 2)
        count = len(project._acceptance_sheets())
        self.assertEqual(len(pages), count, "a sheet is a page")

    def test_nothing_to_print(self):
        """R30: no empty record."""
        project = self._standing("survey_signed").with_user(self.user_a)
        with self.assertRaisesRegex(UserError, "no inspection to print"):
            project.action_print_acceptance()
