from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.tools.evidence import keep_within


class BankAgreement(models.Model):
    """代扣协议: from which bank account charges are withheld, and since when."""

    _name = "haerun.bank.agreement"
    _description = "Withholding Agreement"
    _order = "account_id, date_from desc, id desc"

    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    bank_id = fields.Many2one(
        "haerun.bank", required=True, index=True, ondelete="restrict"
    )
    bank_account = fields.Char(required=True)
    holder = fields.Char(required=True)
    number = fields.Char(string="Agreement Number")
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", help="Last day; empty: until further notice.")

    _one_open = models.UniqueIndex(
        "(account_id) WHERE date_to IS NULL",
        "The account has an agreement: end that one first.",
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "An agreement cannot end before the day it begins.",
    )

    @api.depends("bank_id.name", "bank_account")
    def _compute_display_name(self):
        for agreement in self:
            tail = (agreement.bank_account or "")[-4:]
            agreement.display_name = f"{agreement.bank_id.name} …{tail}"

    @api.constrains("bank_account")
    def _check_bank_account(self):
        for agreement in self:
            digits = (agreement.bank_account or "").replace(" ", "")
            if not (digits.isdigit() and 8 <= len(digits) <= 30):
                raise ValidationError(
                    self.env._(
                        "%s: a bank account is 8 to 30 digits: compare it with the "
                        "agreement.",
                        agreement.account_id.display_name,
                    )
                )

    def write(self, vals):
        if not self.env.su and vals.keys() - {"date_to"}:
            raise UserError(
                self.env._(
                    "%s is what was signed: end it and add another one.",
                    self[:1].display_name,
                )
            )
        result = super().write(vals)
        keep_within(self, vals, {"account_id"})
        return result

    @api.model_create_multi
    def create(self, vals_list):
        agreements = super().create(vals_list)
        if not self.env.su:
            # sudo: what is linked is checked here, whatever the user may see of it
            agreements.sudo().account_id.with_env(self.env).check_access("read")
        return agreements
