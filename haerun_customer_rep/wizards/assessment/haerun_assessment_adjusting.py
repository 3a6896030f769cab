from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HaerunAssessmentAdjusting(models.TransientModel):
    """The window in which points are added or taken, with the reason."""

    _name = "haerun.assessment.adjusting"
    _description = "Adjustment"
    _inherit = ["haerun.window.mixin"]

    sheet_id = fields.Many2one(
        "haerun.assessment.sheet", string="Sheet", required=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "haerun.assessment.line",
        string="Figure in Question",
        domain="[('sheet_id', '=', sheet_id)]",
        help="The figure that this is about, if any.",
    )
    points = fields.Float(
        required=True, digits=(5, 2), help="Below zero: points are taken."
    )
    reason = fields.Text(required=True)

    @api.constrains("points")
    def _check_points(self):
        for window in self:
            if not window.points or abs(window.points) > 100:
                raise ValidationError(
                    self.env._(
                        "“%s” is adjusted by up to 100 points, up or down: give them.",
                        window.sheet_id.display_name,
                    )
                )

    @api.constrains("line_id", "sheet_id")
    def _check_line(self):
        for window in self:
            if window.line_id and window.line_id.sheet_id != window.sheet_id:
                raise ValidationError(
                    self.env._(
                        "Choose a figure of “%s” itself.", window.sheet_id.display_name
                    )
                )

    def action_confirm(self):
        """Keep the adjustment; score, places and amounts follow."""
        for window in self:
            window.sheet_id._adjust(window.points, window.reason, window.line_id)
        return True
