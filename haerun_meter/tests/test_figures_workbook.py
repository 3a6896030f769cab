import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .figures_common import FiguresCommon


@tagged("-at_install", "post_install")
class TestFiguresWorkbook(FiguresCommon):
    """The workbook of reading figures, read back and worked out by hand (R58, R63)."""

    def _wizard(self, user=None, start="2026-03-01", end="2026-03-01", units=None):
        return (
            self.env["haerun.reading.workbook"]
            .with_user(user or self.user_branch_head)
            .create(
                {
                    "month_from": start,
                    "month_to": end,
                    "unit_ids": [(6, 0, (units or self.branch).ids)],
                }
            )
        )

    def _workbook(self, wizard):
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(wizard.env.user)
            ._render("haerun_meter.reading_workbook_report", wizard.ids, {})
        )
        self.assertEqual(kind, "xlsx")
        return load_workbook(io.BytesIO(content))

    def _rows(self, sheet, heads=4):
        """``{first column: {head: value}}``."""
        titles = [cell.value for cell in sheet[heads]]
        titles[0] = titles[0] or "name"
        return {
            row[0].value: dict(zip(titles, [cell.value for cell in row], strict=True))
            for row in sheet.iter_rows(min_row=heads + 1)
        }

    def _name(self, record):
        return record.with_context(lang="zh_CN").display_name

    def test_figures(self):
        """R63: by branch, reader and book, rates as per cents, no data said so."""
        self._everything()
        book = self._workbook(self._wizard())
        for sheet, record in (
            ("按分公司", self.branch),
            ("按抄表员", self.reader),
            ("按账册", self.book),
        ):
            rows = self._rows(book[sheet])
            self.assertEqual(set(rows), {self._name(record), "合计"})
            for row in rows.values():
                self.assertEqual((row["应抄"], row["抄见"], row["未抄"]), (8, 4, 2))
                self.assertEqual((row["抄见率"], row["实抄率"]), (50, 37.5))
                self.assertEqual((row["估抄率"], row["正日率"]), (12.5, 75))
                self.assertEqual(row["抄表准确率"], "无数据")
        sheet = book["按分公司"]
        self.assertEqual(sheet["A1"].value, "抄表情况表（按分公司）")
        self.assertIn("2026-03", sheet["A2"].value)
        self.assertEqual(sheet["J5"].number_format, '0.0"%"')
        self.assertEqual(len(sheet._charts), 1)
        self.assertIn("口径说明", book.sheetnames)

    def test_lists(self):
        """R61, R65: exceptions, and the unread points with account and meter."""
        plan = self._everything()
        book = self._workbook(self._wizard())
        row = self._rows(book["异常情况"], 3)[
            self.locked.with_context(lang="zh_CN").name
        ]
        self.assertEqual((row["分公司"], row["点数"]), (self.branch.name, 1))
        self.assertEqual(row["其中未抄"], 1)
        sheet = book["未抄清单"]
        heads = [cell.value for cell in sheet[3]]
        rows = [
            dict(zip(heads, [cell.value for cell in row], strict=True))
            for row in sheet.iter_rows(min_row=4)
        ]
        self.assertEqual({row["水表号"] for row in rows}, {"F5", "F6", "F8"})
        [held] = [row for row in rows if row["水表号"] == "F8"]
        task = self._task(plan, "F8")
        self.assertEqual(held["户号"], task.account_id.number)
        self.assertEqual((held["抄表期"], held["上次示数"]), ("2026-03", 100))
        self.assertEqual(book["连续估抄"]["A4"].value, "无")

    def test_empty(self):
        """A period without plans is a workbook without rows, not an error."""
        book = self._workbook(self._wizard(start="2031-01-01", end="2031-02-01"))
        rows = self._rows(book["按分公司"])
        self.assertEqual(rows["合计"]["抄见率"], "无数据")
        self.assertEqual(rows["合计"]["应抄"], 0)

    def test_rights(self):
        """R3: others' branches are not in it; a reader has none."""
        self._everything()
        elsewhere = self._user("test_elsewhere", "外人", "unit_manager")
        rows = self._rows(self._workbook(self._wizard(elsewhere))["按分公司"])
        self.assertEqual(rows["合计"]["应抄"], 0)
        with self.assertRaises(AccessError):
            self._wizard(self.user_reader)

    def test_months_turned(self):
        """Bad input is answered by one sentence."""
        with self.assertRaisesRegex(ValidationError, "2026-04 until 2026-03"):
            self._wizard(start="2026-04-01")
