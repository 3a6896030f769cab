from odoo import fields, models

MONEY = "#,##0.00"
HEADS = [
    ("应收：分户账", "receivable"),
    ("应收：总账", "receivable_books"),
    ("应收：未过账", "receivable_open"),
    ("应收：不明差额", "receivable_odd"),
    ("预存：分户账", "prepaid"),
    ("预存：总账", "prepaid_books"),
    ("预存：未过账", "prepaid_open"),
    ("预存：不明差额", "prepaid_odd"),
]


class BooksCheckXlsx(models.AbstractModel):
    """分户账与总账核对: branches, and by name what is not in the books yet."""

    _name = "report.haerun_meter.books_check"
    _inherit = ["haerun.figures.xlsx"]
    _description = "Sub-ledger against Books (XLSX)"

    def generate_xlsx_report(self, workbook, data, objs):
        formats = self._formats(workbook)
        line = {"font_name": "宋体", "font_size": 11, "border": 1, "num_format": MONEY}
        formats["money"] = workbook.add_format(line)
        formats["odd"] = workbook.add_format(
            {**line, "font_color": "#C00000", "bold": True}
        )
        self._check_sheet(workbook, formats, objs)
        self._open_sheet(workbook, formats, objs)

    def _check_sheet(self, workbook, formats, checks):
        sheet = self._titled(workbook, formats, "核对", "分户账与总账核对", 9)
        for column, head in enumerate(["分公司", *(head for head, _name in HEADS)]):
            sheet.write_string(2, column, head, formats["head"])
        for row, check in enumerate(checks, 3):
            name = check.unit_id.display_name or "无分公司"
            sheet.write_string(row, 0, name, formats["text"])
            for column, (_head, field) in enumerate(HEADS, 1):
                value = round(check[field], 2)
                odd = field.endswith("_odd") and value
                sheet.write_number(
                    row, column, value, formats["odd" if odd else "money"]
                )
        last = 3 + len(checks)
        sheet.write_string(last, 0, "合计", formats["head"])
        for column, (_head, field) in enumerate(HEADS, 1):
            total = round(sum(checks.mapped(field)), 2)
            sheet.write_number(last, column, total, formats["money"])

    def _open_sheet(self, workbook, formats, checks):
        sheet = self._titled(workbook, formats, "未过账", "未过账明细", 5)
        for column, head in enumerate(["分公司", "事项", "日期", "应收", "预存"]):
            sheet.write_string(2, column, head, formats["head"])
        for row, one in enumerate(checks.open_ids, 3):
            texts = (
                one.unit_id.display_name or "无分公司",
                # sudo: an open posting is told by its name
                one.sudo().posting_id.name,
                fields.Date.to_string(one.sudo().date),
            )
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, formats["text"])
            sheet.write_number(row, 3, one.receivable, formats["money"])
            sheet.write_number(row, 4, one.prepaid, formats["money"])

    def _titled(self, workbook, formats, name, title, width):
        sheet = workbook.add_worksheet(name)
        sheet.merge_range(0, 0, 0, width - 1, title, formats["title"])
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        sheet.merge_range(
            1, 0, 1, width - 1, f"截至：{now:%Y-%m-%d %H:%M}", formats["period"]
        )
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, width - 1, 16)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet
