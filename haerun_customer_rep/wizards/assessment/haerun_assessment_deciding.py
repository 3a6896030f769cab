from odoo import fields, models

from ...models.assessment.haerun_assessment_appeal import STATES


class HaerunAssessmentDeciding(models.TransientModel):
    """The window in which CSD answers an appeal."""

    _name = "haerun.assessment.deciding"
    _description = "Decision on an Appeal"
    _inherit = ["haerun.window.mixin"]

    appeal_id = fields.Many2one(
        "haerun.assessment.appeal", required=True, ondelete="cascade"
    )
    text = fields.Text(string="Reasons", related="appeal_id.text")
    state = fields.Selection(
        [one for one in STATES if one[0] != "open"], string="Decision", required=True
    )
    points = fields.Float(string="Points Given Back", digits=(5, 2))
    decision = fields.Text(string="Answer", required=True)

    def action_confirm(self):
        """Keep the decision; whom it is about is told."""
        for window in self:
            points = window.points if window.state != "rejected" else 0.0
            window.appeal_id._decide(window.state, window.decision, points)
        return True
