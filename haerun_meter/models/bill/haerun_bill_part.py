from odoo import fields, models


class BillPart(models.Model):
    """A stretch of a bill's days under one tariff version in one year of tiers.

    ``before`` and ``after`` are where the year's counter stood; the counter
    (``haerun.tariff.counter``) is the sum of the parts that count.
    """

    _name = "haerun.bill.part"
    _description = "Part of a Bill"
    _inherit = ["haerun.evidence.mixin"]
    _order = "bill_id, date_from, id"
    _log_access = False

    bill_id = fields.Many2one(
        "haerun.water.bill", required=True, index=True, ondelete="cascade"
    )
    account_id = fields.Many2one(
        "haerun.water.account", required=True, ondelete="restrict"
    )
    reading_id = fields.Many2one("haerun.meter.reading", ondelete="restrict")
    tariff_id = fields.Many2one("haerun.tariff", required=True, ondelete="restrict")
    version_id = fields.Many2one(
        "haerun.tariff.version", required=True, index=True, ondelete="restrict"
    )
    year = fields.Integer(required=True, aggregator=None)
    date_from = fields.Date(string="First Day", required=True)
    date_to = fields.Date(string="Last Day", required=True)
    volume = fields.Float(string="Volume (m³)", digits=(12, 3), required=True)
    before = fields.Float(
        string="Year Before (m³)", digits=(12, 3), required=True, aggregator=None
    )
    after = fields.Float(
        string="Year After (m³)", digits=(12, 3), required=True, aggregator=None
    )
    counts = fields.Boolean(
        default=True, help="False: its bill was reversed or dropped."
    )

    _counter_idx = models.Index("(account_id, year, tariff_id) WHERE counts")
