from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import judge
from ...tools.words import USES


class ReadingLimit(models.Model):
    """The figures of a rule for a class of use and a range of diameters."""

    _name = "haerun.reading.limit"
    _description = "Limit of a Validation Rule"
    _inherit = ["haerun.cached.mixin"]
    _order = "rule_id, use_class, diameter_from, id"

    rule_id = fields.Many2one(
        "haerun.reading.rule", required=True, index=True, ondelete="cascade"
    )
    code = fields.Selection(related="rule_id.code")
    use_class = fields.Selection(USES, string="Use", help="Empty: every class.")
    diameter_from = fields.Integer(string="From DN", default=0, required=True)
    diameter_to = fields.Integer(string="To DN", default=9999, required=True)
    relative = fields.Float(
        digits=(8, 3), help="Share of the expected use, or of the dial for a rollover."
    )
    absolute = fields.Float(
        string="Absolute (m³)", digits=(10, 3), help="And at least so many m³."
    )
    share = fields.Float(
        digits=(8, 3), help="At most this share of the dial, for a rollover."
    )
    factor = fields.Float(
        digits=(8, 3), help="Multiple of the expected use, or of what Q4 lets through."
    )

    @api.depends("rule_id.name", "use_class", "diameter_from", "diameter_to")
    def _compute_display_name(self):
        uses = choices(self, "use_class")
        for limit in self:
            limit.display_name = " ".join(
                part
                for part in (
                    limit.rule_id.name,
                    uses.get(limit.use_class),
                    f"DN{limit.diameter_from}–{limit.diameter_to}",
                )
                if part
            )

    @api.constrains("rule_id", "use_class", "diameter_from", "diameter_to")
    def _check_overlap(self):
        for limit in self:
            if limit.diameter_from > limit.diameter_to:
                raise ValidationError(
                    self.env._("%s: the diameters are turned.", limit.display_name)
                )
            twin = (limit.rule_id.limit_ids - limit).filtered(
                lambda other, limit=limit: (
                    other.use_class == limit.use_class
                    and other.diameter_from <= limit.diameter_to
                    and limit.diameter_from <= other.diameter_to
                )
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "%(limit)s and %(other)s speak of the same meters: let one "
                        "end where the other begins.",
                        limit=limit.display_name,
                        other=twin[0].display_name,
                    )
                )

    @api.constrains("relative", "absolute", "share", "factor")
    def _check_sane(self):
        for limit in self:
            if min(limit.relative, limit.absolute, limit.share, limit.factor) < 0:
                raise ValidationError(
                    self.env._("%s: no figure is below zero.", limit.display_name)
                )

    def _figures(self, use, diameter):
        """The figures that hold for a class of use and a diameter (mm).

        A line that names the class of use goes before one for all.

        :return: list in the order of ``judge.FIGURES``; None where a rule has no line
        """
        found = {}
        for limit in self.sorted(lambda line: bool(line.use_class)):
            if (
                limit.use_class in (False, use)
                and limit.diameter_from <= diameter <= limit.diameter_to
            ):
                found[limit.code] = limit
        return [
            found[code][figure] if code in found else None
            for code, figure in judge.FIGURES
        ]
