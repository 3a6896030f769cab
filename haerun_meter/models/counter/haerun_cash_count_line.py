from odoo import fields, models


class CashCountLine(models.Model):
    """One way of paying of a count: what the system has against what was found."""

    _name = "haerun.cash.count.line"
    _description = "Line of a Count"
    _inherit = ["haerun.evidence.mixin"]
    _order = "count_id desc, id"
    _log_access = False

    count_id = fields.Many2one(
        "haerun.cash.count", required=True, index=True, ondelete="restrict"
    )
    tender_id = fields.Many2one(
        "haerun.tender", string="Way of Paying", required=True, ondelete="restrict"
    )
    number = fields.Integer(string="Receipts")
    system = fields.Float(string="System (yuan)", digits=(16, 2))
    counted = fields.Float(string="Counted (yuan)", digits=(16, 2))
    difference = fields.Float(string="Difference (yuan)", digits=(16, 2))
