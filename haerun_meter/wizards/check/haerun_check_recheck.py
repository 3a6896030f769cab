from odoo import fields, models

from ...models.check.haerun_check_round import VERDICTS


class CheckRecheck(models.TransientModel):
    """What a re-check has seen of what the customer had to rectify."""

    _name = "haerun.check.recheck"
    _inherit = ["haerun.window.mixin"]
    _description = "Re-check"

    check_id = fields.Many2one("haerun.site.check", required=True)
    verdict = fields.Selection(VERDICTS, required=True, default="rectified")
    note = fields.Char(string="What Was Seen", required=True)
    due_on = fields.Date(string="New Limit")
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    def action_confirm(self):
        """Record the re-check."""
        self.ensure_one()
        self.check_id._recheck(self.verdict, self.note, self.due_on, self.photo_ids)
        return {"type": "ir.actions.act_window_close"}
