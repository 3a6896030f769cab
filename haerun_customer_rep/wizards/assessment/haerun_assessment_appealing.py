from odoo import fields, models

from ...tools.window import open_form


class HaerunAssessmentAppealing(models.TransientModel):
    """The window in which somebody appeals against his own sheet."""

    _name = "haerun.assessment.appealing"
    _description = "Appeal"
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
    text = fields.Text(string="Reasons", required=True)

    def action_confirm(self):
        """Make the appeal and show it."""
        self.ensure_one()
        line = self.line_id.filtered(lambda one: one.sheet_id == self.sheet_id)
        appeal = self.env["haerun.assessment.appeal"]._appeal(
            self.sheet_id, self.text, line
        )
        return open_form(appeal._name, appeal.id)
