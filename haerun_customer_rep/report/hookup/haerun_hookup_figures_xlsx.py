from odoo import fields, models

from ...models.time.haerun_pause_reason import HOLDERS
from ...tools import hookup_route
from ...tools.state import choices
from ..exchange.haerun_figures_xlsx import COUNT, DAYS, MOMENT, PER_CENT, SCORE

#: heads over heads: (group, [(head, figure, number format)])
UNIT_HEADS = [
    ("项目数", [("受理", "accepted", COUNT), ("办结", "closed", COUNT)]),
    (
        "按时办结",
        [
            ("按时办结率", "on_time", PER_CENT),
            ("承诺时限内办结率", "within_promise", PER_CENT),
        ],
    ),
    ("环节时限", [("到期环节数", "clocks", COUNT), ("及时率", "clock_rate", PER_CENT)]),
    (
        "质量",
        [
            ("一次办好率", "one_go", PER_CENT),
            ("满意度（满分5分）", "satisfaction", SCORE),
        ],
    ),
    (
        "平均用时（工作日）",
        [("全程", "total_days", DAYS), ("供水公司", "company_days", DAYS)],
    ),
]
REP_HEADS = [
    (
        "经办",
        [
            ("经办项目数", "held", COUNT),
            ("每项目平均用时（工作日）", "held_days", DAYS),
        ],
    ),
    ("环节时限", [("到期环节数", "clocks", COUNT), ("及时率", "clock_rate", PER_CENT)]),
    (
        "办结项目",
        [
            ("办结", "closed", COUNT),
            ("按时办结率", "on_time", PER_CENT),
            ("一次办好率", "one_go", PER_CENT),
            ("满意度（满分5分）", "satisfaction", SCORE),
        ],
    ),
]
PROJECT_HEADS = [
    ("项目", "project_id", None),
    ("报装类型", "service_type_id", None),
    ("单位", "unit_id", None),
    ("客户服务部代表", "coordinator_id", None),
    ("工程管理部代表", "emd_rep_id", None),
    ("状态", "state", None),
    ("受理时间", "accepted_at", MOMENT),
    ("结束时间", "ended_at", MOMENT),
    ("超时环节", "clocks_missed", COUNT),
    ("退回次数", "setbacks", COUNT),
    ("供水公司（工作日）", "company_days", DAYS),
    ("客户（工作日）", "customer_days", DAYS),
    ("设计（工作日）", "design_days", DAYS),
    ("施工（工作日）", "construction_days", DAYS),
    ("许可（工作日）", "permit_days", DAYS),
    ("全程（工作日）", "total_days", DAYS),
    ("满意度（满分5分）", "satisfaction", SCORE),
]
NOTES = [
    "受理：期内受理的项目。办结：期内办结的项目，以下各率按办结项目计算；撤回、不予受理的不计。",
    "按时办结率：全部环节时限均未超时的办结项目占有时限结论的办结项目的比例。",
    "承诺时限内办结率：至通水止供水公司用时不超过承诺时限的办结项目比例；设计、施工、客户、许可用时不计。",
    "及时率：期内到期或完成的环节时限中按时完成的比例，按当时负责的单位和客户代表统计。",
    "一次办好率：未发生退回、返工、退步、重办的办结项目比例。",
    "满意度：客户评价的平均分（1至5分），未评价的项目不计。",
    "平均用时：按项目平均的工作日；同一环节多次停留的合并计算。单位以当时负责的单位为准，人员调动不改变历史。",
    "“无数据”表示没有可统计的对象，不等于0。",
]


class HookupFiguresXlsx(models.AbstractModel):
    """The workbook of hookup figures; its words are Chinese, as on paper (R2)."""

    _name = "report.haerun_customer_rep.hookup_figures_xlsx"
    _inherit = ["haerun.figures.xlsx"]
    _description = "Workbook of Hookup Figures (XLSX)"

    def generate_xlsx_report(self, workbook, data, objs):
        wizard = objs.with_context(lang="zh_CN", tz=self.env.user.tz or "Asia/Shanghai")
        wizard.ensure_one()
        formats = self._formats(workbook)
        self._unit_sheet(workbook, formats, wizard)
        self._stay_sheet(workbook, formats, wizard)
        self._rep_sheet(workbook, formats, wizard)
        self._project_sheet(workbook, formats, wizard)
        self._notes_sheet(workbook, formats, wizard, NOTES)

    # ----------------------------------------------------------- sheets
    def _unit_sheet(self, workbook, formats, wizard):
        rows = wizard._unit_rows()
        width = 1 + sum(len(heads) for _group, heads in UNIT_HEADS)
        sheet = self._begin(
            workbook, formats, wizard, "按单位", "用水报装情况统计（按单位）", width
        )
        heads = self._grouped_heads(sheet, formats, "单位", UNIT_HEADS)
        self._grouped_rows(sheet, formats, rows, heads, "合计")
        if len(rows) > 1:
            chart = workbook.add_chart({"type": "column"})
            last = 4 + len(rows) - 2
            for name in ("on_time", "clock_rate", "one_go"):
                column = 1 + [figure for _h, figure, _n in heads].index(name)
                chart.add_series(
                    {
                        "name": ["按单位", 3, column],
                        "categories": ["按单位", 4, 0, last, 0],
                        "values": ["按单位", 4, column, last, column],
                    }
                )
            chart.set_title({"name": "各单位按时办结率、及时率、一次办好率（%）"})
            chart.set_y_axis({"min": 0, "max": 100})
            chart.set_legend({"position": "bottom"})
            chart.set_size({"width": 900, "height": 320})
            sheet.insert_chart(last + 4, 0, chart)

    def _stay_sheet(self, workbook, formats, wizard):
        """Working days a project, by phase (down) and holder (across)."""
        env = wizard.env
        holders = choices(env["haerun.holding"], "holder")
        stays = env["haerun.hookup.stay.report"]
        phases = choices(stays, "phase")
        width = 2 + len(HOLDERS)
        sheet = self._begin(
            workbook,
            formats,
            wizard,
            "环节用时",
            "各环节平均用时（工作日／项目）",
            width,
        )
        sheet.merge_range(2, 0, 3, 0, "单位", formats["head"])
        sheet.merge_range(2, 1, 3, 1, "环节", formats["head"])
        sheet.merge_range(2, 2, 2, width - 1, "时间由谁占用", formats["head"])
        for column, (holder, _name) in enumerate(HOLDERS, 2):
            sheet.write_string(3, column, holders[holder], formats["head"])
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, width - 1, 13)
        sheet.freeze_panes(4, 2)
        row = 4
        for unit, days in wizard._stay_rows().items():
            first = row
            for phase, _name in hookup_route.PHASES:
                if phase not in days:
                    continue
                name = "合计" if unit is None else unit.display_name or "未移交"
                sheet.write_string(row, 0, name, formats["text"])
                sheet.write_string(row, 1, phases[phase], formats["text"])
                for column, (holder, _name) in enumerate(HOLDERS, 2):
                    value = days[phase].get(holder, False)
                    self._number(sheet, row, column, value, DAYS, formats)
                row += 1
            if unit is None and row > first:
                self._stay_chart(workbook, sheet, first, row - 1)

    def _stay_chart(self, workbook, sheet, first, last):
        chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
        for column in range(2, 2 + len(HOLDERS)):
            chart.add_series(
                {
                    "name": ["环节用时", 3, column],
                    "categories": ["环节用时", first, 1, last, 1],
                    "values": ["环节用时", first, column, last, column],
                }
            )
        chart.set_title({"name": "各环节平均用时（工作日）"})
        chart.set_y_axis({"reverse": True})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 760, "height": 420})
        sheet.insert_chart(2, 3 + len(HOLDERS), chart)

    def _rep_sheet(self, workbook, formats, wizard):
        width = 1 + sum(len(heads) for _group, heads in REP_HEADS)
        sheet = self._begin(
            workbook,
            formats,
            wizard,
            "按客户代表",
            "用水报装情况统计（按客户代表）",
            width,
        )
        heads = self._grouped_heads(sheet, formats, "客户代表", REP_HEADS)
        self._grouped_rows(sheet, formats, wizard._rep_rows(), heads, "合计")

    def _project_sheet(self, workbook, formats, wizard):
        sheet = self._begin(
            workbook,
            formats,
            wizard,
            "项目明细",
            "用水报装项目明细",
            len(PROJECT_HEADS),
        )
        for column, (head, _name, _number) in enumerate(PROJECT_HEADS):
            sheet.write_string(2, column, head, formats["head"])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, len(PROJECT_HEADS) - 1, 16)
        sheet.freeze_panes(3, 1)
        facts = wizard._project_rows()
        states = choices(facts, "state")
        names = [name for _head, name, _number in PROJECT_HEADS]
        for row, values in enumerate(facts.read([*names, "rated"]), 3):
            for column, (_head, name, number) in enumerate(PROJECT_HEADS):
                value = values[name]
                if number is None:
                    text = states[value] if name == "state" else value and value[1]
                    sheet.write_string(row, column, text or "", formats["text"])
                elif number == MOMENT:
                    self._moment(sheet, row, column, value, formats, wizard)
                else:
                    value = value if self._known(name, values) else None
                    self._number(sheet, row, column, value, number, formats)

    def _known(self, name, values):
        """Whether a figure of a project is one: reading shows what is empty as 0."""
        if name == "satisfaction":
            return values["rated"]
        return not name.endswith("_days") or values["state"] == "closed"

    def _moment(self, sheet, row, column, value, formats, wizard):
        if value:
            local = fields.Datetime.context_timestamp(wizard, value)
            sheet.write_datetime(
                row, column, local.replace(tzinfo=None), formats[MOMENT]
            )
        else:
            sheet.write_blank(row, column, None, formats["text"])
