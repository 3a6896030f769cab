from odoo import models

from odoo.addons.haerun_customer_rep.report.exchange.haerun_figures_xlsx import (
    COUNT,
    PER_CENT,
)

from ..figures.haerun_months_xlsx import MONEY, VOLUME

#: heads over heads: (group, [(head, figure, number format)])
HEADS = [
    (
        "开账",
        [
            ("账单数", "bill_count", COUNT),
            ("水量（立方米）", "volume", VOLUME),
            ("应收（元）", "billed", MONEY),
        ],
    ),
    (
        "收费",
        [
            ("实收（元）", "collected", MONEY),
            ("其中按期（元）", "on_time", MONEY),
            ("未收（元）", "open_amount", MONEY),
        ],
    ),
    (
        "指标",
        [
            ("当期回收率", "collection_rate", PER_CENT),
            ("按期回收率", "on_time_rate", PER_CENT),
        ],
    ),
]
ARREARS_HEADS = [
    "分公司",
    "年初陈欠（元）",
    "本年收回（元）",
    "尚欠（元）",
    "陈欠回收率（%）",
]
DEBTOR_HEADS = [
    "户号",
    "户名",
    "用水地址",
    "分公司",
    "客户代表",
    "账单数",
    "最早到期日",
    "1-30天（元）",
    "31-90天（元）",
    "91-365天（元）",
    "一年以上（元）",
    "逾期合计（元）",
]
NOTES = [
    "应收：所选账期已开账单的金额，冲销的已扣除。",
    "实收：分配到上述账单的收款，截至制表时；预存未抵扣的不计入。",
    "当期回收率 = 实收 ÷ 应收。按期回收率 = 到期日及以前的实收 ÷ 应收。",
    "年初陈欠：以前年度账期的账单，至本年1月1日未收的金额；本年冲销的已扣除。",
    "陈欠回收率 = 本年收回 ÷ 年初陈欠。",
    "单位、抄表员、账册以开账时为准，账册移交和人员调动不改变历史。",
    "“无数据”表示没有可统计的对象，不等于0。",
]


class RevenueWorkbookXlsx(models.AbstractModel):
    """The workbook of collection; its words are Chinese, as on paper."""

    _name = "report.haerun_meter.revenue_workbook_xlsx"
    _inherit = ["haerun.months.xlsx"]
    _description = "Workbook of Collection (XLSX)"
    _fraction = MONEY
    _title = "收费情况表"
    _heads = HEADS
    _width = 14
    _chart_title = "各分公司当期回收率（%）"
    _charted = ("collection_rate",)

    def generate_xlsx_report(self, workbook, data, objs):
        wizard = objs.with_context(lang="zh_CN", tz=self.env.user.tz or "Asia/Shanghai")
        wizard.ensure_one()
        formats = self._formats(workbook)
        self._figures_sheets(workbook, formats, wizard)
        self._list_sheet(
            workbook,
            formats,
            wizard,
            "陈欠回收",
            "陈欠回收情况",
            ARREARS_HEADS,
            (
                [unit.name, *(float(figure or 0) for figure in figures)]
                for unit, *figures in wizard._arrears_rows()
            ),
        )
        self._list_sheet(
            workbook,
            formats,
            wizard,
            "欠费大户",
            "欠费大户（按欠费金额）",
            DEBTOR_HEADS,
            self._debtor_rows(wizard),
        )
        self._notes_sheet(workbook, formats, wizard, NOTES)

    # ----------------------------------------------------------- sheets
    def _debtor_rows(self, wizard):
        # sudo: names of the accounts whose debts the reader of the workbook may see
        for debt in wizard._debtors().sudo():
            yield [
                debt.account_id.number,
                debt.account_id.name,
                debt.account_id.address,
                debt.unit_id.name,
                debt.rep_id.user_id.name,
                debt.bill_count,
                str(debt.oldest_on or ""),
                debt.days_30,
                debt.days_90,
                debt.days_365,
                debt.older,
                debt.overdue,
            ]
