from odoo import fields, models


class ImportColumn(models.TransientModel):
    """What a column of the loaded file is taken for."""

    _name = "haerun.import.column"
    _description = "Column of an Import"
    _order = "position, id"

    wizard_model = fields.Char(required=True)
    wizard_id = fields.Many2oneReference(
        model_field="wizard_model", required=True, index=True
    )
    position = fields.Integer()
    name = fields.Char(string="Column of the File", readonly=True)
    sample = fields.Char(string="First Values", readonly=True)
    field_id = fields.Many2one(
        "haerun.import.field",
        string="Taken For",
        domain="[('target', '=', wizard_model)]",
        help="Leave empty to pass over this column.",
    )
