from odoo import api, fields, models
from odoo.fields import Domain


class Reassign(models.TransientModel):
    """To whom matters go, and why."""

    _name = "haerun.reassign"
    _inherit = ["haerun.window.mixin"]
    _description = "Give to Another"

    plan_ids = fields.Many2many("haerun.reading.plan", string="Reading Plans")
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        required=True,
        domain="[('id', 'in', candidate_ids)]",
    )
    candidate_ids = fields.Many2many(
        "haerun.representative", compute="_compute_candidate_ids"
    )
    acting_user_id = fields.Many2one(
        related="representative_id.acting_user_id", string="Acts Now"
    )
    reason = fields.Char(required=True)

    @api.depends("plan_ids")
    def _compute_candidate_ids(self):
        """Whom these can be given to, so that nobody is offered who is refused."""
        for window in self:
            window.candidate_ids = self.env["haerun.representative"].search(
                window._candidate_domain()
            )

    def _candidate_domain(self):
        """Readers of the rounds' branch; of other matters, of the units one leads."""
        domain = Domain("state", "=", "valid") & Domain("rep_class", "=", "marketing")
        if self.plan_ids:
            domain &= Domain("unit_id", "in", self.plan_ids.unit_id.ids)
        if not self.env.user.has_group("haerun_customer_rep.group_csd_marketing"):
            domain &= Domain("unit_id", "in", self.env.user.haerun_managed_unit_ids.ids)
        owners = {matter.owner_id for matters in self._matters() for matter in matters}
        if len(owners) == 1:
            domain &= Domain("id", "!=", owners.pop().id)
        return domain

    def _matters(self):
        """Hook: the matters that are given away, a recordset a model."""
        return [self.plan_ids]

    def action_confirm(self):
        """Give them away; each checks whether one may."""
        self.ensure_one()
        for matters in self._matters():
            if matters:
                matters._reassign(self.representative_id, self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
