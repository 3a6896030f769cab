from odoo import fields, models


class BankRow(models.Model):
    """A row of a bank's file on its way in; gone when the file is done."""

    _name = "haerun.bank.row"
    _description = "Row of a Bank's File"
    _log_access = False
    _order = "result_id, ord"

    result_id = fields.Many2one("haerun.bank.result", required=True, ondelete="cascade")
    ord = fields.Integer(required=True)
    line = fields.Integer(required=True)
    line_no = fields.Char()
    amount = fields.Float(digits=(16, 2))
    paid = fields.Boolean()
    reason = fields.Char()
    bank_ref = fields.Char()
    code = fields.Char()

    _ord_uniq = models.UniqueIndex("(result_id, ord)")
