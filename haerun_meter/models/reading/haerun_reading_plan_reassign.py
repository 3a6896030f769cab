from odoo import models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state


class ReadingPlan(models.Model):
    """A round is given to another reader of the branch, by its head (R46).

    The book keeps its own reader; who is away is stood in for without this.
    """

    _name = "haerun.reading.plan"
    _inherit = ["haerun.reading.plan", "haerun.reassign.mixin"]
    _haerun_window_field = "plan_ids"

    def _reassign(self, representative, reason):
        """:raise UserError: for a reader of another branch, see the mixin"""
        far = self.filtered(lambda plan: plan.unit_id != representative.sudo().unit_id)
        if far:
            raise UserError(
                self.env._(
                    "%(plan)s belongs to %(unit)s: choose a reader of that branch.",
                    plan=far[0].display_name,
                    unit=far[0].sudo().unit_id.display_name,
                )
            )
        result = super()._reassign(representative, reason)
        # what is read already stays with who read it
        left = self.sudo().task_ids.filtered(lambda task: task.state == "due")
        left.write({"reader_id": representative.id})
        return result

    def _check_reassignable(self):
        for plan in self:
            check_state(plan, "planned", "reading")
