from odoo import api, fields, models


class TariffPrice(models.Model):
    """The price of one component in one tier, in yuan per cubic metre."""

    _name = "haerun.tariff.price"
    _description = "Price"
    _inherit = ["haerun.version.line", "haerun.cached.mixin"]
    _order = "tier_id, component_id"
    _haerun_version = "version_id"

    tier_id = fields.Many2one(
        "haerun.tariff.tier", required=True, ondelete="cascade", index=True
    )
    version_id = fields.Many2one(related="tier_id.version_id", store=True)
    component_id = fields.Many2one(
        "haerun.tariff.component", required=True, ondelete="restrict"
    )
    price = fields.Float(string="Yuan per m³", digits=(12, 4), required=True)

    _component_uniq = models.UniqueIndex(
        "(tier_id, component_id)", "A tier has one price a component."
    )
    _price_not_negative = models.Constraint(
        "CHECK (price >= 0)", "A price is 0 or more."
    )

    @api.depends("component_id.name", "price")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.component_id.name} {line.price:g}"
