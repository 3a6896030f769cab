from odoo import models


class AccountabilityDecision(models.Model):
    """What the printed decision (处理决定书) says, in the style of official papers."""

    _inherit = "haerun.accountability.decision"

    def _print_number(self):
        """E.g. "海润问〔2026〕12345号" of the number ZR2026-12345."""
        self.ensure_one()
        year, _dash, serial = self.number[2:].partition("-")
        return f"海润问〔{year}〕{serial}号"

    def _print_day(self, day):
        return f"{day.year}年{day.month}月{day.day}日" if day else ""

    def _print_opening(self):
        self.ensure_one()
        place = "，".join(part for part in (self.unit_id.name, self.job) if part)
        return (
            f"你（{place}）在{self._print_day(self.happened_on)}的对外服务工作中，未履行或未"
            "按规定的职责和程序履行职责。依据《客户代表制管理办法》第五章及《对外服务奖惩办法》，"
            "经调查核实并按权限审批，现作出如下处理决定。"
        )

    def _print_sanction(self):
        self.ensure_one()
        sanction = self.first_sanction_id
        parts = [f"给予{sanction.name}处理"]
        if sanction.has_period:
            parts.append(f"期限{sanction.months}个月")
        if sanction.points:
            parts.append(f"考核扣{sanction.points:g}分")
        if sanction.amount:
            parts.append(f"扣减绩效奖金{sanction.amount:g}元")
        return "，".join(parts) + "。"

    def _print_appeal(self):
        self.ensure_one()
        if not self.appeal_until:
            return "本决定自送达之日起生效。"
        until = self.env.company._haerun_local(self.appeal_until).date()
        return (
            f"如对本决定不服，可于{self._print_day(until)}前在系统“我的处理决定”中提出书面申诉。"
            "申诉由未参与本决定的负责人复核，申诉期间不停止本决定的执行，不因申诉加重处理。"
        )

    def _print_outcome(self):
        self.ensure_one()
        appeal = self.sudo().appeal_ids[:1]  # the answer belongs to the decision
        if self.outcome == "changed":
            return f"改为{self.sanction_id.name}。{appeal.answer}"
        return appeal.answer or ""
