from odoo import api, fields, models


class TicketFeedback(models.TransientModel):
    """What the customer is told is helped by canned replies and articles."""

    _name = "haerun.ticket.feedback"
    _inherit = ["haerun.ticket.feedback", "haerun.answering.mixin"]
    _answer_field = "text"

    category_id = fields.Many2one(related="ticket_id.category_id")
    known_ids = fields.Many2many(
        "haerun.knowledge.article", compute="_compute_known_ids"
    )

    @api.depends("ticket_id")
    def _compute_known_ids(self):
        for window in self:
            window.known_ids = window.ticket_id.article_ids

    def _answered_ticket(self):
        return self.ticket_id
