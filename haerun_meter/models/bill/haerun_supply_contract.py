from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SupplyContract(models.Model):
    """A late fee is owed only where the contract agrees on one (RULES, Tariff)."""

    _inherit = "haerun.supply.contract"

    late_fee_rate = fields.Float(
        string="Late Fee (% a Day)",
        digits=(6, 4),
        tracking=True,
        help="On unpaid water after the due day; 0: none was agreed.",
    )

    @api.constrains("late_fee_rate")
    def _check_late_fee(self):
        for contract in self:
            if not 0 <= contract.late_fee_rate <= 1:
                raise ValidationError(
                    self.env._(
                        "%s: a late fee is 0 to 1 per cent a day.",
                        contract.display_name,
                    )
                )

    def _signed_fields(self):
        return super()._signed_fields() | {"late_fee_rate"}
