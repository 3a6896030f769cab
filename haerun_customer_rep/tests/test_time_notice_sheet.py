import unicodedata
from io import BytesIO

from pypdf import PdfReader

from odoo.tests import HttpCase, tagged

from .common import SupervisedCommon

REPORT = "haerun_customer_rep.supervision_notice_report"


@tagged("post_install", "-at_install")
class TestNoticeSheet(SupervisedCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._limit(cls.issued, cls.answered, 2, "work_day")

    def _text(self, notices, user):
        """Print as ``user``; return the text of the pages without blanks."""
        reports = self.env["ir.actions.report"].with_user(user)
        self.env["ir.config_parameter"].set_param("report.url", self.base_url())
        pdf, kind = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            REPORT, notices.ids
        )
        self.assertEqual(kind, "pdf")
        pages = PdfReader(BytesIO(pdf)).pages
        # the font draws some characters by the glyph of their radical
        texts = (unicodedata.normalize("NFKC", page.extract_text()) for page in pages)
        return ["".join(text.split()) for text in texts]

    def test_sheet(self):
        """R90: the sheet says who, what, by when, and what was answered."""
        with self.at("2026-06-01 09:00"):
            self.rep_a.acting_user_id = self.user_b
            notice = self._matter(body="请在今日内完成勘察。", res_name="海润小区")
        with self.at("2026-06-02 10:00"):
            notice.with_user(self.user_b).action_answer("管材已到货,明日完工。")
        (text,) = self._text(notice, self.user_b)
        for words in (
            notice.name,
            "海润小区",
            "李娜(",
            "张伟)",
            "请在今日内完成勘察。",
            "2026-06-0317:00",
            "2026-06-0109:00",
            "管材已到货,明日完工。",
            "2026-06-0210:00",
        ):
            self.assertIn(words, text)

    def test_many(self):
        """R90: several notices are printed at once, a sheet each."""
        notices = self._matters(3)
        texts = self._text(notices, self.user_head)
        self.assertEqual(len(texts), 3)
        for notice, text in zip(notices.sorted("id"), sorted(texts), strict=True):
            self.assertIn(notice.name, text)
