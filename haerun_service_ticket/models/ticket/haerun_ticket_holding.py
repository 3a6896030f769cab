from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import choices


class Ticket(models.Model):
    """Who held a ticket how long: time is charged to whoever has it."""

    _inherit = "haerun.ticket"

    holding_bar = fields.Json(
        string="Who Held It", compute="_compute_holding_bar", compute_sudo=True
    )

    def _haerun_worker(self):
        """The company works; papers that are missing, and a suspension, are others'."""
        if self.suspended_at:
            return self.suspend_reason_id.holder
        waits = self.step == "accepted" and self.sudo().notice_once_ids
        return "customer" if waits and not self.materials_complete else "company"

    @api.depends("holding_ids.ended_at", "holding_ids.holder", "holding_ids.step")
    @api.depends_context("lang")
    def _compute_holding_bar(self):
        # sudo (compute_sudo): whoever may read the ticket sees who held it how long
        now = fields.Datetime.now()
        rows = self.env["haerun.holding"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        by_ticket = rows.grouped("res_id")
        steps = choices(self, "step")
        for ticket in self:
            mine = by_ticket.get(ticket._origin.id, rows.browse())
            ticket.holding_bar = mine._bar(steps, now)
