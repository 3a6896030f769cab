from odoo import fields, models

from odoo.addons.haerun_customer_rep.report.exchange.haerun_figures_xlsx import (
    COUNT,
    MOMENT,
)

VOLUME = "0.000"
MONEY = "#,##0.00"


class MonthsXlsx(models.AbstractModel):
    """What workbooks of some months share: volumes, money, plain lists."""

    _name = "haerun.months.xlsx"
    _inherit = ["haerun.figures.xlsx"]
    _description = "Workbook of Months (XLSX)"

    #: number format of fractions in plain lists
    _fraction = VOLUME

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
