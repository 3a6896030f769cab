from odoo import api, fields, models


class HaerunNoticeAnswer(models.TransientModel):
    """The window in which an addressee answers a notice."""

    _name = "haerun.notice.answer"
    _description = "Answer a Notice"

    notice_id = fields.Many2one("haerun.supervision.notice", required=True)
    body = fields.Text(related="notice_id.body", related_sudo=False)
    answer = fields.Text(required=True)

    @api.constrains("notice_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.notice_id.sudo(False).check_access("read")

    def action_answer(self):
        self.notice_id.action_answer(self.answer)
        return {"type": "ir.actions.act_window_close"}
