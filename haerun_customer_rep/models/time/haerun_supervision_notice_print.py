from odoo import api, fields, models
from odoo.exceptions import UserError


class HaerunSupervisionNoticePrint(models.Model):
    """What the sheet and the form of a notice show beyond its fields."""

    _inherit = "haerun.supervision.notice"

    is_addressee = fields.Boolean(compute="_compute_is_addressee")
    addressee = fields.Char(compute="_compute_addressee")

    @api.depends("owner_user_id", "acting_user_id")
    @api.depends_context("uid")
    def _compute_is_addressee(self):
        for notice in self:
            people = notice.acting_user_id | notice.owner_user_id
            notice.is_addressee = self.env.user in people

    @api.depends("owner_user_id", "acting_user_id")
    def _compute_addressee(self):
        """E.g. "李强 (for 张伟)": who acts, and whose matter it is (R121)."""
        for notice in self.sudo():
            acting, owner = notice.acting_user_id.name, notice.owner_user_id.name
            if notice.substituted and acting:
                notice.addressee = self.env._(
                    "%(deputy)s (for %(principal)s)", deputy=acting, principal=owner
                )
            else:
                notice.addressee = acting or owner

    def action_open_withdraw(self):
        """Open the window in which the reason for withdrawing is given."""
        self._check_supervisor()
        self._check_not_own()
        answered = self.filtered(lambda notice: notice.state == "answered")
        if answered:
            raise UserError(
                self.env._("%s has been answered and stays.", answered[0].name)
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw"),
            "res_model": "haerun.notice.withdraw",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_notice_ids": self.ids},
        }

    def action_print(self):
        """Print these notices (R89, R90)."""
        self.check_access("read")
        report = self.env.ref("haerun_customer_rep.supervision_notice_report")
        return report.report_action(self)

    def _sheet_title(self):
        """The heading of the sheet: 催办单, 督办单 …"""
        return {
            "urge": self.env._("Urging Notice"),
            "supervise": self.env._("Supervision Notice"),
            "circulate": self.env._("Circulation Notice"),
            "review": self.env._("Accountability Proposal"),
        }[self.kind]

    def _answer_by_text(self):
        """By when the notice is to be answered, also after it was: its last clock."""
        clocks = self.clock_ids.filtered(lambda clock: clock.state != "cancelled")
        return clocks.sorted("due_at")[-1:]._due_text() if clocks else ""

    def _issuer_text(self):
        """Who issued it; a ladder's notice is the system's."""
        if self.source == "ladder":
            return self.env._("Automatic")
        return self.sudo().issued_by_id.name
