from odoo import fields, models

from odoo.addons.haerun_customer_rep.report.exchange.haerun_figures_xlsx import (
    COUNT,
    MOMENT,
)
from odoo.addons.haerun_customer_rep.tools.state import choices

HEADS = [
    ("编号", "number", 16, None),
    ("渠道", "channel_id", 14, None),
    ("渠道编号", "external_no", 18, None),
    ("受理时间", "at", 16, MOMENT),
    ("客户", "customer", 12, None),
    ("电话（脱敏）", "phone", 14, None),
    ("地址", "address", 28, None),
    ("类别", "category_id", 18, None),
    ("诉求内容", "text", 46, None),
    ("重复", "repeated", 6, None),
    ("受理人", "intake_user_id", 10, None),
    ("承办单位", "unit_id", 18, None),
    ("客户代表", "handler_id", 12, None),
    ("转办时间", "forwarded_at", 16, MOMENT),
    ("签收时间", "signed_at", 16, MOMENT),
    ("首次联系", "contacted_at", 16, MOMENT),
    ("告知时限", "limit_told_at", 16, MOMENT),
    ("现场处置", "on_site_at", 16, MOMENT),
    ("书面答复", "replied_at", 16, MOMENT),
    ("审核时间", "audited_at", 16, MOMENT),
    ("反馈时间", "fed_back_at", 16, MOMENT),
    ("反馈渠道", "feedback_channel_id", 14, None),
    ("回访时间", "visited_at", 16, MOMENT),
    ("满意度", "satisfaction", 10, None),
    ("办理结果", "result", 12, None),
    ("结果说明", "result_text", 46, None),
    ("状态", "step", 10, None),
    ("办结时间", "ended_at", 16, MOMENT),
    ("退单次数", "return_count", 9, COUNT),
    ("重写次数", "rewrite_count", 9, COUNT),
    ("重办次数", "redo_count", 9, COUNT),
    ("延期次数", "extended_count", 9, COUNT),
    ("按时环节", "clocks_met", 9, COUNT),
    ("超时环节", "clocks_missed", 9, COUNT),
]
EVENT_HEADS = [
    ("编号", 16),
    ("时间", 18),
    ("事项", 14),
    ("办理人", 12),
    ("代理（A角）", 12),
    ("内容", 80),
]


class LedgerMonthXlsx(models.AbstractModel):
    """客户服务台账: rows, rows of earlier months, and what happened (XLSX, R100)."""

    _name = "report.haerun_service_ticket.ledger_month_xlsx"
    _inherit = ["haerun.figures.xlsx"]
    _description = "Ledger of a Month (XLSX)"

    def generate_xlsx_report(self, workbook, data, objs):
        formats = self._formats(workbook)
        formats["stamp"] = workbook.add_format(
            {"font_name": "宋体", "font_size": 11, "border": 1, "num_format": MOMENT}
        )
        book = objs.with_context(lang="zh_CN")
        ledger = book.env["haerun.service.ledger"]
        taken, later = ledger.browse(data["taken"]), ledger.browse(data["later"])
        self._rows_sheet(workbook, formats, book, "本月受理", taken)
        self._rows_sheet(workbook, formats, book, "以前月份本月办理", later)
        self._events_sheet(workbook, formats, book, taken, later)

    def _of_what(self, book):
        return f"单位：{book.unit_id.name}　月份：{book.month:%Y年%m月}"

    def _rows_sheet(self, workbook, formats, book, name, rows):
        title = f"客户服务台账（{name}）"
        sheet = self._begin(workbook, formats, book, name, title, len(HEADS))
        for column, (head, _name, width, _number) in enumerate(HEADS):
            sheet.write_string(2, column, head, formats["head"])
            sheet.set_column(column, column, width)
        sheet.freeze_panes(3, 1)
        labels = {
            name: choices(rows, name)
            for _head, name, _width, _number in HEADS
            if rows._fields[name].type == "selection"
        }
        for line, row in enumerate(rows, 3):
            for column, (_head, name, _width, number) in enumerate(HEADS):
                self._cell(sheet, line, column, row, name, number, labels, formats)
        if rows:
            sheet.autofilter(2, 0, 2 + len(rows), len(HEADS) - 1)

    def _cell(self, sheet, line, column, row, name, number, labels, formats):
        value = row[name]
        field = row._fields[name]
        if number == MOMENT:
            if value:
                local = self.env.company._haerun_local(value).replace(tzinfo=None)
                sheet.write_datetime(line, column, local, formats["stamp"])
            else:
                sheet.write_blank(line, column, None, formats["text"])
        elif number == COUNT:
            sheet.write_number(line, column, value or 0, formats[COUNT])
        else:
            if isinstance(value, models.BaseModel):
                value = value.display_name
            elif field.type == "selection":
                value = labels[name].get(value)
            elif field.type == "boolean":
                value = "是" if value else ""
            sheet.write_string(line, column, value or "", formats["text"])

    def _events_sheet(self, workbook, formats, book, taken, later):
        sheet = self._begin(
            workbook, formats, book, "办理经过", "办理经过", len(EVENT_HEADS)
        )
        for column, (head, width) in enumerate(EVENT_HEADS):
            sheet.write_string(2, column, head, formats["head"])
            sheet.set_column(column, column, width)
        sheet.freeze_panes(3, 1)
        history = book._histories(taken, later)
        line = 3
        for row in taken | later:
            for event in history[row.id]:
                at = fields.Datetime.to_datetime(event["at"].replace(tzinfo=None))
                sheet.write_string(line, 0, row.number or "", formats["text"])
                sheet.write_datetime(line, 1, at, formats["stamp"])
                texts = (
                    event["label"],
                    event["who"] or "",
                    event["for"] or "",
                    event["text"],
                )
                for column, text in enumerate(texts, 2):
                    sheet.write_string(line, column, text, formats["text"])
                line += 1
