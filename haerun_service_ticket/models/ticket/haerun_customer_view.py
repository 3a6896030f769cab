from odoo import api, models

from odoo.addons.haerun_customer_rep.tools.state import label
from odoo.addons.haerun_meter.models.customer.haerun_customer_view_sections import LIMIT


class CustomerView(models.AbstractModel):
    """工单: the customer's tickets, on the page of all of him."""

    _inherit = "haerun.customer.view"

    @api.model
    def _matters(self, account):
        lines = super()._matters(account)
        tickets = self._mine(
            "haerun.ticket", [("account_id", "=", account.id)], limit=LIMIT + 1
        )
        return self._open_first(
            [
                *lines,
                *(
                    self._matter_line(
                        ticket,
                        f"{ticket.number} {ticket.title}",
                        label(ticket, "step"),
                        ticket.opened_at,
                        ticket.result_text or ticket.text,
                    )
                    for ticket in tickets or ()
                ),
            ]
        )

    @api.model
    def _visited(self, account):
        # sudo: which tickets there are; visits are read by their own rules
        tickets = self.env["haerun.ticket"].sudo()
        found = tickets.search([("account_id", "=", account.id)])
        return {**super()._visited(account), "haerun.ticket": found.ids}

    @api.model
    def _actions(self, account):
        actions = super()._actions(account)
        if self.env["haerun.ticket"].has_access("create"):
            mine = self._action(
                account, "action_take_ticket", self.env._("Ticket"), "fa-ticket"
            )
            actions.insert(0, mine)
        return actions
