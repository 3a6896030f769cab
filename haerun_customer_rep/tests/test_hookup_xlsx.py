import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .figures_common import BACK, DAY, LATE, FiguresCommon


@tagged("-at_install", "post_install")
class TestHookupXlsx(FiguresCommon):
    """The workbook of hookup figures, read back and worked out by hand (R2)."""

    def _wizard(self, user=None, start="2026-09-21", end="2026-09-22", units=None):
        return (
            self.env["haerun.hookup.figures"]
            .with_user(user or self.user_csd)
            .create(
                {
                    "date_from": start,
                    "date_to": end,
                    "unit_ids": [(6, 0, (units or (self.unit | self.emd)).ids)],
                }
            )
        )

    def _workbook(self, wizard):
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(wizard.env.user)
            ._render("haerun_customer_rep.haerun_hookup_figures_report", wizard.ids, {})
        )
        self.assertEqual(kind, "xlsx")
        return load_workbook(io.BytesIO(content))

    def _row(self, sheet, name, heads=4):
        """``{head: value}`` of the row of ``name`` in the first column."""
        titles = [cell.value for cell in sheet[heads]]
        for row in sheet.iter_rows(min_row=heads + 1):
            if row[0].value == name:
                return dict(zip(titles, [cell.value for cell in row], strict=True))
        self.fail(f"no row {name}")

    def _name(self, record):
        """The name of a record as the workbook has it."""
        return record.with_context(lang="zh_CN").display_name

    def test_by_unit(self):
        """R2: accepted, closed, rates and days by unit and in all."""
        sheet = self._workbook(self._wizard())["按单位"]
        self.assertEqual(sheet["A1"].value, "用水报装情况统计（按单位）")
        self.assertIn("2026-09-21 至 2026-09-22", sheet["A2"].value)
        self.assertIn("A1:K1", {str(area) for area in sheet.merged_cells.ranges})
        self.assertIn("B3:C3", {str(area) for area in sheet.merged_cells.ranges})
        total = self._row(sheet, "合计")
        self.assertEqual((total["受理"], total["办结"]), (3, 2))
        self.assertEqual(total["按时办结率"], 50)
        self.assertEqual(total["一次办好率"], 50)
        self.assertEqual(total["承诺时限内办结率"], 100)
        self.assertEqual(total["满意度（满分5分）"], 4)
        mean = (sum(LATE.values()) + sum(BACK.values())) / 2 / DAY
        self.assertAlmostEqual(total["全程"], mean, 6)
        self.assertEqual(sheet["F5"].number_format, "0")
        self.assertEqual(sheet["D5"].number_format, '0.0"%"')
        self.assertEqual(len(sheet._charts), 1)
        # EMD has clocks, and no project of its own any more
        emd = self._row(sheet, self._name(self.emd))
        self.assertEqual((emd["受理"], emd["办结"]), (0, 0))
        self.assertEqual(emd["按时办结率"], "无数据")
        self.assertEqual(emd["满意度（满分5分）"], "无数据")
        self.assertGreater(emd["到期环节数"], 0)
        self.assertEqual(emd["及时率"], 100)

    def test_by_step_and_holder(self):
        """R2: average working days of each phase, a row a phase, a column a holder."""
        sheet = self._workbook(self._wizard())["环节用时"]
        phases = dict(
            self.env["haerun.hookup.stay.report"]
            .with_context(lang="zh_CN")
            ._fields["phase"]
            ._description_selection(self.env(context={"lang": "zh_CN"}))
        )
        found = {
            row[1]: row[2:]
            for row in sheet.iter_rows(min_row=5, values_only=True)
            if row[0] == "合计"
        }
        for phase in LATE:
            company, *others = found[phases[phase]][:5]
            mean = (LATE[phase] + BACK[phase]) / 2 / DAY
            if phase == "plan":  # the open one spent its first half hour here, too
                mean = (LATE[phase] + BACK[phase] + 0.5) / 3 / DAY
            self.assertAlmostEqual(company, mean, 6, phase)
            self.assertEqual(others, ["无数据"] * 4)
        self.assertEqual(len(sheet._charts), 1)

    def test_by_representative(self):
        """R2: what each post held, kept in time and closed."""
        sheet = self._workbook(self._wizard())["按客户代表"]
        rep = self._row(sheet, self._name(self.rep_a))
        self.assertEqual((rep["经办项目数"], rep["办结"]), (3, 2))
        self.assertEqual(rep["一次办好率"], 50)
        emd = self._row(sheet, self._name(self.rep_emd))
        self.assertEqual((emd["经办项目数"], emd["办结"]), (2, 2))
        hours = sum(
            figures[phase]
            for figures in (LATE, BACK)
            for phase in ("acceptance", "connection")
        )
        self.assertAlmostEqual(emd["每项目平均用时（工作日）"], hours / 2 / DAY, 6)

    def test_list_of_projects(self):
        """R2: each project of the period; what is not known is no 0."""
        sheet = self._workbook(self._wizard())["项目明细"]
        late = self._row(sheet, self.late.display_name, heads=3)
        self.assertEqual((late["超时环节"], late["退回次数"]), (1, 0))
        self.assertAlmostEqual(late["全程（工作日）"], 9 / DAY, 6)
        self.assertEqual(late["客户（工作日）"], 0)
        self.assertEqual(late["满意度（满分5分）"], "无数据")
        self.assertEqual(str(late["结束时间"]), "2026-09-22 11:00:00")
        waits = self._row(sheet, self.open.display_name, heads=3)
        self.assertEqual(waits["全程（工作日）"], "无数据")

    def test_period_and_units_limit(self):
        """R2: local midnight bounds the period; another unit has nothing."""
        total = self._row(
            self._workbook(self._wizard(end="2026-09-21"))["按单位"], "合计"
        )
        self.assertEqual((total["受理"], total["办结"]), (3, 1))
        empty = self._row(
            self._workbook(self._wizard(units=self.branch))["按单位"], "合计"
        )
        self.assertEqual((empty["受理"], empty["办结"]), (0, 0))
        self.assertEqual(empty["按时办结率"], "无数据")
        self.assertEqual(empty["及时率"], "无数据")
        with self.assertRaisesRegex(ValidationError, "is empty"):
            self._wizard(start="2026-09-23")

    def test_figures_are_of_whoever_asks(self):
        """R4: a head's workbook has his unit alone, a representative gets none."""
        sheet = self._workbook(self._wizard(user=self.user_head))["按单位"]
        names = [row[0].value for row in sheet.iter_rows(min_row=5)]
        self.assertIn(self.unit.name, names)
        self.assertNotIn(self.emd.name, names)
        with self.assertRaises(AccessError):
            self._wizard(user=self.user_a)
        wizard = self._wizard(user=self.user_head)
        with self.assertRaises(AccessError):
            wizard.with_user(self.user_csd).action_print()
        with self.assertRaises(AccessError):
            self._workbook(wizard.with_user(self.user_csd))

    def test_queries_do_not_grow_with_projects(self):
        """R2: three times the projects cost the same number of queries."""

        def queries():
            wizard = self._wizard()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._workbook(wizard)
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for _round in range(2):
            self._build()
        self.assertLessEqual(queries(), few + 3)
