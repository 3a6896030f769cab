from odoo import models

from ...tools import monthly
from ..exchange.haerun_figures_xlsx import COUNT, NO_DATA, PER_CENT, SCORE

MONEY = "#,##0.00"
FORMATS = {"rate": PER_CENT, "count": COUNT, "amount": MONEY}
#: lines that the chart over time holds
LINES = 6
HEADS = [
    ("指标", 28),
    ("类别", 10),
    ("目标", 14),
    ("本月", 14),
    ("是否达标", 10),
    ("上月", 14),
    ("较上月", 10),
    ("去年同月", 14),
    ("较去年同月", 12),
    ("计入", 14),
    ("总数", 14),
]
RANKING_HEADS = [
    ("范围", 22),
    ("名次", 8),
    ("姓名、单位", 24),
    ("所属单位", 26),
    ("得分", 10),
    ("名次升降", 10),
    ("等次", 12),
]
JUDGED = {True: "达标", False: "未达标", None: ""}


class MonthlyReportXlsx(models.AbstractModel):
    """The workbook of a monthly report: the same figures, with native charts."""

    _name = "report.haerun_customer_rep.monthly_report_xlsx"
    _inherit = ["haerun.figures.xlsx"]
    _description = "Workbook of a Monthly Report (XLSX)"

    def generate_xlsx_report(self, workbook, data, objs):
        report = objs.with_context(lang="zh_CN")
        report.ensure_one()
        content = report.content
        formats = self._formats(workbook)
        for number, colour in ((PER_CENT, "#FBE3E4"), (SCORE, "#FBE3E4")):
            formats["missed", number] = workbook.add_format(
                {"font_name": "宋体", "border": 1, "num_format": number}
                | {"bg_color": colour, "border_color": "#999999"}
            )
        self._summary_sheet(workbook, formats, report)
        self._indicators_sheet(workbook, formats, content)
        self._trend_sheet(workbook, formats, content)
        for one in content["classes"]:
            self._class_sheet(workbook, formats, content, one)
        self._ranking_sheet(workbook, formats, content)
        self._notes_sheet(
            workbook,
            formats,
            content,
            [f"{name}：{note}" for name, note in content["methods"]]
            + ["“无数据”表示没有可统计的对象，不等于0。"]
            + [f"本月无数据：{'、'.join(content['without']) or '无'}。"],
        )

    def _formats(self, workbook):
        formats = super()._formats(workbook)
        line = {"font_name": "宋体", "border": 1, "border_color": "#999999"}
        formats[MONEY] = workbook.add_format({**line, "num_format": MONEY})
        return formats

    def _of_what(self, content):
        return f"期间：{content['period']}　范围：{content['unit']}"

    def _heads(self, sheet, formats, heads):
        for column, (head, width) in enumerate(heads):
            sheet.write_string(2, column, head, formats["head"])
            sheet.set_column(column, column, width)
        sheet.freeze_panes(3, 1)

    # ------------------------------------------------------------ sheets
    def _summary_sheet(self, workbook, formats, report):
        content = report.content
        title = f"{content['company']}客户代表制工作月报"
        sheet = self._begin(workbook, formats, content, "摘要", title, 2)
        sheet.set_column(0, 0, 5)
        sheet.set_column(1, 1, 110)
        said = list(content["summary"])
        if report.comment:
            said.append(f"客户服务部负责人意见：{report.comment}")
        for row, sentence in enumerate(said, 2):
            sheet.write_number(row, 0, row - 1, formats["note"])
            sheet.write_string(row, 1, sentence, formats["note"])
            sheet.set_row(row, 34)

    def _indicators_sheet(self, workbook, formats, content):
        rows = content["indicators"]
        name = "指标"
        sheet = self._begin(workbook, formats, content, name, "指标总表", len(HEADS))
        self._heads(sheet, formats, HEADS)
        for at, row in enumerate(rows, 3):
            number = FORMATS[row["measure"]]
            sheet.write_string(at, 0, row["name"], formats["text"])
            sheet.write_string(at, 1, row["class"], formats["text"])
            aim = monthly.aim(row["target"], row["direction"], row["measure"])
            sheet.write_string(at, 2, aim, formats["text"])
            self._number(sheet, at, 3, row["value"], number, formats)
            sheet.write_string(at, 4, JUDGED[row["met"]], formats["text"])
            self._number(sheet, at, 5, row["before"], number, formats)
            arrow = monthly.arrow(row["moved"], row["direction"])
            sheet.write_string(at, 6, arrow, formats["text"])
            self._number(sheet, at, 7, row["year_before"], number, formats)
            arrow = monthly.arrow(row["moved_year"], row["direction"])
            sheet.write_string(at, 8, arrow, formats["text"])
            self._number(sheet, at, 9, row["above"], MONEY, formats)
            self._number(sheet, at, 10, row["below"], MONEY, formats)
        rates = [at for at, row in enumerate(rows, 3) if row["measure"] == "rate"]
        if rates:
            # rates stand first or among others: a chart takes one stretch of rows
            first, last = rates[0], rates[-1]
            chart = workbook.add_chart({"type": "bar"})
            for column, label in ((3, "本月"), (5, "上月")):
                chart.add_series(
                    {
                        "name": label,
                        "categories": [name, first, 0, last, 0],
                        "values": [name, first, column, last, column],
                    }
                )
            chart.set_title({"name": "各项指标：本月与上月（%）"})
            chart.set_x_axis({"min": 0, "max": 100})
            chart.set_y_axis({"reverse": True})
            chart.set_legend({"position": "bottom"})
            chart.set_size({"width": 900, "height": 120 + 26 * len(rows)})
            sheet.insert_chart(5 + len(rows), 0, chart)

    def _trend_sheet(self, workbook, formats, content):
        months, name = content["months"], "走势"
        sheet = self._begin(
            workbook, formats, content, name, "近13个月走势（%）", 1 + len(months)
        )
        self._heads(sheet, formats, [("指标", 28), *((month, 10) for month in months)])
        for at, (label, values) in enumerate(content["trend"].items(), 3):
            sheet.write_string(at, 0, label, formats["text"])
            for column, value in enumerate(values, 1):
                self._number(sheet, at, column, value, PER_CENT, formats)
        if content["trend"]:
            chart = workbook.add_chart({"type": "line"})
            for at in range(3, 3 + min(LINES, len(content["trend"]))):
                chart.add_series(
                    {
                        "name": [name, at, 0],
                        "categories": [name, 2, 1, 2, len(months)],
                        "values": [name, at, 1, at, len(months)],
                        "marker": {"type": "circle"},
                    }
                )
            chart.set_title({"name": "近13个月走势（%）"})
            chart.set_legend({"position": "bottom"})
            chart.show_na_as_empty_cell()
            chart.set_size({"width": 1000, "height": 360})
            sheet.insert_chart(5 + len(content["trend"]), 0, chart)

    def _class_sheet(self, workbook, formats, content, one):
        name, width = f"{one['label']}类"[:31], 1 + len(one["heads"])
        title = f"各单位指标（{one['label']}类）"
        sheet = self._begin(workbook, formats, content, name, title, max(2, width))
        self._heads(sheet, formats, [("单位", 28), *((h, 14) for h in one["heads"])])
        sheet.set_row(2, 32)
        rows = one["rows"]
        for at, row in enumerate(rows, 3):
            sheet.write_string(at, 0, row["unit"], formats["text"])
            for column, ((value, is_met), measure) in enumerate(
                zip(row["cells"], one["measures"], strict=True), 1
            ):
                number = FORMATS[measure]
                if is_met is False and measure == "rate":
                    sheet.write_number(at, column, value, formats["missed", number])
                else:
                    self._number(sheet, at, column, value, number, formats)
        if not rows:
            sheet.write_string(3, 0, NO_DATA, formats["none"])
        elif "rate" in one["measures"]:
            column = 1 + one["measures"].index("rate")
            chart = workbook.add_chart({"type": "column"})
            chart.add_series(
                {
                    "name": [name, 2, column],
                    "categories": [name, 3, 0, 2 + len(rows), 0],
                    "values": [name, 3, column, 2 + len(rows), column],
                    "data_labels": {"value": True, "num_format": "0.0"},
                }
            )
            chart.set_title({"name": f"各单位{one['heads'][column - 1]}（%）"})
            chart.set_legend({"none": True})
            chart.set_size({"width": 900, "height": 320})
            sheet.insert_chart(5 + len(rows), 0, chart)

    def _ranking_sheet(self, workbook, formats, content):
        sheet = self._begin(
            workbook, formats, content, "排名", "排名和红黄牌", len(RANKING_HEADS)
        )
        self._heads(sheet, formats, RANKING_HEADS)
        tables = [(one["label"], one["rows"]) for one in content["ranking"]]
        listed = content["listed"]
        tables += [(row["label"], [row]) for row in listed]
        at = 3
        for label, rows in tables:
            for row in rows:
                sheet.write_string(at, 0, label, formats["text"])
                place = f"{row['rank']} / {row['ranked']}"
                sheet.write_string(at, 1, place, formats["text"])
                sheet.write_string(at, 2, row["name"], formats["text"])
                sheet.write_string(at, 3, row["unit"], formats["text"])
                self._number(sheet, at, 4, row["score"], SCORE, formats)
                self._number(sheet, at, 5, row["moved"], COUNT, formats)
                sheet.write_string(at, 6, row["grade"], formats["text"])
                at += 1
        if at == 3:
            text = "本月无排名" if content["final"] else "本月考核尚未发布"
            sheet.write_string(3, 0, text, formats["text"])
