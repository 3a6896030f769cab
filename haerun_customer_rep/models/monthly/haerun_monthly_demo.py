from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Command

#: what CSD's head says of the months that are published, the latest first
COMMENTS = (
    "总体平稳。未达标指标由各单位在本周内说明原因和措施，报客户服务部；"
    "回访不满意的事项逐件重办，办结后复访。",
    "各单位按时完成。抄表正日率继续保持，工单首次联系再提前。",
)


class MonthlyDemo(models.AbstractModel):
    """Monthly reports of the demo's months, and who gets them (demo only)."""

    _name = "haerun.monthly.demo"
    _description = "Demo of the Monthly Report"

    @api.model
    def _build(self):
        """Say who gets reports, and have those of four months made, once."""
        sendings = self.env["haerun.report.sending"]
        if not self.env.su or sendings.search_count([], limit=1):
            return
        branch = self.env.ref("haerun_customer_rep.hr_department_shinan")
        csd = self.env.ref("haerun_customer_rep.hr_department_csd")
        leads = csd.manager_id.user_id
        self._send("月报：客户服务部、服务督查科", "chenjing", "xuli", "zhaomin")
        self._send(f"月报：{branch.name}", unit=branch, users=branch.manager_id.user_id)
        # in the background, as paper is printed by the running server
        self.with_delay(description="Demo: monthly reports")._make(leads.id, branch.id)

    @api.model
    def _make(self, user_id, unit_id):
        """Background job: make the reports; what is published is issued.

        :param user_id: id of the user who leads CSD
        :param unit_id: id of a unit that has reports of its own
        """
        reports = self.env["haerun.monthly.report"].with_context(lang="zh_CN")
        last = reports._last_month()
        comments = iter(COMMENTS)
        for months in range(-1, 3):
            made = reports._of_month(last - relativedelta(months=months), [unit_id])
            made._make()
            final = made.filtered("final").with_user(user_id).sudo(False)
            if final:
                final.comment = next(comments, COMMENTS[-1])
                final.action_issue()

    def _send(self, name, *logins, unit=None, users=None):
        users = users or self.env["res.users"].search([("login", "in", logins)])
        if users:
            self.env["haerun.report.sending"].create(
                {
                    "name": name,
                    "unit_id": unit and unit.id,
                    "user_ids": [Command.set(users.ids)],
                }
            )
