from odoo import api, fields, models
from odoo.tools import sql


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
        help="Usually that of its use; mixed use is shared below.",
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
    counter_ids = fields.One2many(
        "haerun.tariff.counter", "account_id", string="Year's Use", readonly=True
    )

    def _auto_init(self):
        """Existing accounts get their day by one statement, not one by one."""
        table = self._table
        new = sql.table_exists(self.env.cr, table) and not sql.column_exists(
            self.env.cr, table, "counted_from"
        )
        if new:
            sql.create_column(self.env.cr, table, "counted_from", "date")
            sql.create_column(self.env.cr, table, "tariff_id", "int4")
        result = super()._auto_init()
        if new:
            self.env.cr.execute(
                "UPDATE haerun_water_account SET counted_from = opened_on"
            )
        return result

    @api.model
    def _fill_tariffs(self):
        """Accounts that were there before the tariffs get the one of their use."""
        self.env.cr.execute(
            """UPDATE haerun_water_account AS account SET tariff_id = tariff.id
                 FROM haerun_tariff AS tariff
                WHERE account.tariff_id IS NULL AND tariff.active
                  AND tariff.use_class = account.use_class"""
        )
        self.invalidate_model(["tariff_id"])

    @api.depends("use_class")
    def _compute_tariff_id(self):
        tariffs = self.env["haerun.tariff"]._of_uses()
        for account in self:
            account.tariff_id = tariffs.get(account.use_class)

    @api.depends("opened_on")
    def _compute_counted_from(self):
        for account in self:
            account.counted_from = account.opened_on
