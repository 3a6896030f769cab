from odoo import fields, models

from ...models.order.haerun_work_sample import VERDICTS


class WorkSampling(models.TransientModel):
    """What an inspector has seen of finished work (R108)."""

    _name = "haerun.work.sampling"
    _inherit = ["haerun.window.mixin"]
    _description = "Inspection of Work"

    order_id = fields.Many2one("haerun.work.order", required=True)
    verdict = fields.Selection(
        VERDICTS, string="Inspection", required=True, default="good"
    )
    fault_ids = fields.Many2many(
        "haerun.work.tick",
        string="Not Met",
        domain="[('order_id', '=', order_id), ('moment', 'in', ('work', 'leave'))]",
    )
    text = fields.Text(string="What Was Seen")
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    def action_confirm(self):
        """Record it, by server time."""
        self.ensure_one()
        self.order_id._sample(self.verdict, self.text, self.fault_ids, self.photo_ids)
        return {"type": "ir.actions.act_window_close"}
