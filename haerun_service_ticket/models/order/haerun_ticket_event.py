from odoo import fields, models


class TicketEvent(models.Model):
    """Work orders in the ledger of their ticket."""

    _inherit = "haerun.ticket.event"

    kind = fields.Selection(
        selection_add=[("ordered", "Work order"), ("order_ended", "Work order ended")],
        ondelete={"ordered": "cascade", "order_ended": "cascade"},
    )
