from odoo import fields, models

from ...models.order.haerun_work_order_signing import SATISFACTION
from ...tools.order_way import SIGNS


class WorkSigning(models.TransientModel):
    """The phone in the customer's hand: the paper, and where he signs (R110)."""

    _name = "haerun.work.signing"
    _inherit = ["haerun.window.mixin"]
    _description = "Customer's Signature on a Work Sheet"

    sheet_id = fields.Many2one("haerun.work.sheet", required=True)
    order_id = fields.Many2one(related="sheet_id.order_id")
    work_done = fields.Text(related="sheet_id.order_id.work_done")
    use_ids = fields.One2many(related="sheet_id.order_id.use_ids")
    way = fields.Selection(SIGNS, string="Outcome", required=True, default="signed")
    signer = fields.Char(string="Who Signs")
    signature = fields.Binary()
    satisfaction = fields.Selection(SATISFACTION)
    opinion = fields.Char(string="Customer's Opinion")
    reason = fields.Char(string="Why Not Signed")
    witness = fields.Char()
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    def action_read(self):
        """Open the paper that is to be signed."""
        self.ensure_one()
        return self.sheet_id.action_open_pdf()

    def action_confirm(self):
        """Lock it: signed, or not signed and why."""
        self.ensure_one()
        order = self.sheet_id.order_id
        if self.way == "signed":
            order._sign(
                self.sheet_id,
                self.signer,
                self.signature,
                self.satisfaction,
                self.opinion,
            )
        else:
            order._sign_not(
                self.sheet_id, self.way, self.reason, self.witness, self.photo_ids
            )
        return {"type": "ir.actions.act_window_close"}
