from datetime import timedelta

from odoo import api, fields, models

from ...tools import spans

#: so many months before the running one have facts in the demo
MONTHS = 12
#: whose sheet of last month says what (class, unit and name are found by the post)
STATEMENTS = {
    "heting": "本月休假交接给罗燕代抄；回收率受两户大户缓缴影响，已逐户催缴。",
    "luoyan": "抄见率、实抄率达标，月末补抄住户全部上门两次以上。",
    "caimei": "本月代蒋莉抄了三册，自己的路线有一天顺延，请在正日率上考虑。",
    "fanhua": "新装远传表核对花了较多时间，估抄率偏高，下月先抄估过的户。",
    "xiaogang": "工单均在时限内首次联系，一件因客户改期回复较晚，已说明。",
    "pengfei": "两件热点工单联合街道处理，群众满意。",
    "zhangwei": "报装项目均按承诺时限办理，一次因客户补材料顺延。",
    "sunhao": "勘察全部按约到场，图审意见一次提全。",
}
#: units that have not looked at last month's sheets yet
LATE_UNITS = ("laoshan", "licang")
REMARKS = {
    "heting": "交接属实，缓缴两户已有申请在案。",
    "caimei": "代班情况属实，建议酌情加分。",
    "xiaogang": "首次联系及时，回复质量还要提高。",
}
ADJUSTMENTS = {
    "caimei": (2.0, "代同事抄表三册，影响本人正日率，酌情加分。"),
    "luoyan": (-1.0, "服务大厅值班迟到一次，已谈话。"),
}
#: made on last month's sheets, and how long ago in working days
OPEN_APPEALS = {
    "heting": (
        1.0,
        "这一项里有两户大户经批准缓缴，请把这两户不计入。",
    ),
    "xiaogang": (
        4.0,
        "这一项扣分的是客户自己要求改期的一件，联系记录里有，请复核。",
    ),
}
DECIDED_APPEAL = (
    "jiangli",
    "这一项里有三户是空置户，已贴单联系，请核减。",
    "partly",
    "两户有空置证明予以核减，一户无记录，维持。",
    1.5,
)
LATE_APPEAL = (
    "fanhua",
    "这一项里有一户系表具故障，已换表，不应计入。",
    "upheld",
    "经查换表记录属实，予以更正。",
    3.0,
)


class AssessmentDemo(models.AbstractModel):
    """Freezes the demo's months and plays three assessments (demo only).

    Called by the last add-on, when all that is counted is there: two months and a
    quarter are published, last month stands at the review of the units.
    """

    _name = "haerun.assessment.demo"
    _description = "Demo of Assessments"

    @api.model
    def _build(self):
        """Make the demo's assessments once."""
        if not self.env.su or self.env["haerun.assessment"].search_count([], limit=1):
            return
        self = self.with_context(lang="zh_CN")
        today = self.env.company._haerun_today()
        month = spans.span("month", today)
        past = [spans.before("month", month)]
        while len(past) < MONTHS:
            past.append(spans.before("month", past[-1]))
        for earlier in past[3:]:
            self._freeze(earlier)
        for earlier in reversed(past[1:3]):
            self._publish("month", earlier)
        quarter = spans.before("quarter", spans.span("quarter", today))
        self._publish("quarter", quarter)
        self._appeal_late(past[1])
        self._forget_news()
        self._review(past[0])
        self._freeze(month)

    def _forget_news(self):
        """What was told months ago is told to nobody today."""
        models_of = ("haerun.assessment", "haerun.assessment.sheet")
        self.env["haerun.push"].search([("res_model", "in", models_of)]).unlink()

    # ------------------------------------------------------------ moments
    def _at(self, moment):
        """Let the engine's clock stand at a naive UTC moment."""
        return self.env["haerun.hookup.demo"]._at(moment)

    def _after(self, span, days, hour=9):
        """An hour so many days after a period, at the latest now."""
        day = self.env.company._haerun_midnight(span.end + timedelta(days))
        return min(day + timedelta(hours=hour), fields.Datetime.now())

    def _ago(self, days, since):
        """So many working days ago, at the earliest ``since``."""
        worktime = self.env["haerun.workday"]._worktime(
            self.env.company.resource_calendar_id
        )
        return max(worktime.back(fields.Datetime.now(), days, "work_day"), since)

    def _freeze(self, span):
        with self._at(self._after(span, 0, 2)):
            self.env["haerun.fact.freeze"]._freeze(span.start)

    # ------------------------------------------------------------- people
    def _user(self, name):
        return self.env.ref(f"haerun_customer_rep.user_{name}")

    def _sheet(self, one, name):
        """Somebody's own sheet that has a score, the one with most figures."""
        mine = one.sheet_ids.filtered(
            lambda sheet: sheet.user_id == self._user(name) and sheet.has_score
        )
        return mine.sorted(lambda sheet: (sheet.kind == "unit", -len(sheet.line_ids)))[
            :1
        ]

    # -------------------------------------------------------------- stages
    def _computed(self, period, span):
        with self._at(self._after(span, 1)):
            one = self.env["haerun.assessment"].create(
                {"period": period, "date_from": span.start}
            )
            one._run_all()
        return one

    def _publish(self, period, span):
        one = self._computed(period, span)
        csd, head = self._user("huanglei"), self._user("liuyang")
        with self._at(self._after(span, 4)):
            one.with_user(csd).action_to_review()
        with self._at(self._after(span, 7)):
            self._review_sheets(one.sheet_ids)
            one.with_user(csd).action_to_confirm()
        with self._at(self._after(span, 9)):
            scored = one.sheet_ids.filtered("has_score")
            own = scored.filtered(
                lambda sheet: not sheet.with_user(head).sudo(False)._confirms()
            )
            (scored - own).with_user(head).action_confirm()
            own.with_user(csd).action_confirm()
            one.with_user(head).action_publish()

    def _review_sheets(self, sheets):
        """Each head agrees to what is his to look at."""
        scored = sheets.filtered(lambda sheet: sheet.has_score)
        for head, some in scored.grouped("reviewer_id").items():
            some.with_user(head)._review(False)

    def _appeal_late(self, span):
        """An appeal after publishing, upheld: it stands beside what was published."""
        name, text, state, decision, points = LATE_APPEAL
        one = self.env["haerun.assessment"].search(
            [("period", "=", "month"), ("date_from", "=", span.start)]
        )
        sheet = self._sheet(one, name)
        with self._at(self._after(span, 11)):
            if not sheet._appealable():
                return
            appeal = self._appealed(sheet, name, text)
        with self._at(self._after(span, 13)):
            self._decided(appeal, state, decision, points)

    def _review(self, span):
        """Last month: statements, reviews, adjustments, and appeals."""
        one = self._computed("month", span)
        with self._at(self._after(span, 3)):
            for name, text in STATEMENTS.items():
                sheet = self._sheet(one, name)
                if sheet:
                    sheet.with_user(sheet.user_id)._state_own(text)
        begun = self._after(span, 5)
        with self._at(begun):
            one.with_user(self._user("huanglei")).action_to_review()
        with self._at(self._after(span, 6)):
            late = [
                self.env.ref(f"haerun_customer_rep.hr_department_{unit}").id
                for unit in LATE_UNITS
            ]
            self._review_sheets(
                one.sheet_ids.filtered(lambda sheet: sheet.unit_id.id not in late)
            )
            for name, text in REMARKS.items():
                sheet = self._sheet(one, name)
                if sheet.reviewed_at:
                    sheet.with_user(sheet.reviewed_by_id)._review(text)
            for name, (points, reason) in ADJUSTMENTS.items():
                sheet = self._sheet(one, name)
                if sheet:
                    sheet.with_user(sheet.reviewer_id)._adjust(points, reason)
        self._appeals(one, begun)

    def _appeals(self, one, begun):
        name, text, state, decision, points = DECIDED_APPEAL
        sheet = self._sheet(one, name)
        if sheet:
            with self._at(self._ago(8, begun)):
                appeal = self._appealed(sheet, name, text)
            with self._at(self._ago(6, begun)):
                self._decided(appeal, state, decision, points)
        for name, (days, text) in OPEN_APPEALS.items():
            sheet = self._sheet(one, name)
            if sheet:
                with self._at(self._ago(days, begun)):
                    self._appealed(sheet, name, text)

    def _appealed(self, sheet, name, text):
        """Somebody appeals, about the figure that brought him fewest points."""
        lines = sheet.line_ids.filtered("has_data").sorted("share")
        appeals = self.env["haerun.assessment.appeal"].with_user(self._user(name))
        mine = sheet.with_user(self._user(name)).sudo(False)
        return appeals._appeal(mine, text, lines[:1])

    def _decided(self, appeal, state, decision, points):
        appeal = appeal.sudo()
        decider = appeal.acting_user_id or self._user("liuyang")
        appeal.with_user(decider).sudo(False)._decide(state, decision, points)
