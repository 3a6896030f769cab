from odoo import api, fields, models

HOW = [("phone", "Phone"), ("visit", "Visit"), ("site", "On site")]


class TicketContacting(models.TransientModel):
    """A contact with the customer that took place just now (R93, R101, R102)."""

    _name = "haerun.ticket.contacting"
    _inherit = ["haerun.window.mixin"]
    _description = "Contact with the Customer"

    ticket_id = fields.Many2one("haerun.ticket", required=True)
    customer = fields.Char(related="ticket_id.customer")
    phone = fields.Char(related="ticket_id.phone_full", related_sudo=False)
    due_at = fields.Datetime(string="Handled Until", compute="_compute_due_at")
    how = fields.Selection(HOW, required=True, default="phone")
    said = fields.Text(
        string="What Was Said",
        required=True,
        help="What the customer needs, and what was answered.",
    )
    told_limit = fields.Boolean(
        string="Told until When",
        default=True,
        help="The customer was told until when it is handled.",
    )
    open_point = fields.Char(string="Remains Open")
    open_until = fields.Date(string="Open Until")

    @api.depends("ticket_id")
    def _compute_due_at(self):
        for window in self:
            window.due_at = window.ticket_id and window.ticket_id._promised_due_at()

    def action_confirm(self):
        """Note it, by server time."""
        self.ensure_one()
        self.ticket_id._note_contact(
            self.how,
            self.said,
            told_limit=self.told_limit,
            open_point=self.open_point,
            open_until=self.open_until,
        )
        return {"type": "ir.actions.act_window_close"}
