from odoo import fields, models

KINDS = [
    ("damage", "Facility damage"),
    ("leak", "Leak"),
    ("unreadable", "Unreadable"),
    ("abnormal", "Abnormal meter"),
    ("violation", "Violating customer"),
]


class ReadingException(models.Model):
    """异常代码: what a reader finds beside the dial (R61)."""

    _name = "haerun.reading.exception"
    _description = "Reading Exception"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True)
    sequence = fields.Integer(default=10)
    without_value = fields.Boolean(
        string="No Reading", help="The dial could not be read: none is asked for."
    )
    wants_photo = fields.Boolean(string="Photo Wanted", default=True)
    opens_check = fields.Boolean(string="Opens a Site Check", default=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "This code is taken: choose another.")
