import base64
import unicodedata
from io import BytesIO

from PIL import Image
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .hookup_common import HookupCommon
from .pdf_common import PdfCommon
from .test_hookup_design import DesignCommon
from .works_common import WorksCommon


@tagged("post_install", "-at_install")
class TestHookupDocuments(HookupCommon, PdfCommon):
    def test_receipt(self):
        """R102, R15: the receipt says number, papers, limits; printing tells them."""
        project = self._accept()
        project.action_print_receipt()
        self.assertEqual(project.sudo().limit_told_by, "paper")
        self.assertEqual(project.sudo().limit_told_user_id, self.user_clerk)
        (text,) = self._print(
            "haerun_hookup_receipt_report", project.with_user(self.user_clerk)
        )
        step = project.sudo().service_version_id.step_ids[:1]
        for words in (
            "受理回执",
            project.number,
            "王芳",
            "已收材料",
            step.name,
            "代表:张伟",
        ):
            words = unicodedata.normalize("NFKC", words)
            self.assertIn("".join(words.split()), text)
        with self.assertRaises(AccessError):
            project.with_user(self.user_other).action_print_receipt()

    def test_qr_is_drawn_from_the_link(self):
        """R15: the QR code is that of the link, of nothing else."""
        project = self._accept().sudo()
        png = project._page_qr_png()
        self.assertEqual(Image.open(BytesIO(png)).format, "PNG")
        self.assertEqual(png, project._page_qr_png(), "the same link, the same code")
        project._renew_page("客户遗失")
        self.assertNotEqual(png, project._page_qr_png())
        png = project._page_qr_png()
        uri = project._page_qr_uri().partition(",")[2]
        self.assertEqual(base64.b64decode(uri), png)

    def test_contents_in_the_customers_language(self):
        """R19: whoever prints it, the file names its papers as the customer reads."""
        project = self._standing("survey_signed").sudo()
        spoken = project.with_context(lang="zh_CN")
        report, surveys = spoken._bundle_documents()[2]
        wanted = f"{spoken.env.ref(report).name} {surveys.display_name}"
        self.env.invalidate_all()
        pdf = project.with_context(lang="en_US", force_report_rendering=True)._bundle()
        outline = [item.title for item in PdfReader(BytesIO(pdf)).outline]
        self.assertIn(wanted, outline)

    def test_bundle(self):
        """R19: all papers in one file, found by their page."""
        project = self._standing("survey_signed").sudo()
        pdf = project.with_context(force_report_rendering=True)._bundle()
        cover, *pages = self._pages(pdf)
        self.assertIn("项目档案", cover)
        self.assertIn("受理回执", pages[0])
        self.assertIn("现场勘察记录", pages[1])
        self.assertIn(project.survey_id.digest, pages[1])
        self.assertIn("球墨铸铁管DN200", pages[1])
        with self.assertRaises(AccessError):
            project.with_user(self.user_other)._bundle()


@tagged("post_install", "-at_install")
class TestHookupFile(DesignCommon, WorksCommon, PdfCommon):
    def test_bundle_of_the_works(self):
        """R19, R25, R30, R31: review opinions, rectification, acceptance record."""
        project = self._in_review()
        review = project.review_id
        self.env["haerun.hookup.review.issue"].create(
            {"review_id": review.id, "drawing_no": "S-07", "text": "管径标注有误"}
        )
        review.opinion = "按意见修改"
        review.action_return()
        project = self._go_on(project.with_env(self.env), "nodes_passed")
        line = self._lines(project, "item")[0]
        self._fail(line)
        opinion = self._raise(project, self.user_branch).sudo()
        sudo = project.sudo().with_context(force_report_rendering=True)
        cover, *pages = self._pages(sudo._bundle())
        titles = ("审查意", "整改通知单", "验收记录")
        found = []
        for title in titles:
            self.assertIn(title, cover)
            found.append(
                next(number for number, page in enumerate(pages) if title in page)
            )
        self.assertEqual(found, sorted(found))
        self.assertIn("S-07", pages[found[0]])
        self.assertIn(opinion.number, pages[found[1]])
        self.assertIn("分项验收记录", "".join(pages[found[2] :]))

    def test_nothing_inspected(self):
        """R30: no empty record of an acceptance that has not begun."""
        project = self._standing("nodes_passed").sudo()
        names = [name for name, records in project._bundle_documents() if records]
        self.assertNotIn("haerun_customer_rep.hookup_acceptance_report", names)
