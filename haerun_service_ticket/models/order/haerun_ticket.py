from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import order_way
from ...tools import ticket_way as way


class Ticket(models.Model):
    """Work orders of a ticket: they keep it open until they are done (R85, R94)."""

    _inherit = "haerun.ticket"

    order_ids = fields.One2many(
        "haerun.work.order", "ticket_id", string="Work Orders", readonly=True
    )
    order_count = fields.Integer(
        string="Number of Work Orders", compute="_compute_order_count"
    )

    @api.depends("order_ids")
    def _compute_order_count(self):
        # sudo: how many there are is told to whoever reads the ticket
        orders = self.env["haerun.work.order"].sudo()
        counts = dict(
            orders._read_group(
                [("ticket_id", "in", self.ids)], ["ticket_id"], ["__count"]
            )
        )
        for ticket in self:
            ticket.order_count = counts.get(ticket.sudo(), 0)

    # ----------------------------------------------------------- action
    def action_order(self):
        """Open a new work order of this ticket (R74, R85)."""
        self.ensure_one()
        self._check_may_order()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Work Order"),
            "res_model": "haerun.work.order",
            "views": [(False, "form")],
            "context": {"default_ticket_id": self.id},
        }

    def action_open_orders(self):
        """Show its work orders."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_service_ticket.work_order_action_all"
        )
        return {**action, "domain": [("ticket_id", "=", self.id)], "context": {}}

    # --------------------------------------------------------- business
    def _cancel(self, reason):
        """Nobody sets out any more; who is on site already is told."""
        result = super()._cancel(reason)
        # sudo: who may cancel the ticket may call back whom it sent
        orders = self.sudo().order_ids.filtered(
            lambda order: order.step in order_way.WORKING
        )
        there = orders.filtered(lambda order: order.step == "on_site")
        (orders - there)._cancel(reason)
        for order in there:
            told = order._workers() | order.acting_user_id
            order._tell(told, self.env._("The ticket is cancelled: %s", reason))
        return result

    def _missing_to_reply(self):
        return super()._missing_to_reply() + self._open_orders(order_way.WORKING)

    def _missing_to_close(self):
        return super()._missing_to_close() + self._open_orders(order_way.OPEN)

    def _open_orders(self, steps):
        """Return the work orders that stand at one of ``steps``, as clauses."""
        # sudo: whoever may see the orders, they count
        return [
            self.env._("work order %s is not finished", order.number)
            for order in self.sudo().order_ids
            if order.step in steps
        ]

    def _check_may_order(self):
        """Who works on the ticket sends somebody out, while it is open."""
        self.ensure_one()
        self.check_access("read")
        if self.step in way.ENDED:
            raise UserError(
                self.env._(
                    "%s has ended: nobody is sent out for it; have it reopened first.",
                    self.display_name,
                )
            )
        roles = ("handler", "coordinator", "intake")
        if not any(self._may(role) for role in roles):
            raise AccessError(self._refusal("handler"))
