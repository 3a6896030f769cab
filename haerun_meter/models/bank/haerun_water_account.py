from odoo import fields, models


class WaterAccount(models.Model):
    _inherit = "haerun.water.account"

    agreement_ids = fields.One2many(
        "haerun.bank.agreement", "account_id", string="Bank Withholding"
    )
