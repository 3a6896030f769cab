from odoo import fields, models


class CheckMissed(models.TransientModel):
    """What was left for a customer who was not there, and when somebody comes again."""

    _name = "haerun.check.missed"
    _inherit = ["haerun.window.mixin"]
    _description = "Nobody Was There"

    check_id = fields.Many2one("haerun.site.check", required=True)
    danger = fields.Boolean(related="check_id.danger")
    tried_at = fields.Datetime(
        string="Was There", required=True, default=fields.Datetime.now
    )
    note = fields.Char(string="What Happened", required=True)
    note_left = fields.Boolean(string="Note Left", default=True)
    next_at = fields.Datetime(string="Comes Again", required=True)
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    def action_confirm(self):
        """Record the visit."""
        self.ensure_one()
        self.check_id._missed(
            self.note, self.next_at, self.note_left, self.photo_ids, self.tried_at
        )
        return {"type": "ir.actions.act_window_close"}
