from odoo import fields, models


class HookupMaterialType(models.Model):
    """A paper that an application may need (R1)."""

    _name = "haerun.hookup.material.type"
    _description = "Application Material"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Name used by imports and other systems.")
    note = fields.Char(
        string="How to Provide",
        help="Original or copy, how many, where to get it: printed on the one-time "
        "notice.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "A material has this code already.")
