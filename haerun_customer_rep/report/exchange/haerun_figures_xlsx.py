from odoo import models

NO_DATA = "无数据"
PER_CENT, DAYS, COUNT, SCORE, MOMENT = (
    '0.0"%"',
    "0.00",
    "0",
    "0.0",
    "yyyy-mm-dd hh:mm",
)


class FiguresXlsx(models.AbstractModel):
    """What workbooks of figures share: formats, titles, heads over heads, notes.

    A figure that is False or None is "no data", which is no 0.
    """

    _name = "haerun.figures.xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Workbook of Figures (XLSX)"

    def _formats(self, workbook):
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        line = {**base, "border": 1, "border_color": "#999999"}
        made = {
            "title": workbook.add_format(
                {**base, "bold": True, "font_size": 16, "align": "center"}
            ),
            "period": workbook.add_format({**base, "align": "center"}),
            "head": workbook.add_format(
                {
                    **line,
                    "bold": True,
                    "align": "center",
                    "text_wrap": True,
                    "bg_color": "#DCE6F1",
                }
            ),
            "text": workbook.add_format(line),
            "none": workbook.add_format(
                {**line, "align": "right", "font_color": "#888888"}
            ),
            "note": workbook.add_format({**base, "text_wrap": True}),
        }
        for number in (PER_CENT, DAYS, COUNT, SCORE, MOMENT):
            made[number] = workbook.add_format({**line, "num_format": number})
        return made

    # ------------------------------------------------------------ parts
    def _begin(self, workbook, formats, wizard, name, title, width):
        """A sheet with title and period merged over ``width`` columns."""
        sheet = workbook.add_worksheet(name)
        sheet.merge_range(0, 0, 0, width - 1, title, formats["title"])
        sheet.merge_range(
            1,
            0,
            1,
            width - 1,
            self._of_what(wizard),
            formats["period"],
        )
        sheet.set_row(0, 28)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _of_what(self, wizard):
        """The line beneath the title: period and units."""
        units = "、".join(wizard.unit_ids.mapped("display_name")) or "全部"
        return f"期间：{self._period(wizard)}　单位：{units}"

    def _period(self, wizard):
        return f"{wizard.date_from} 至 {wizard.date_to}"

    def _number(self, sheet, row, column, value, number, formats):
        """Write a figure, or that there is none: False and None are no number."""
        if value is None or value is False:
            sheet.write_string(row, column, NO_DATA, formats["none"])
        else:
            sheet.write_number(row, column, value, formats[number])

    def _grouped_heads(self, sheet, formats, first, groups):
        """Two rows of heads: ``first`` merged downwards, groups merged sideways."""
        sheet.merge_range(2, 0, 3, 0, first, formats["head"])
        column = 1
        for group, heads in groups:
            last = column + len(heads) - 1
            if last > column:
                sheet.merge_range(2, column, 2, last, group, formats["head"])
            else:
                sheet.write_string(2, column, group, formats["head"])
            for offset, (head, _name, _number) in enumerate(heads):
                sheet.write_string(3, column + offset, head, formats["head"])
            column = last + 1
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, column - 1, 13)
        sheet.set_row(3, 32)
        sheet.freeze_panes(4, 1)
        return [head for _group, heads in groups for head in heads]

    def _grouped_rows(self, sheet, formats, rows, heads, whole, unnamed="未移交"):
        """A row each, the whole last.

        :param rows: list of ``(record or None for the whole, {name: figure})``
        :param unnamed: what a row without a record is called
        """
        for index, (record, figures) in enumerate(rows, 4):
            name = whole if record is None else record.display_name or unnamed
            sheet.write_string(index, 0, name, formats["text"])
            for column, (_head, figure, number) in enumerate(heads, 1):
                value = figures.get(figure, False)
                if number == COUNT:
                    value = value or 0
                self._number(sheet, index, column, value, number, formats)

    def _notes_sheet(self, workbook, formats, wizard, notes):
        sheet = self._begin(workbook, formats, wizard, "口径说明", "统计口径", 2)
        sheet.set_column(0, 0, 5)
        sheet.set_column(1, 1, 100)
        for row, note in enumerate(notes, 2):
            sheet.write_number(row, 0, row - 1, formats["note"])
            sheet.write_string(row, 1, note, formats["note"])
            sheet.set_row(row, 34)
