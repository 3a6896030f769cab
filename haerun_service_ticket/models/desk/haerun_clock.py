from odoo import fields, models
from odoo.fields import Domain

from ...tools import ticket_way as way


class Clock(models.Model):
    """Clocks of tickets and work orders are found by what the ticket is about (R90)."""

    _inherit = "haerun.clock"

    ticket_channel_id = fields.Many2one(
        "haerun.channel",
        string="Ticket's Channel",
        compute="_compute_ticket",
        search="_search_ticket_channel_id",
    )
    ticket_category_id = fields.Many2one(
        "haerun.ticket.category",
        string="Ticket's Category",
        compute="_compute_ticket",
        search="_search_ticket_category_id",
    )
    ticket_priority = fields.Selection(
        way.PRIORITIES,
        string="Ticket's Priority",
        compute="_compute_ticket",
        search="_search_ticket_priority",
    )

    def _compute_ticket(self):
        tickets = self.env["haerun.ticket"]
        orders = self.env["haerun.work.order"]
        for clock in self:
            ticket = tickets
            if clock.res_model == "haerun.ticket":
                ticket = tickets.browse(clock.res_id)
            elif clock.res_model == "haerun.work.order":
                # sudo: which ticket it is of; the ticket is read as the user below
                order = orders.sudo().browse(clock.res_id)
                ticket = order.ticket_id.with_env(self.env)
            ticket = ticket._filtered_access("read")
            clock.ticket_channel_id = ticket.channel_id
            clock.ticket_category_id = ticket.category_id
            clock.ticket_priority = ticket.priority

    def _search_ticket_channel_id(self, operator, value):
        return self._of_tickets("channel_id", operator, value)

    def _search_ticket_category_id(self, operator, value):
        return self._of_tickets("category_id", operator, value)

    def _search_ticket_priority(self, operator, value):
        return self._of_tickets("priority", operator, value)

    def _of_tickets(self, name, operator, value):
        if operator != "in":
            return NotImplemented
        asked = Domain(name, "in", list(value))
        return self._of_matters("haerun.ticket", asked) | self._of_matters(
            "haerun.work.order", Domain("ticket_id", "any", asked)
        )
