from odoo import models

from odoo.addons.haerun_customer_rep.report.exchange.haerun_figures_xlsx import (
    COUNT,
    DAYS,
    PER_CENT,
    SCORE,
)

#: heads over heads: (group, [(head, figure, number format)])
HEADS = [
    (
        "受理",
        [
            ("诉求", "petitions", COUNT),
            ("其中重复", "repeats", COUNT),
            ("工单", "tickets", COUNT),
            ("办结", "closed", COUNT),
        ],
    ),
    (
        "评价",
        [
            ("综合得分", "score", SCORE),
            ("响应率", "response_rate", PER_CENT),
            ("解决率", "solved_rate", PER_CENT),
            ("满意率", "satisfied_rate", PER_CENT),
        ],
    ),
    (
        "时限",
        [
            ("及时率", "on_time_rate", PER_CENT),
            ("答复及时率", "reply_rate", PER_CENT),
            ("险情到场及时率", "arrival_rate", PER_CENT),
            ("延期", "extended", COUNT),
            ("平均办理（工作日）", "handling_days", DAYS),
            ("办理中位数（工作日）", "handling_median", DAYS),
        ],
    ),
    (
        "质量",
        [
            ("一次办好率", "one_go_rate", PER_CENT),
            ("退单率", "return_rate", PER_CENT),
            ("答复退改率", "rewrite_rate", PER_CENT),
            ("重办率", "redo_rate", PER_CENT),
            ("重复投诉率", "repeat_rate", PER_CENT),
        ],
    ),
]
CLOCK_HEADS = [
    (
        "时限",
        [
            ("到期", "clocks_ended", COUNT),
            ("按时", "clocks_met", COUNT),
            ("及时率", "on_time_rate", PER_CENT),
        ],
    )
]
#: sheets of figures: (name, field, head of the first column, heads, what has none)
SHEETS = [
    ("按单位", "unit_id", "单位", HEADS, "无单位"),
    ("按客户代表", "rep_id", "客户代表", HEADS, "无客户代表"),
    ("按渠道", "channel_id", "渠道", HEADS, "无渠道"),
    ("按诉求大类", "family_id", "诉求大类", HEADS, "未分类"),
    ("按片区", "area_id", "片区", HEADS, "片区不明"),
    ("按环节", "milestone_id", "环节", CLOCK_HEADS, "其他"),
]
NOTES = [
    "各项按事件发生的时间统计：诉求按收到，工单按受理，办结按办结，时限按到期或完成，评价按回访完成。",
    "响应率 = 按时首次联系 ÷ 应首次联系。解决率 = 回访确认已解决 ÷ 回访问及。"
    "满意率 = 满意 ÷ 回访。",
    "综合得分 = 响应率×30% + 解决率×35% + 满意率×35%，其中任何一项无数据，则无得分。",
    "每件工单以首次回访为准，服务督查科回访过的以其为准；重办后的复核回访不改变首次评价。",
    "及时率 = 按时完成的计时 ÷ 已结束的计时；作废的计时不计入。",
    "一次办好率 = 未退单、未重办、未二次上门、未重开、无重复诉求的办结 ÷ 办结。",
    "退单率 = 退单 ÷ 转办。答复退改率 = 退回重写 ÷ 已审核答复。"
    "重办率 = 经重办的办结 ÷ 办结。",
    "重复投诉率 = 重复诉求 ÷ 诉求。"
    "办理时长：从受理到反馈，由本公司持有的工作时间，不含等待回访。",
    "单位和客户代表以事件发生时为准，以后的转办和人员调动不改变历史。",
    "“无数据”表示没有可统计的对象，不等于0。",
]


class TicketWorkbookXlsx(models.AbstractModel):
    """The workbook of ticket figures; its words are Chinese, as on paper."""

    _name = "report.haerun_service_ticket.ticket_workbook_xlsx"
    _inherit = ["haerun.months.xlsx"]
    _description = "Workbook of Ticket Figures (XLSX)"
    _chart_title = "各单位响应率、解决率、满意率（%）"
    _charted = ("response_rate", "solved_rate", "satisfied_rate")

    def generate_xlsx_report(self, workbook, data, objs):
        wizard = objs.with_context(lang="zh_CN", tz=self.env.user.tz or "Asia/Shanghai")
        wizard.ensure_one()
        formats = self._formats(workbook)
        for name, group, first, heads, unnamed in SHEETS:
            rows = wizard._rows_by(group)
            width = 1 + sum(len(one) for _group, one in heads)
            title = f"客服指标月报（{name}）"
            sheet = self._begin(workbook, formats, wizard, name, title, width)
            flat = self._grouped_heads(sheet, formats, first, heads)
            sheet.set_column(0, 0, 30)
            sheet.set_column(1, width - 1, self._width)
            self._grouped_rows(sheet, formats, rows, flat, "合计", unnamed=unnamed)
            if group == "unit_id" and len(rows) > 1:
                names = [head[1] for head in flat]
                self._rates_chart(workbook, sheet, name, names, 4 + len(rows) - 2)
        self._list_sheet(
            workbook,
            formats,
            wizard,
            "热点道路",
            "诉求热点（道路、小区）",
            ["道路、小区", "诉求", "其中重复"],
            wizard._roads(),
        )
        self._notes_sheet(workbook, formats, wizard, NOTES)
