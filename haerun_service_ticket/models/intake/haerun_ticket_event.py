from odoo import fields, models


class TicketEvent(models.Model):
    """What petitions leave in the ledger of a ticket."""

    _inherit = "haerun.ticket.event"

    kind = fields.Selection(
        selection_add=[
            ("petition_joined", "Petition linked"),
            ("petition_left", "Petition taken off"),
            ("petition_told", "Petition answered"),
            ("merged", "Merged"),
            ("unmerged", "Merge taken back"),
        ],
        ondelete={
            name: "cascade"
            for name in (
                "petition_joined",
                "petition_left",
                "petition_told",
                "merged",
                "unmerged",
            )
        },
    )
