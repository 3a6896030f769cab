from odoo import fields, models


class TicketEvent(models.Model):
    """An outage that explains a ticket, in its ledger."""

    _inherit = "haerun.ticket.event"

    kind = fields.Selection(
        selection_add=[("outage", "Outage")], ondelete={"outage": "cascade"}
    )
