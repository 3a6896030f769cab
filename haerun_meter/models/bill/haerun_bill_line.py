from odoo import fields, models


class BillLine(models.Model):
    """What one component in one tier comes to, for a part of a bill.

    The amount is what the year's volume in this tier comes to after the part, less
    what it came to before, each rounded to the fen: so a year's bills sum up to the
    charge on the year's volume, however it was divided.
    """

    _name = "haerun.bill.line"
    _description = "Bill Line"
    _inherit = ["haerun.evidence.mixin"]
    _order = "bill_id, part_id, tier_id, component_id, id"
    _log_access = False

    bill_id = fields.Many2one(
        "haerun.water.bill", required=True, index=True, ondelete="cascade"
    )
    part_id = fields.Many2one("haerun.bill.part", ondelete="cascade", index=True)
    version_id = fields.Many2one("haerun.tariff.version", ondelete="restrict")
    tier_id = fields.Many2one("haerun.tariff.tier", ondelete="restrict")
    component_id = fields.Many2one("haerun.tariff.component", ondelete="restrict")
    upto = fields.Float(
        string="Tier up to (m³)",
        digits=(12, 3),
        aggregator=None,
        help="The limit that held for the account's year; 0: none.",
    )
    quantity = fields.Float(string="Quantity (m³)", digits=(12, 3))
    price = fields.Float(string="Yuan per m³", digits=(12, 4), aggregator=None)
    amount = fields.Float(string="Amount (yuan)", digits=(16, 2), required=True)
    minimal = fields.Boolean(
        string="Minimum", help="Brings the bill up to the tariff's minimum."
    )
    note = fields.Char(help="What it is for, where it is no price times a volume.")
