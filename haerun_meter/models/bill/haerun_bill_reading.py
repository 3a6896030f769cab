from odoo import fields, models


class BillReading(models.Model):
    """Which readings a bill was made of: none is billed twice (DESIGN, At scale)."""

    _name = "haerun.bill.reading"
    _description = "Reading of a Bill"
    _inherit = ["haerun.evidence.mixin"]
    _order = "bill_id, id"
    _log_access = False

    bill_id = fields.Many2one(
        "haerun.water.bill", required=True, index=True, ondelete="cascade"
    )
    reading_id = fields.Many2one(
        "haerun.meter.reading", required=True, ondelete="restrict"
    )
    volume = fields.Float(string="Volume (m³)", digits=(12, 3))
    released = fields.Boolean(
        help="The bill was reversed or dropped: the reading may be billed again."
    )

    _billed_once = models.UniqueIndex("(reading_id) WHERE NOT released")
