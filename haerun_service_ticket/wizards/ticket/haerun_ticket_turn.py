from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("forward", "Forward"),
    ("return", "Return"),
    ("refuse", "Refuse the request"),
    ("extension", "Extension"),
    ("rewrite", "To be rewritten"),
    ("suspend", "Suspend"),
    ("cancel", "Cancel"),
    ("reopen", "Reopen"),
]
#: turns that need no reason
WITHOUT_REASON = ("forward",)


class TicketTurn(models.TransientModel):
    """Why tickets take a turn; the tickets check whether they may."""

    _name = "haerun.ticket.turn"
    _inherit = ["haerun.window.mixin"]
    _description = "Turn of Tickets"

    ticket_ids = fields.Many2many("haerun.ticket", string="Tickets", required=True)
    kind = fields.Selection(KINDS, required=True)
    request_id = fields.Many2one("haerun.ticket.request")
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Forward to",
        domain="[('state', '=', 'valid')]",
        compute="_compute_representative_id",
        store=True,
        readonly=False,
    )
    acting_user_id = fields.Many2one(
        related="representative_id.acting_user_id", string="Acts Now"
    )
    days = fields.Integer(string="Working Days", default=5)
    pause_reason_id = fields.Many2one("haerun.pause.reason", string="Waiting For")
    until = fields.Datetime(string="At Most Until")
    reason = fields.Text()

    @api.depends("ticket_ids", "kind")
    def _compute_representative_id(self):
        for turn in self:
            proposed = turn.ticket_ids.responsible_id
            taken = turn.ticket_ids.sudo().handler_id
            proposed = proposed if len(proposed) == 1 else proposed.browse()
            turn.representative_id = turn.kind == "forward" and proposed - taken

    def action_confirm(self):
        """Let the tickets take the turn; one sentence says what stands in the way."""
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason and self.kind not in WITHOUT_REASON:
            raise UserError(self.env._("Give the reason."))
        if self.kind == "forward":
            self.ticket_ids._forward(self.representative_id, reason)
        elif self.kind == "cancel":
            self.ticket_ids._cancel(reason)
        else:
            for ticket in self.ticket_ids:
                self._turn(ticket, reason)
        return {"type": "ir.actions.act_window_close"}

    def _turn(self, ticket, reason):
        if self.kind == "return":
            ticket._ask_return(reason)
        elif self.kind == "refuse":
            self.request_id._decide(False, reason)
        elif self.kind == "extension":
            ticket._ask_extension(self.days, reason)
        elif self.kind == "rewrite":
            ticket._audit(False, reason)
        elif self.kind == "reopen":
            ticket._reopen(reason)
        elif not self.pause_reason_id:
            raise UserError(
                self.env._("Choose what %s waits for.", ticket.display_name)
            )
        else:
            ticket._suspend(self.pause_reason_id, self.until, reason)
