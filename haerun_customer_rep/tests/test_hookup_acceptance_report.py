import io
import unicodedata

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from .works_common import WorksCommon


@tagged("-at_install", "post_install")
class TestAcceptanceReport(WorksCommon):
    def _pages(self, report, record):
        pdf, kind = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(f"haerun_customer_rep.{report}", record.ids)
        )
        self.assertEqual(kind, "pdf")
        self.assertLess(len(pdf), 2_000_000, "photos are scaled down")
        pages = PdfFileReader(io.BytesIO(pdf)).pages
        return [self._plain(page.extract_text()) for page in pages]

    @staticmethod
    def _plain(text):
        """The text without the spaces of a wide title and the font's own glyphs."""
        return "".join(unicodedata.normalize("NFKC", text).split())

    def test_rectification_notice(self):
        """R30, R31: the notice names works, opinion, party, limit and closure."""
        project = self._standing("nodes_passed")
        opinion = self._raise(project, self.user_branch)
        self._report(opinion)
        opinion.with_user(self.user_branch).action_close()
        pages = self._pages("hookup_rectification_report", opinion.with_env(self.env))
        self.assertEqual(len(pages), 1)
        # words without characters that the font writes as radicals
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
        pages = self._pages("hookup_acceptance_report", project)
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
