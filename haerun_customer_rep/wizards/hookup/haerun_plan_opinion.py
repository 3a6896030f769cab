from odoo import api, fields, models


class PlanOpinion(models.TransientModel):
    """The opinion with which a plan is approved or returned (R21)."""

    _name = "haerun.plan.opinion"
    _description = "Opinion on a Plan"

    plan_id = fields.Many2one("haerun.hookup.plan", required=True)
    decision = fields.Selection(
        [("approve", "Approve"), ("return", "Return for revision")], required=True
    )
    opinion = fields.Text()

    @api.constrains("plan_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.plan_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Decide; the plan checks whether one may."""
        self.ensure_one()
        if self.decision == "approve":
            self.plan_id._approve(self.opinion)
        else:
            self.plan_id._return(self.opinion)
        return {"type": "ir.actions.act_window_close"}
