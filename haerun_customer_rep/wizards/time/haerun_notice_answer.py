from odoo import fields, models


class HaerunNoticeAnswer(models.TransientModel):
    """The window in which an addressee answers a notice."""

    _name = "haerun.notice.answer"
    _description = "Answer a Notice"

    notice_id = fields.Many2one("haerun.supervision.notice", required=True)
    body = fields.Text(related="notice_id.body")
    answer = fields.Text(required=True)

    def action_answer(self):
        self.notice_id.action_answer(self.answer)
        return {"type": "ir.actions.act_window_close"}
