from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import choices

KINDS = [
    ("cancel", "Cancel the Payment"),
    ("invoice", "Record the Invoice"),
    ("refuse", "Refuse the Refund"),
]


class PaymentDeciding(models.TransientModel):
    """Why a payment is cancelled or a refund refused, or which invoice was given."""

    _name = "haerun.payment.deciding"
    _inherit = ["haerun.window.mixin"]
    _description = "Decide on a Payment"

    kind = fields.Selection(KINDS, required=True)
    payment_id = fields.Many2one("haerun.payment", string="Receipt")
    refund_id = fields.Many2one("haerun.refund", string="Refund")
    amount = fields.Float(
        related="payment_id.amount", string="Amount (yuan)", digits=(16, 2)
    )
    text = fields.Char(required=True)

    @api.model
    def _ask(self, kind, payment=None, refund=None):
        """The action that opens the window."""
        names = choices(self, "kind")
        return {
            "type": "ir.actions.act_window",
            "name": names[kind],
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_kind": kind,
                "default_payment_id": payment and payment.id,
                "default_refund_id": refund and refund.id,
            },
        }

    def action_confirm(self):
        """Do it; one sentence says what stands in the way."""
        self.ensure_one()
        about = self.refund_id if self.kind == "refuse" else self.payment_id
        if not about:
            raise UserError(self.env._("Nothing is chosen: open it from its form."))
        if self.kind == "cancel":
            about._cancel_by_hand(self.text)
        elif self.kind == "invoice":
            about._record_invoice(self.text)
        else:
            about._refuse(self.text)
        return {"type": "ir.actions.act_window_close"}
