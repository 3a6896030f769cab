from odoo import fields, models


class ServicePoint(models.Model):
    """Its place in a meter book."""

    _inherit = "haerun.service.point"

    book_id = fields.Many2one(
        "haerun.meter.book",
        string="Meter Book",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('unit_id', '=', unit_id)]",
    )
    book_position = fields.Integer(
        string="Order", help="The reader's way: small numbers come first."
    )
    reading_ids = fields.One2many(
        "haerun.meter.reading", "point_id", string="Readings", readonly=True
    )

    _book_idx = models.Index("(book_id, book_position) WHERE book_id IS NOT NULL")
