import re

from odoo import fields, models

COLUMNS = [
    ("meter_no", "Meter number"),
    ("read_at", "Moment"),
    ("time", "Time of day"),
    ("value", "Dial"),
    ("alarm", "Alarm"),
]
REQUIRED = ("meter_no", "read_at", "value")


class RemoteVendor(models.Model):
    """Whose collecting system writes which headings: data, not programs (R54)."""

    _name = "haerun.remote.vendor"
    _description = "Maker of Remote Readings"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    factor = fields.Float(
        digits=(8, 4),
        required=True,
        default=1,
        help="Units of the dial a figure of the file: 0.001 when it gives litres.",
    )
    column_ids = fields.One2many("haerun.remote.column", "vendor_id", string="Columns")
    active = fields.Boolean(default=True)

    _factor_positive = models.Constraint(
        "CHECK (factor > 0)", "The factor lies above zero."
    )

    def _synonyms(self):
        """Headings by what they mean: ``{"meter_no": ["表号", …], …}``."""
        self.ensure_one()
        return {
            column.code: [
                word for word in re.split(r"[\n、;；,，]+", column.headings) if word
            ]
            for column in self.column_ids
        }
