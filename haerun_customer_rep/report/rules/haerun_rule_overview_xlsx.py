from odoo import fields, models

HEADS = [
    ("种类", 20),
    ("名称", 34),
    ("内容", 60),
    ("版本", 7),
    ("生效日期", 13),
    ("失效日期", 13),
    ("确认", 9),
    ("依据", 34),
    ("最近修改人", 13),
    ("最近修改时间", 18),
]
CHANGE_HEADS = [
    ("时间", 18),
    ("操作人", 13),
    ("种类", 20),
    ("规则", 34),
    ("操作", 9),
    ("部分", 24),
    ("项目", 18),
    ("原内容", 40),
    ("新内容", 40),
]
#: the changes of so many days stand beside the rules
DAYS = 30


class RuleOverviewXlsx(models.AbstractModel):
    """规则一览: the rules in force, a sheet a group, and what was changed lately.

    Its words are Chinese, as on paper (R120, R122).
    """

    _name = "report.haerun_customer_rep.rule_overview_xlsx"
    _inherit = ["haerun.figures.xlsx"]
    _description = "Rules in Force (XLSX)"

    def _get_objs_for_report(self, docids, data):
        """All rules, whatever a caller names."""
        return self.env["haerun.rule.change"]

    def generate_xlsx_report(self, workbook, data, objs):
        tz = self.env.user.tz or "Asia/Shanghai"
        here = self.with_context(lang="zh_CN", tz=tz)
        page = here.env["haerun.rule.overview"].get_rules()
        period = f"截至{page['today']}现行有效的规则"
        formats = self._formats(workbook)
        formats["wrapped"] = workbook.add_format(
            {"font_name": "宋体", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        for group in page["groups"]:
            labels = {kind["model"]: kind["label"] for kind in group["kinds"]}
            rules = [
                rule
                for rule in page["rules"]
                if rule["model"] in labels and rule["state"] == "now"
            ]
            lines = [here._rule_line(labels[rule["model"]], rule) for rule in rules]
            title = f"规则一览（{group['label']}）"
            here._rows_sheet(
                workbook, formats, group["label"], title, HEADS, lines, period
            )
        here._rows_sheet(
            workbook,
            formats,
            f"近{DAYS}天修改",
            f"近{DAYS}天的规则修改",
            CHANGE_HEADS,
            here._change_lines(),
            f"截至{page['today']}",
        )

    def _of_what(self, period):
        return period

    def _rule_line(self, label, rule):
        changed_at = fields.Datetime.to_datetime(rule["changed_at"])
        return [
            label,
            rule["name"],
            rule["words"],
            str(rule["version"] or ""),
            rule["date_from"] or "",
            rule["date_to"] or "",
            "待确认" if rule["to_confirm"] else "",
            rule["basis"],
            rule["changed_by"],
            self._moment(changed_at),
        ]

    def _change_lines(self):
        changes = self.env["haerun.rule.change"].search(
            [("at", ">=", fields.Datetime.subtract(fields.Datetime.now(), days=DAYS))]
        )
        kinds = dict(changes._fields["model"]._description_selection(self.env))
        actions = dict(changes._fields["action"]._description_selection(self.env))
        return [
            [
                self._moment(change.at),
                # sudo: by name, whatever unit he is of
                change.user_id.sudo().name,
                kinds.get(change.model, ""),
                change.name,
                actions[change.action],
                change.line or "",
                change.field_label or "",
                change.old_value or "",
                change.new_value or "",
            ]
            for change in changes
        ]

    def _moment(self, at):
        if not at:
            return ""
        return f"{fields.Datetime.context_timestamp(self, at):%Y-%m-%d %H:%M}"

    def _rows_sheet(self, workbook, formats, name, title, heads, lines, period):
        sheet = self._begin(workbook, formats, period, name[:31], title, len(heads))
        for column, (head, width) in enumerate(heads):
            sheet.write_string(2, column, head, formats["head"])
            sheet.set_column(column, column, width)
        for row, line in enumerate(lines, 3):
            for column, text in enumerate(line):
                sheet.write_string(row, column, text[:32000], formats["wrapped"])
        sheet.freeze_panes(3, 2)
        if lines:
            sheet.autofilter(2, 0, 2 + len(lines), len(heads) - 1)
