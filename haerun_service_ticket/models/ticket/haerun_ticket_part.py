from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools import part as parts


class TicketPart(models.AbstractModel):
    """Part of a ticket: its rights are those of the ticket.

    Whoever may read or write the ticket may read or write the part, as far as the
    access list of its own model goes; record rules ask for ``ticket_access``.
    """

    _name = "haerun.ticket.part"
    _description = "Part of a Ticket"

    #: way from the part to its ticket
    _haerun_ticket = "ticket_id"

    ticket_access = fields.Selection(
        [("read", "Read"), ("write", "Write")],
        compute="_compute_ticket_access",
        search="_search_ticket_access",
    )

    @api.depends(lambda self: self._ticket_rights_fields())
    @api.depends_context("uid")
    def _compute_ticket_access(self):
        for part in self:
            # record rules call this as superuser, in the name of a user
            ticket = part.sudo().mapped(self._haerun_ticket).sudo(False)
            part.ticket_access = bool(ticket) and parts.access(ticket)

    @api.model
    def _ticket_rights_fields(self):
        """What of the ticket its record rules ask for."""
        if self._abstract:
            return []
        asked = (
            "acting_user_id",
            "collaborator_ids",
            "coordinator_id",
            "handler_id",
            "handling_unit_id",
            "intake_user_id",
            "owner_user_id",
            "rep_class",
            "step",
            "unit_id",
        )
        return [f"{self._haerun_ticket}.{name}" for name in asked]

    @api.model
    def _search_ticket_access(self, operator, value):
        if operator != "in":
            return NotImplemented
        return parts.access_domain(self, self._haerun_ticket, "haerun.ticket", value)
