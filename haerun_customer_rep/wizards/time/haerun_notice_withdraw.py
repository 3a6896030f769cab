from odoo import fields, models


class HaerunNoticeWithdraw(models.TransientModel):
    """The window in which a supervisor says why a notice is taken back."""

    _name = "haerun.notice.withdraw"
    _description = "Withdraw a Notice"

    notice_ids = fields.Many2many(
        "haerun.supervision.notice", string="Notices", required=True
    )
    reason = fields.Char(required=True)

    def action_withdraw(self):
        self.notice_ids.action_withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
