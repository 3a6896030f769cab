from odoo import fields, models


class Allocation(models.Model):
    """销账: how much of a payment went to which bill; undone by a negative one."""

    _name = "haerun.allocation"
    _description = "Allocation"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id"
    _log_access = False

    payment_id = fields.Many2one(
        "haerun.payment", required=True, index=True, ondelete="restrict"
    )
    bill_id = fields.Many2one(
        "haerun.water.bill", required=True, index=True, ondelete="restrict"
    )
    account_id = fields.Many2one(
        "haerun.water.account", required=True, index=True, ondelete="restrict"
    )
    posting_id = fields.Many2one(
        "haerun.posting", required=True, index=True, ondelete="restrict"
    )
    amount = fields.Float(string="Amount (yuan)", digits=(16, 2), required=True)
    allocated_at = fields.Datetime(required=True)
