from odoo import fields, models


class HaerunSupervisedAssist(models.AbstractModel):
    """Asking other representatives to help with a matter (R5, R14)."""

    _inherit = "haerun.supervised.mixin"

    assisting_task_ids = fields.One2many(
        "haerun.assisting.task",
        "res_id",
        string="Assisting Tasks",
        domain=lambda self: [("res_model", "=", self._name)],
    )

    def action_ask_assistance(self):
        """Open the window in which another representative is asked to help (R14)."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_confidential()
        form = self.env.ref("haerun_customer_rep.assisting_task_view_form_ask")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for Assistance"),
            "res_model": "haerun.assisting.task",
            "views": [(form.id, "form")],
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }
