from odoo import fields, models


class Tender(models.Model):
    _inherit = "haerun.tender"

    account_id = fields.Many2one(
        "account.account",
        string="Account in the Books",
        ondelete="restrict",
        help="Cash, bank or other monetary funds into which it comes.",
    )
