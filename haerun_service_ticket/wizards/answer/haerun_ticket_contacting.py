from odoo import fields, models


class TicketContacting(models.TransientModel):
    """What is asked of the customer, and until when he is told, is at hand."""

    _name = "haerun.ticket.contacting"
    _inherit = ["haerun.ticket.contacting", "haerun.answering.mixin"]
    _answer_field = "said"

    category_id = fields.Many2one(related="ticket_id.category_id")

    def _answered_ticket(self):
        return self.ticket_id
