from odoo import fields, models

from ...tools.order_way import VERDICTS


class WorkTicking(models.TransientModel):
    """The photo of an item, or why it does not apply (R104-R108)."""

    _name = "haerun.work.ticking"
    _inherit = ["haerun.window.mixin"]
    _description = "Item of a Checklist Answered"

    tick_id = fields.Many2one("haerun.work.tick", required=True)
    wants_photo = fields.Boolean(related="tick_id.photo")
    verdict = fields.Selection(
        VERDICTS, string="Answered", required=True, default="met"
    )
    note = fields.Char()
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    def action_confirm(self):
        """Answer the item, by server time."""
        self.ensure_one()
        self.tick_id._answer(self.verdict, self.note, self.photo_ids)
        return {"type": "ir.actions.act_window_close"}
