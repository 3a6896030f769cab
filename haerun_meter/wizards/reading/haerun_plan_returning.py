from odoo import fields, models
from odoo.exceptions import UserError


class PlanReturning(models.TransientModel):
    """Why submitted cards go back to their reader: he sees it on the phone."""

    _name = "haerun.plan.returning"
    _inherit = ["haerun.window.mixin"]
    _description = "Give Cards Back to the Reader"

    plan_ids = fields.Many2many("haerun.reading.plan", string="Plans", required=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Give them back; each checks whether one may."""
        self.ensure_one()
        if not self.plan_ids:
            raise UserError(self.env._("No plan is chosen: open it from the list."))
        self.plan_ids._return(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
