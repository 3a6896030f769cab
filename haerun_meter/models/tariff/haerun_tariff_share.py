from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class TariffShare(models.Model):
    """混合用水: which part of an account's water is charged by which tariff.

    Lines that hold on the day of a reading share its volume; they make a hundred per
    cent. They are ended and followed by others, as bills are made by them.
    """

    _name = "haerun.tariff.share"
    _description = "Share of a Tariff"
    _order = "account_id, date_from desc, id"

    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="cascade",
    )
    tariff_id = fields.Many2one("haerun.tariff", required=True, ondelete="restrict")
    percent = fields.Float(string="Share (%)", digits=(6, 2), required=True)
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", help="Last day; empty: until further notice.")

    _percent_sound = models.Constraint(
        "CHECK (percent > 0 AND percent <= 100)", "A share is more than 0, at most 100."
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A share cannot end before the day it begins.",
    )

    @api.depends("tariff_id.name", "percent")
    def _compute_display_name(self):
        for share in self:
            share.display_name = f"{share.tariff_id.name} {share.percent:g}%"

    @api.constrains("percent", "date_from", "date_to", "account_id")
    def _check_hundred(self):
        """On each day on which one holds, all that hold make a hundred per cent."""
        for account in self.account_id:
            shares = self.search([("account_id", "=", account.id)])
            for day in set(shares.mapped("date_from")):
                total = sum(
                    share.percent
                    for share in shares
                    if share.date_from <= day
                    and (not share.date_to or share.date_to >= day)
                )
                if abs(total - 100) > 0.001:
                    raise ValidationError(
                        self.env._(
                            "%(account)s: on %(day)s the shares make %(total)g %%, "
                            "not 100: correct them together.",
                            account=account.display_name,
                            day=day,
                            total=total,
                        )
                    )

    def write(self, vals):
        if not self.env.su and vals.keys() - {"date_to"}:
            raise UserError(
                self.env._(
                    "%s is what bills were made by: end it and add another line.",
                    self[:1].display_name,
                )
            )
        return super().write(vals)
