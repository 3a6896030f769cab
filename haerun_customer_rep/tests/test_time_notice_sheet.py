from odoo.tests import tagged

from .common import SupervisedCommon
from .pdf_common import PdfCommon

REPORT = "supervision_notice_report"


@tagged("post_install", "-at_install")
class TestNoticeSheet(SupervisedCommon, PdfCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._limit(cls.issued, cls.answered, 2, "work_day")

    def test_sheet(self):
        """R90: the sheet says who, what, by when, and what was answered."""
        with self.at("2026-06-01 09:00"):
            self.rep_a.acting_user_id = self.user_b
            notice = self._matter(body="请在今日内完成勘察。", res_name="海润小区")
        with self.at("2026-06-02 10:00"):
            notice.with_user(self.user_b).action_answer("管材已到货,明日完工。")
        (text,) = self._print(REPORT, notice.with_user(self.user_b))
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
        texts = self._print(REPORT, notices.with_user(self.user_head))
        self.assertEqual(len(texts), 3)
        for notice, text in zip(notices.sorted("id"), sorted(texts), strict=True):
            self.assertIn(notice.name, text)
