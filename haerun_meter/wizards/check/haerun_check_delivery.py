from odoo import fields, models

from ...models.check.haerun_check_notice import DELIVERIES


class CheckDelivery(models.TransientModel):
    """How a rectification notice reached the customer, or was refused."""

    _name = "haerun.check.delivery"
    _inherit = ["haerun.window.mixin"]
    _description = "Deliver a Rectification Notice"

    check_id = fields.Many2one("haerun.site.check", required=True)
    delivery = fields.Selection(DELIVERIES, required=True, default="hand")
    delivered_at = fields.Datetime(required=True, default=fields.Datetime.now)
    receiver = fields.Char(string="Signed By")
    refused = fields.Boolean(string="Refused to Sign")
    refusal_reason = fields.Char(string="Reason")
    witness = fields.Char()
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    def action_confirm(self):
        """Record the delivery; the customer's time begins."""
        self.ensure_one()
        self.check_id._deliver_notice(
            {
                "delivery": self.delivery,
                "delivered_at": self.delivered_at,
                "receiver": self.receiver,
                "refused": self.refused,
                "refusal_reason": self.refusal_reason,
                "witness": self.witness,
                "photos": self.photo_ids,
            }
        )
        return {"type": "ir.actions.act_window_close"}
