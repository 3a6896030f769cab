from odoo import fields, models


class CheckReassign(models.TransientModel):
    """To whom checks go, and why."""

    _name = "haerun.check.reassign"
    _inherit = ["haerun.window.mixin"]
    _description = "Give Site Checks to Another"

    check_ids = fields.Many2many(
        "haerun.site.check", string="Site Checks", required=True
    )
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        required=True,
        domain="[('state', '=', 'valid'), ('rep_class', '=', 'marketing')]",
    )
    acting_user_id = fields.Many2one(
        related="representative_id.acting_user_id", string="Acts Now"
    )
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Give them away; each checks whether one may."""
        self.ensure_one()
        self.check_ids._reassign(self.representative_id, self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
