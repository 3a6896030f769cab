from odoo import api, fields, models

from ...tools.context import without_defaults


class ImportRun(models.Model):
    """One file that was loaded: by whom, when, and what became of its rows."""

    _name = "haerun.import.run"
    _description = "Import"
    _order = "id desc"

    name = fields.Char(string="File", required=True)
    target = fields.Selection(
        lambda self: self.env["haerun.import.field"]._selection_target(),
        string="Import",
        required=True,
        index=True,
    )
    user_id = fields.Many2one("res.users", string="Loaded By", required=True)
    total = fields.Integer(string="Rows")
    imported = fields.Integer()
    repeated = fields.Integer(
        help="Rows that stand twice in the file or had come in before."
    )
    rejected = fields.Integer()
    reject_file = fields.Binary(string="Rejected Rows", attachment=True)
    reject_filename = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        return super(ImportRun, without_defaults(self)).create(vals_list)
