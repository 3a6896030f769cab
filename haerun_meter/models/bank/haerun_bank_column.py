import re

from odoo import fields, models

from .haerun_bank import COLUMNS


class BankColumn(models.Model):
    """What a column of a bank's files means; sent under the first of its headings."""

    _name = "haerun.bank.column"
    _description = "Column of a Bank's Files"
    _order = "bank_id, sequence, id"
    _rec_name = "code"

    bank_id = fields.Many2one(
        "haerun.bank", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10, help="Order in the file that goes out.")
    code = fields.Selection(COLUMNS, string="Means", required=True)
    headings = fields.Char(required=True, help="Headings, separated by 、")

    _code_uniq = models.UniqueIndex(
        "(bank_id, code)", "This bank has the column already: add a heading to it."
    )

    def _words(self):
        self.ensure_one()
        return [word for word in re.split(r"[\n、;；,，]+", self.headings) if word]
