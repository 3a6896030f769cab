import re

from odoo import fields, models

COLUMNS = [
    ("line_no", "Line reference"),
    ("account_no", "Account number"),
    ("bank_account", "Bank account"),
    ("holder", "Holder"),
    ("amount", "Amount"),
    ("period", "Month"),
    ("agreement_no", "Agreement number"),
    ("result", "Result"),
    ("reason", "Reason of a failure"),
    ("bank_ref", "Bank's reference"),
]
#: what a file that comes in must say of each line
REQUIRED = ("line_no", "amount")
#: what comes back from the bank alone
ANSWERS = frozenset({"result", "reason", "bank_ref"})


class Bank(models.Model):
    """A bank that withholds (银行代扣): how its files look is data, not programs."""

    _name = "haerun.bank"
    _description = "Withholding Bank"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    encoding = fields.Selection(
        [("gb18030", "GBK"), ("utf-8-sig", "UTF-8")], required=True, default="gb18030"
    )
    ok_words = fields.Char(
        string="Words of Success",
        required=True,
        default="成功、扣款成功、0000、00",
        help="What the column of results says of a line that was paid, separated by 、",
    )
    column_ids = fields.One2many("haerun.bank.column", "bank_id", string="Columns")
    tender_id = fields.Many2one(
        "haerun.tender",
        required=True,
        ondelete="restrict",
        domain=[("kind", "=", "bank")],
        default=lambda self: self.env.ref(
            "haerun_meter.tender_bank", raise_if_not_found=False
        ),
    )

    _code_uniq = models.UniqueIndex(
        "(code)", "Another bank has this code: choose a different one."
    )

    def _synonyms(self):
        """Headings by what they mean: ``{"amount": ["金额", …], …}``."""
        self.ensure_one()
        return {column.code: column._words() for column in self.column_ids}

    def _ok_words(self):
        self.ensure_one()
        return frozenset(filter(None, re.split(r"[\s、;；,，]+", self.ok_words or "")))
