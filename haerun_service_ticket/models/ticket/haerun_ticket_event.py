from odoo import fields, models

from ...tools import ticket_way as way


class TicketEvent(models.Model):
    """客户服务台账: what happened with a ticket, in order, by server time (R100, R103).

    Append-only: written by the steps alone, never changed, never deleted. Who held
    the ticket is frozen on the line: a later transfer rewrites no history.
    """

    _name = "haerun.ticket.event"
    _description = "Line of a Ticket's Ledger"
    _inherit = ["haerun.ticket.part", "haerun.evidence.mixin", "haerun.photo.mixin"]
    _order = "id"
    _rec_name = "kind"

    ticket_id = fields.Many2one(
        "haerun.ticket", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(way.EVENTS, string="What Happened", required=True)
    at = fields.Datetime(string="When", required=True, index=True)
    user_id = fields.Many2one("res.users", string="Who", required=True)
    for_id = fields.Many2one(
        "res.users",
        string="For",
        help="The principal, when his deputy did it.",
    )
    step = fields.Selection(way.STEPS, string="Then Stood At", required=True)
    owner_id = fields.Many2one("haerun.representative", string="Held By")
    unit_id = fields.Many2one("hr.department", string="Unit", index=True)
    channel_id = fields.Many2one("haerun.channel", string="Channel")
    text = fields.Text()

    _unit_at_idx = models.Index("(unit_id, at)")
