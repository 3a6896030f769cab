from odoo import fields, models
from odoo.fields import Command

from ...models.dunning.haerun_dunning_letter import DELIVERIES


class DunningDelivery(models.TransientModel):
    """How letters reached their customers (R64)."""

    _name = "haerun.dunning.delivery"
    _inherit = ["haerun.window.mixin"]
    _description = "Delivery of Dunning Letters"

    letter_ids = fields.Many2many("haerun.dunning.letter", required=True)
    delivery = fields.Selection(DELIVERIES, required=True, default="hand")
    delivered_at = fields.Datetime(required=True, default=fields.Datetime.now)
    receiver = fields.Char(help="Who signed for it.")
    refused = fields.Boolean(string="Would Not Sign")
    witness = fields.Char()
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    def action_confirm(self):
        """Record the delivery."""
        self.ensure_one()
        self.letter_ids._deliver(
            {
                "delivery": self.delivery,
                "delivered_at": self.delivered_at,
                "receiver": self.receiver,
                "refused": self.refused,
                "witness": self.witness,
                "photo_ids": [Command.set(self.photo_ids.ids)]
                if self.photo_ids
                else False,
            }
        )
        return {"type": "ir.actions.act_window_close"}
