from odoo import fields, models


class HaerunAssessmentReviewing(models.TransientModel):
    """The window in which the head of a unit reviews a sheet with a remark."""

    _name = "haerun.assessment.reviewing"
    _description = "Unit's Review"
    _inherit = ["haerun.window.mixin"]

    sheet_id = fields.Many2one(
        "haerun.assessment.sheet", string="Sheet", required=True, ondelete="cascade"
    )
    text = fields.Text(string="Remark", required=True)

    def action_confirm(self):
        """Keep the review."""
        for window in self:
            window.sheet_id._review(window.text)
        return True
