from odoo import api, fields, models


class WaterAccount(models.Model):
    """By which tariff an account is charged, and since when its year counts."""

    _inherit = "haerun.water.account"

    tariff_id = fields.Many2one(
        "haerun.tariff",
        compute="_compute_tariff_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    counted_from = fields.Date(
        string="Tiers Count From",
        compute="_compute_counted_from",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="The year of the tiers begins with the month of this day, when it is "
        "later than January.",
    )
    share_ids = fields.One2many("haerun.tariff.share", "account_id", string="Mixed Use")

    @api.depends("use_class")
    def _compute_tariff_id(self):
        tariffs = {
            tariff.use_class: tariff
            for tariff in self.env["haerun.tariff"].search([("use_class", "!=", False)])
        }
        for account in self:
            account.tariff_id = tariffs.get(account.use_class)

    @api.depends("opened_on")
    def _compute_counted_from(self):
        for account in self:
            account.counted_from = account.opened_on
