from odoo import models

from odoo.addons.haerun_customer_rep.report.exchange.haerun_figures_xlsx import (
    COUNT,
    PER_CENT,
)
from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import period as periods
from .haerun_months_xlsx import VOLUME

#: heads over heads: (group, [(head, figure, number format)])
HEADS = [
    (
        "抄表数",
        [
            ("应抄", "due_count", COUNT),
            ("抄见", "read_count", COUNT),
            ("其中实抄", "actual_count", COUNT),
            ("其中远传", "remote_count", COUNT),
            ("待定", "held_count", COUNT),
            ("未抄", "unread_count", COUNT),
            ("其中未抄到", "skipped_count", COUNT),
            ("估抄", "estimated_count", COUNT),
        ],
    ),
    (
        "指标",
        [
            ("抄见率", "read_rate", PER_CENT),
            ("实抄率", "actual_rate", PER_CENT),
            ("估抄率", "estimate_rate", PER_CENT),
            ("正日率", "on_day_rate", PER_CENT),
            ("抄表准确率", "accuracy", PER_CENT),
        ],
    ),
    (
        "质量",
        [
            ("异常读数", "flagged_count", COUNT),
            ("复核", "rechecked_count", COUNT),
            ("差错", "wrong_count", COUNT),
        ],
    ),
    ("水量", [("水量（立方米）", "volume", VOLUME)]),
]
EXCEPTION_HEADS = ["异常代码", "分公司", "点数", "其中未抄", "其中估抄", "其中异常读数"]
UNREAD_HEADS = [
    "抄表期",
    "账册",
    "路次",
    "户号",
    "户名",
    "用水地址",
    "水表号",
    "抄表员",
    "状态",
    "异常代码",
    "上次示数",
    "上次抄见",
]
STREAK_HEADS = [
    "账册",
    "户号",
    "户名",
    "用水地址",
    "水表号",
    "抄表员",
    "连续期数",
    "其中估抄",
    "起始抄表期",
    "最近抄见",
    "估抄水量（立方米）",
]
NOTES = [
    "应抄：抄表计划中的用水点数。抄见：本期取得有效实际读数的点数；待定的读数尚未计入。",
    "抄见率 = 抄见 ÷ 应抄。",
    "实抄率 = 实抄 ÷ 应抄；首个有效读数为抄表员、远传或现场核查所抄的为实抄。",
    "估抄率 = 估抄 ÷ 应抄。",
    "正日率 = 计划日当天抄见 ÷ 抄见，按上海时间的日期计算。",
    "抄表准确率 = 1 − 差错 ÷ 复核；差错为不予采用或更正为不同示数的读数。",
    "复核：经审核裁定，或更正为不同示数的读数。",
    "水量：计入本期的全部有效读数的水量，含换表拆装和估抄；冲减以前估抄时可为负数。",
    "单位、抄表员、账册以抄表计划生成时为准，账册移交和人员调动不改变历史。",
    "“无数据”表示没有可统计的对象，不等于0。",
]


class ReadingWorkbookXlsx(models.AbstractModel):
    """The workbook of reading figures; its words are Chinese, as on paper."""

    _name = "report.haerun_meter.reading_workbook_xlsx"
    _inherit = ["haerun.months.xlsx"]
    _description = "Workbook of Reading Figures (XLSX)"
    _title = "抄表情况表"
    _heads = HEADS
    _chart_title = "各分公司抄见率、实抄率、正日率（%）"
    _charted = ("read_rate", "actual_rate", "on_day_rate")

    def generate_xlsx_report(self, workbook, data, objs):
        wizard = objs.with_context(lang="zh_CN", tz=self.env.user.tz or "Asia/Shanghai")
        wizard.ensure_one()
        formats = self._formats(workbook)
        self._figures_sheets(workbook, formats, wizard)
        self._exception_sheet(workbook, formats, wizard)
        self._unread_sheet(workbook, formats, wizard)
        self._streak_sheet(workbook, formats, wizard)
        self._notes_sheet(workbook, formats, wizard, NOTES)

    # ----------------------------------------------------------- sheets
    def _exception_sheet(self, workbook, formats, wizard):
        rows = [
            [exception.name, unit.name, *counts]
            for exception, unit, *counts in wizard._exception_rows()
        ]
        self._list_sheet(
            workbook,
            formats,
            wizard,
            "异常情况",
            "抄表异常情况（按异常代码）",
            EXCEPTION_HEADS,
            rows,
        )

    def _unread_sheet(self, workbook, formats, wizard):
        tasks, count = wizard._unread_tasks()
        states = choices(tasks, "state")
        # sudo: names of the points which the reader of the workbook may see
        rows = [
            [
                periods.name(task.period),
                task.book_id.display_name,
                task.position,
                task.account_id.number,
                task.account_id.name,
                task.account_id.address,
                task.sudo().meter_id.number,
                task.reader_id.user_id.name,
                states[task.state],
                task.exception_id.name,
                task.previous_value if task.previous_at else None,
                task.previous_at,
            ]
            for task in tasks.sudo()
        ]
        sheet, end = self._list_sheet(
            workbook, formats, wizard, "未抄清单", "未抄清单", UNREAD_HEADS, rows
        )
        if count > len(rows):
            sheet.write_string(
                end, 0, f"其余{count - len(rows)}条请在系统“未抄清单”中查看。"
            )

    def _streak_sheet(self, workbook, formats, wizard):
        rows = [
            [
                line.book_id.display_name,
                line.account_id.number,
                line.account_id.name,
                line.account_id.address,
                line.sudo().meter_id.number,
                line.reader_id.user_id.name,
                line.streak,
                line.estimates,
                periods.name(line.since),
                line.previous_at,
                line.volume,
            ]
            # sudo: names of the points which the reader of the workbook may see
            for line in wizard._streaks().sudo()
        ]
        self._list_sheet(
            workbook, formats, wizard, "连续估抄", "连续估抄清单", STREAK_HEADS, rows
        )
