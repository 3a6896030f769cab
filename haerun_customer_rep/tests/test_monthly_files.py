import io

from openpyxl import load_workbook

from odoo.tests import tagged

from .monthly_common import MonthlyCommon
from .pdf_common import PdfCommon


@tagged("post_install", "-at_install")
class TestMonthlyFiles(MonthlyCommon, PdfCommon):
    """The two files of a report as the leader gets them."""

    def test_files(self):
        """R2: the PDF has pages and pictures, the workbook figures and charts."""
        self._figures()
        self._published()
        report = self._report(self.branch, comment="=总体平稳")
        report.with_context(force_report_rendering=True)._make()
        pages = self._pages(report.pdf_id.raw)
        self.assertEqual(len(pages), 6)
        for page, words in enumerate(
            (
                "客户代表制工作月报",
                "一、指标总表",
                "二、图表",
                "三、",
                "四、",
                "五、口径",
            )
        ):
            self.assertIn(words, pages[page])
        self.assertIn("总体平稳", pages[0])
        self.assertIn("及时率(试)", pages[1])
        self.assertIn("第6页/共6页", pages[5])
        self.assertIn("data:image/svg+xml", report.preview)
        book = load_workbook(io.BytesIO(report.xlsx_id.raw))
        sheet = book["指标"]
        row = {
            head.value: cell.value
            for head, cell in zip(sheet[3], sheet[4], strict=True)
        }
        self.assertEqual(row["指标"], "及时率(试)")
        self.assertEqual((row["本月"], row["目标"]), (100, "≥90%"))
        self.assertEqual(row["去年同月"], "无数据")
        self.assertTrue(sheet._charts)
        self.assertTrue(book["走势"]._charts)
        ranking = [cell.value for cell in book["排名"]["C"]]
        self.assertIn(self.rep_c.name, ranking)
