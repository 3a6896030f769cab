from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.haerun_customer_rep.tools.evidence import keep_within
from odoo.addons.haerun_customer_rep.tools.state import choices

ROLES = [
    ("owner", "Owner"),
    ("occupant", "Occupant"),
    ("payer", "Payer"),
    ("property", "Property company"),
    ("developer", "Developer"),
]


class AccountParty(models.Model):
    """Who owns, lives at, pays for or looks after an account, and since when."""

    _name = "haerun.account.party"
    _description = "Party of an Account"
    _order = "account_id, date_from desc, id desc"

    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="cascade",
    )
    role = fields.Selection(ROLES, required=True, default="owner")
    partner_id = fields.Many2one(
        "res.partner", string="Party", required=True, index=True, ondelete="restrict"
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", help="Last day; empty: until further notice.")

    _one_payer = models.UniqueIndex(
        "(account_id) WHERE role = 'payer' AND date_to IS NULL",
        "The account has a payer: end that line first.",
    )

    @api.depends("partner_id", "role")
    def _compute_display_name(self):
        roles = choices(self, "role")
        for party in self:
            party.display_name = f"{party.partner_id.name} ({roles.get(party.role)})"

    def write(self, vals):
        result = super().write(vals)
        keep_within(self, vals, {"account_id"})
        return result

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for party in self:
            if party.date_to and party.date_to < party.date_from:
                raise ValidationError(
                    self.env._(
                        "%s ends before it begins: correct the dates.",
                        party.display_name,
                    )
                )
