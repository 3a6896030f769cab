from odoo import fields, models

from ...tools import order_way as way


class WorkEvent(models.Model):
    """What happened with a work order, in order, by server time; append-only."""

    _name = "haerun.work.event"
    _description = "Line of a Work Order's Ledger"
    _inherit = ["haerun.work.part", "haerun.evidence.mixin"]
    _order = "id"
    _rec_name = "kind"

    order_id = fields.Many2one(
        "haerun.work.order", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(way.EVENTS, required=True)
    at = fields.Datetime(string="When", required=True, index=True)
    user_id = fields.Many2one("res.users", string="Who", required=True)
    for_id = fields.Many2one(
        "res.users", string="For", help="The principal, when his deputy did it."
    )
    step = fields.Selection(way.STEPS, string="Then Stood At", required=True)
    text = fields.Text()
