from odoo import api, fields, models
from odoo.exceptions import ValidationError

ENDS = [("replace", "Replace"), ("verify", "Verify")]


class MeterLife(models.Model):
    """How long a meter of a diameter may hang before it is replaced or verified.

    JJG 162: up to DN25 six years, DN32 to DN50 four, larger ones are verified every
    two. Seed data, to be confirmed by the rules administrator.
    """

    _name = "haerun.meter.life"
    _description = "Life of Meters"
    _order = "diameter_to"

    diameter_to = fields.Integer(
        string="Up to DN", required=True, help="The next smaller line ends below."
    )
    years = fields.Integer(required=True)
    ends = fields.Selection(ENDS, string="Then", required=True, default="replace")
    warn_days = fields.Integer(string="Warn Days Ahead", required=True, default=90)
    legal_basis = fields.Char()

    _diameter_uniq = models.UniqueIndex(
        "(diameter_to)", "There is a line for this diameter: change that one."
    )
    _years_positive = models.Constraint(
        "CHECK (years > 0 AND warn_days >= 0)", "Give years and days above zero."
    )

    @api.depends("diameter_to", "years")
    def _compute_display_name(self):
        for line in self:
            line.display_name = self.env._(
                "up to DN%(diameter)s: %(years)s years",
                diameter=line.diameter_to,
                years=line.years,
            )

    @api.constrains("diameter_to")
    def _check_diameter(self):
        for line in self:
            if line.diameter_to <= 0:
                raise ValidationError(
                    self.env._("%s: give a diameter in millimetres.", line.display_name)
                )

    @api.model
    def _of(self, diameter):
        """Return the line for a diameter in mm, or none when all are smaller."""
        lines = self.search([])
        return lines.filtered(lambda line: line.diameter_to >= diameter)[:1]
