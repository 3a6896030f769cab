from odoo import fields, models


class ReadingImportRow(models.Model):
    """A staged row of a file of readings; filled by COPY, gone when it is done."""

    _name = "haerun.reading.import.row"
    _description = "Staged Reading"
    _log_access = False
    _rec_name = "meter_no"

    import_id = fields.Many2one(
        "haerun.reading.import", required=True, ondelete="cascade"
    )
    ord = fields.Integer(string="Order", required=True)
    line = fields.Integer(string="Row of the File")
    uuid = fields.Char(required=True)
    meter_no = fields.Char()
    read_at = fields.Datetime()
    value = fields.Float(digits=(16, 3))
    alarm = fields.Char()
    code = fields.Char()

    _order_uniq = models.UniqueIndex("(import_id, ord)")
