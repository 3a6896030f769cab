from odoo import fields, models


class TicketNoticeLine(models.Model):
    """A material that an application lacked (R83)."""

    _name = "haerun.ticket.notice.line"
    _inherit = ["haerun.ticket.part", "haerun.once.notice.line.mixin"]
    _description = "Line of a Ticket's One-Time Notice"
    _order = "id"
    _haerun_ticket = "notice_id.ticket_id"

    notice_id = fields.Many2one(
        "haerun.ticket.notice",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
