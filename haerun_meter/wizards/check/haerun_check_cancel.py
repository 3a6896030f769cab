from odoo import fields, models


class CheckCancel(models.TransientModel):
    """Why nobody has to go there any more."""

    _name = "haerun.check.cancel"
    _inherit = ["haerun.window.mixin"]
    _description = "Cancel Site Checks"

    check_ids = fields.Many2many("haerun.site.check", required=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Cancel them; each checks whether one may."""
        self.ensure_one()
        self.check_ids._cancel(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
