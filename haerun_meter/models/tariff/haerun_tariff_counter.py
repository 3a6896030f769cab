from odoo import fields, models


class TariffCounter(models.Model):
    """年度累计: what an account's year has used under a tariff, for its tiers.

    The sum of the parts of bills that count. It is kept beside them so that two who
    bill one account at the same time meet on its row, and the second begins anew.
    It survives an exchange of meters, as it is the account's.
    """

    _name = "haerun.tariff.counter"
    _description = "Counter of a Year"
    _inherit = ["haerun.evidence.mixin"]
    _order = "account_id, year desc, tariff_id"
    _log_access = False

    account_id = fields.Many2one(
        "haerun.water.account", string="Account", required=True, ondelete="restrict"
    )
    tariff_id = fields.Many2one("haerun.tariff", required=True, ondelete="restrict")
    year = fields.Integer(required=True, aggregator=None)
    used = fields.Float(string="Used (m³)", digits=(12, 3), required=True)

    _account_year_uniq = models.UniqueIndex("(account_id, year, tariff_id)")

    def _compute_display_name(self):
        for counter in self:
            counter.display_name = f"{counter.account_id.number} {counter.year}"
