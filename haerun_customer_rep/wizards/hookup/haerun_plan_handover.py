from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.hookup.haerun_hookup_plan import WAYS

#: on the page the customer alone receives
STAFF_WAYS = [way for way in WAYS if way[0] != "page"]


class PlanHandover(models.TransientModel):
    """How the plan went to the customer, and his receipt (R22)."""

    _name = "haerun.plan.handover"
    _description = "Hand-Over of a Plan"

    plan_id = fields.Many2one("haerun.hookup.plan", required=True)
    kind = fields.Selection(
        [("deliver", "Delivery"), ("receive", "Receipt")], required=True
    )
    how = fields.Selection(STAFF_WAYS, default="counter", required=True)
    receiver_name = fields.Char(
        string="Received By",
        compute="_compute_receiver_name",
        store=True,
        readonly=False,
    )
    signature = fields.Binary(string="Signature")
    note = fields.Char()

    @api.depends("plan_id", "kind")
    def _compute_receiver_name(self):
        for wizard in self:
            if wizard.kind == "receive" and not wizard.receiver_name:
                # who signed on site is a person, the applicant may be a company
                surveys = wizard.plan_id.project_id.survey_ids
                signed = surveys.filtered("signed_at").sorted("signed_at")
                wizard.receiver_name = signed[-1:].signer_name

    @api.constrains("plan_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.plan_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Record it; the plan checks whether one may."""
        self.ensure_one()
        plan = self.plan_id
        plan._check_handover()
        if self.kind == "deliver":
            plan._deliver(self.how, self.note)
        elif not self.signature and not (self.note or "").strip():
            raise UserError(
                self.env._(
                    "%s: let the customer sign, or note how the plan was received "
                    "without a signature.",
                    plan.display_name,
                )
            )
        else:
            plan._receive(self.receiver_name, self.signature, self.how, self.note)
        return {"type": "ir.actions.act_window_close"}
