from odoo import fields, models

from .haerun_remote_vendor import COLUMNS


class RemoteColumn(models.Model):
    """What a column of a vendor's file means, and the headings it goes by."""

    _name = "haerun.remote.column"
    _description = "Column of Remote Readings"
    _order = "vendor_id, id"
    _rec_name = "code"

    vendor_id = fields.Many2one(
        "haerun.remote.vendor", required=True, index=True, ondelete="cascade"
    )
    code = fields.Selection(COLUMNS, string="Means", required=True)
    headings = fields.Char(required=True, help="Headings, separated by 、")

    _code_uniq = models.UniqueIndex(
        "(vendor_id, code)", "This vendor has the column already: add a heading to it."
    )
