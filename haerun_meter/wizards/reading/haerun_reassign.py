from odoo import fields, models


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
        domain="[('state', '=', 'valid'), ('rep_class', '=', 'marketing')]",
    )
    acting_user_id = fields.Many2one(
        related="representative_id.acting_user_id", string="Acts Now"
    )
    reason = fields.Char(required=True)

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
