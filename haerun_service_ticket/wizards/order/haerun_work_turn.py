from odoo import fields, models
from odoo.exceptions import UserError

KINDS = [
    ("give", "Give"),
    ("back", "Back to work"),
    ("suspend", "Suspend"),
    ("cancel", "Cancel"),
]


class WorkTurn(models.TransientModel):
    """Why work orders take a turn; the orders check whether they may."""

    _name = "haerun.work.turn"
    _inherit = ["haerun.window.mixin"]
    _description = "Turn of Work Orders"

    order_ids = fields.Many2many(
        "haerun.work.order", string="Work Orders", required=True
    )
    kind = fields.Selection(KINDS, required=True)
    team_id = fields.Many2one("haerun.work.team", string="Team")
    worker_id = fields.Many2one(
        "res.users", string="Carried Out By", domain="[('share', '=', False)]"
    )
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Answered For By",
        domain="[('state', '=', 'valid')]",
    )
    pause_reason_id = fields.Many2one("haerun.pause.reason", string="Waiting For")
    until = fields.Datetime(string="At Most Until")
    reason = fields.Text()

    def action_confirm(self):
        """Let the orders take the turn; one sentence says what stands in the way."""
        self.ensure_one()
        reason = (self.reason or "").strip()
        if self.kind != "give" and not reason:
            raise UserError(self.env._("Give the reason."))
        if self.kind == "give":
            self.order_ids._give(self.team_id, self.worker_id, self.representative_id)
        elif self.kind == "back":
            self.order_ids._back(reason)
        elif self.kind == "cancel":
            self.order_ids._cancel(reason)
        elif not self.pause_reason_id:
            raise UserError(self.env._("Choose what is waited for."))
        else:
            for order in self.order_ids:
                order._suspend(self.pause_reason_id, self.until, reason)
        return {"type": "ir.actions.act_window_close"}
