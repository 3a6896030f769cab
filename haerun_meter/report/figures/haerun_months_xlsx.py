from odoo import fields, models

from odoo.addons.haerun_customer_rep.report.exchange.haerun_figures_xlsx import (
    COUNT,
    MOMENT,
)

VOLUME = "0.000"
MONEY = "#,##0.00"
#: sheets of figures: (name, field of the rows, head of the first column)
GROUPS = [
    ("按分公司", "unit_id", "分公司"),
    ("按抄表员", "reader_id", "抄表员"),
    ("按账册", "book_id", "账册"),
]


class MonthsXlsx(models.AbstractModel):
    """What workbooks of some months share: sheets of figures, plain lists."""

    _name = "haerun.months.xlsx"
    _inherit = ["haerun.figures.xlsx"]
    _description = "Workbook of Months (XLSX)"

    #: number format of fractions in plain lists
    _fraction = VOLUME
    #: of the sheets of figures: title, heads over heads as ``(group, [(head, figure,
    #: number format)])``, width of a column in characters
    _title = ""
    _heads = ()
    _width = 11
    #: of the chart by branch: title, figures
    _chart_title = ""
    _charted = ()

    def _formats(self, workbook):
        formats = super()._formats(workbook)
        line = {
            "font_name": "宋体",
            "font_size": 11,
            "border": 1,
            "border_color": "#999999",
        }
        for number in (VOLUME, MONEY):
            formats[number] = workbook.add_format({**line, "num_format": number})
        return formats

    def _period(self, wizard):
        return wizard._name_of_periods()

    def _figures_sheets(self, workbook, formats, wizard):
        """One sheet a group; that of the branches with a chart of its rates."""
        width = 1 + sum(len(heads) for _group, heads in self._heads)
        for name, group, first in GROUPS:
            rows = wizard._rows_by(group)
            title = f"{self._title}（{name}）"
            sheet = self._begin(workbook, formats, wizard, name, title, width)
            heads = self._grouped_heads(sheet, formats, first, self._heads)
            sheet.set_column(0, 0, 34)
            sheet.set_column(1, width - 1, self._width)
            self._grouped_rows(
                sheet, formats, rows, heads, "合计", unnamed=f"无{first}"
            )
            if len(rows) > 1 and group == "unit_id":
                figures = [head[1] for head in heads]
                self._rates_chart(workbook, sheet, name, figures, 4 + len(rows) - 2)

    def _rates_chart(self, workbook, sheet, name, figures, last):
        chart = workbook.add_chart({"type": "column"})
        for figure in self._charted:
            column = 1 + figures.index(figure)
            chart.add_series(
                {
                    "name": [name, 3, column],
                    "categories": [name, 4, 0, last, 0],
                    "values": [name, 4, column, last, column],
                    "data_labels": {
                        "value": len(self._charted) == 1,
                        "num_format": "0.0",
                    },
                }
            )
        chart.set_title({"name": self._chart_title})
        chart.set_y_axis({"min": 0, "max": 100})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 900, "height": 320})
        sheet.insert_chart(last + 4, 0, chart)

    def _list_sheet(self, workbook, formats, wizard, name, title, heads, rows):
        """A plain list: texts as texts, numbers as numbers.

        :param rows: iterable of lists of text, int, float or datetime
        """
        sheet = self._begin(workbook, formats, wizard, name, title, len(heads))
        for column, head in enumerate(heads):
            sheet.write_string(2, column, head, formats["head"])
        sheet.set_column(0, len(heads) - 1, 16)
        sheet.freeze_panes(3, 0)
        row = 2
        for row, values in enumerate(rows, 3):
            for column, value in enumerate(values):
                if isinstance(value, int) and not isinstance(value, bool):
                    sheet.write_number(row, column, value, formats[COUNT])
                elif isinstance(value, float):
                    sheet.write_number(row, column, value, formats[self._fraction])
                elif hasattr(value, "year"):
                    local = fields.Datetime.context_timestamp(wizard, value)
                    local = local.replace(tzinfo=None)
                    sheet.write_datetime(row, column, local, formats[MOMENT])
                else:
                    sheet.write_string(row, column, value or "", formats["text"])
        if row == 2:
            sheet.write_string(3, 0, "无", formats["text"])
        return sheet, row + 1
