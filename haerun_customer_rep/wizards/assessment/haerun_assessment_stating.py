from odoo import fields, models


class HaerunAssessmentStating(models.TransientModel):
    """The window in which somebody says what he has to say on his own sheet."""

    _name = "haerun.assessment.stating"
    _description = "Self-Statement"
    _inherit = ["haerun.window.mixin"]

    sheet_id = fields.Many2one(
        "haerun.assessment.sheet", string="Sheet", required=True, ondelete="cascade"
    )
    text = fields.Text(
        string="Self-Statement",
        required=True,
        default=lambda self: self._default_text(),
        help="What went well, what did not, and why.",
    )

    def _default_text(self):
        sheet = self.env["haerun.assessment.sheet"].browse(
            self.env.context.get("default_sheet_id")
        )
        return sheet.statement if sheet.exists() else False

    def action_confirm(self):
        """Keep the statement; it may be written anew until statements are closed."""
        for window in self:
            window.sheet_id._state_own(window.text)
        return True
