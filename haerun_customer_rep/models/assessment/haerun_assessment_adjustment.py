from odoo import fields, models

from .haerun_assessment import STATES


class HaerunAssessmentAdjustment(models.Model):
    """Points added or taken, with who, when and why: evidence."""

    _name = "haerun.assessment.adjustment"
    _description = "Adjustment of a Score"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"
    _rec_name = "reason"

    sheet_id = fields.Many2one(
        "haerun.assessment.sheet", required=True, index=True, ondelete="restrict"
    )
    line_id = fields.Many2one(
        "haerun.assessment.line", string="Figure in Question", ondelete="restrict"
    )
    points = fields.Float(required=True, digits=(5, 2))
    reason = fields.Text(required=True)
    user_id = fields.Many2one("res.users", string="By", required=True)
    at = fields.Datetime(string="When", required=True)
    stage = fields.Selection(STATES, string="At")
    appeal_id = fields.Many2one(
        "haerun.assessment.appeal",
        string="Upon Appeal",
        index="btree_not_null",
        ondelete="restrict",
    )
    after = fields.Boolean(
        string="After Publishing",
        help="What was published stays as it is; this stands beside it.",
    )
