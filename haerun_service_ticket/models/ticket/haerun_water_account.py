from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import ticket_way as way


class WaterAccount(models.Model):
    """Tickets of an account: a dispute on the bill stops dunning (R47, R70)."""

    _inherit = "haerun.water.account"

    ticket_ids = fields.One2many(
        "haerun.ticket", "account_id", string="Tickets", readonly=True
    )
    ticket_count = fields.Integer(
        string="Number of Tickets", compute="_compute_ticket_count"
    )

    @api.depends("ticket_ids")
    def _compute_ticket_count(self):
        tickets = self.env["haerun.ticket"]
        groups = (
            dict(
                tickets._read_group(
                    [("account_id", "in", self.ids)], ["account_id"], ["__count"]
                )
            )
            if tickets.has_access("read")
            else {}
        )
        for account in self:
            account.ticket_count = groups.get(account, 0)

    # ----------------------------------------------------------- action
    def action_open_tickets(self):
        """Show the tickets of this account."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "haerun_service_ticket.ticket_action_all"
        )
        return {
            **action,
            "domain": [("account_id", "=", self.id)],
            "context": {"default_account_id": self.id},
        }

    def action_take_ticket(self):
        """Take in a ticket of this account."""
        self.ensure_one()
        self.check_access("read")
        self.env["haerun.ticket"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "res_model": "haerun.ticket",
            "views": [(False, "form")],
            "context": {"default_account_id": self.id},
        }

    # --------------------------------------------------------- business
    @api.model
    def _disputes_query(self):
        """Open tickets about fee or volume keep the bill in dispute as well."""
        return SQL(
            """
            %s
            UNION
            SELECT t.account_id FROM haerun_ticket AS t
              JOIN haerun_ticket_category AS c ON c.id = t.category_id
             WHERE c.stops_dunning
               AND t.account_id IS NOT NULL
               AND t.step = ANY(%s)
            """,
            super()._disputes_query(),
            list(way.OPEN),
        )
