from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TariffTier(models.Model):
    """A tier (阶梯) of a tariff's year: up to which volume its prices hold."""

    _name = "haerun.tariff.tier"
    _description = "Tier"
    _inherit = ["haerun.version.line", "haerun.cached.mixin"]
    _order = "version_id, position"

    version_id = fields.Many2one(
        "haerun.tariff.version", required=True, ondelete="cascade", index=True
    )
    position = fields.Integer(string="Tier", required=True, default=1)
    upto = fields.Float(
        string="Up to (m³ a Year)",
        digits=(12, 3),
        help="Inclusive; 0: no limit, for the last tier.",
    )
    per_person = fields.Float(string="Each Further Person (m³ a Year)", digits=(12, 3))
    price_ids = fields.One2many(
        "haerun.tariff.price", "tier_id", string="Prices", copy=True
    )
    price = fields.Float(string="Yuan per m³", compute="_compute_price", digits=(12, 4))
    price_text = fields.Char(string="Made Of", compute="_compute_price")

    _position_uniq = models.UniqueIndex(
        "(version_id, position)", "A version has each tier once."
    )
    _limits_not_negative = models.Constraint(
        "CHECK (upto >= 0 AND per_person >= 0 AND position BETWEEN 1 AND 9)",
        "Give limits of 0 or more, and tiers from 1 to 9.",
    )

    @api.depends("position")
    def _compute_display_name(self):
        for tier in self:
            tier.display_name = self.env._("Tier %s", tier.position)

    @api.depends("price_ids.price", "price_ids.component_id")
    def _compute_price(self):
        for tier in self:
            tier.price = sum(tier.price_ids.mapped("price"))
            tier.price_text = " + ".join(tier.price_ids.mapped("display_name"))

    @api.constrains("position", "upto", "version_id")
    def _check_rising(self):
        for version in self.version_id:
            tiers = version.tier_ids.sorted("position")
            limits = [tier.upto for tier in tiers]
            open_end = not limits or limits[-1] == 0
            rising = all(a < b for a, b in zip(limits, limits[1:-1], strict=False))
            if not (open_end and rising and all(limits[:-1])):
                raise ValidationError(
                    self.env._(
                        "%s: each tier ends above the one before, and the last one "
                        "has no limit (0).",
                        version.display_name,
                    )
                )
