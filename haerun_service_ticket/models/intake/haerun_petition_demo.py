import csv

from odoo import api, fields, models
from odoo.tools import file_open


class PetitionDemo(models.AbstractModel):
    """Petitions of the demo's tickets, and some that wait (demo only).

    Each ticket that came by another system has its petition; the burst main has more.
    """

    _name = "haerun.petition.demo"
    _description = "Demo of Petitions"

    @api.model
    def _build(self):
        """Make the demo's petitions once."""
        petitions = self.env["haerun.petition"]
        if not self.env.su or petitions.search_count([], limit=1):
            return
        self = self.with_context(lang="zh_CN", tracking_disable=True)
        tickets = self.env["haerun.ticket"].search([], order="id")
        for number, ticket in enumerate(tickets, 1):
            if ticket.channel_id.reply_by_number:
                self._of_ticket(
                    ticket, f"{ticket.channel_id.code.upper()}-{number:05d}"
                )
        burst = tickets.filtered(lambda ticket: ticket.danger)[:1]
        with file_open("haerun_service_ticket/demo/intake/petitions.csv") as file:
            for row in csv.DictReader(file):
                self._play(row, burst)

    def _of_ticket(self, ticket, number):
        """What the channel had sent: the ticket's own words, hung onto it then."""
        at = self.env["haerun.hookup.demo"]._at
        with at(ticket.opened_at):
            petition = self._make(
                ticket.intake_user_id,
                {
                    "channel_id": ticket.channel_id.id,
                    "external_no": number,
                    "title": ticket.title,
                    "text": ticket.text,
                    "category_id": ticket.category_id.id,
                    "caller": ticket.customer,
                    "phone": ticket.sudo().phone_plain,
                    "address": ticket.address,
                    "received_at": ticket.opened_at,
                },
            )
            petition.sudo().ticket_id = ticket
            petition._note("linked", ticket)
        if ticket.fed_back_at:
            with at(ticket.fed_back_at):
                petition._answered(ticket.result_text)

    def _play(self, row, burst):
        start = burst.opened_at if row["of"] == "burst" else fields.Datetime.now()
        moment = fields.Datetime.add(start, minutes=int(row["minutes"]))
        moment = min(moment, fields.Datetime.now())
        channels = self.env["haerun.channel"]
        with self.env["haerun.hookup.demo"]._at(moment):
            petition = self._make(
                self.env.ref("haerun_customer_rep.user_huanglei"),
                {
                    "channel_id": channels.search([("code", "=", row["channel"])]).id,
                    "external_no": row["number"],
                    "text": row["text"],
                    "caller": row["caller"],
                    "phone": row["phone"],
                    "address": row["address"],
                    "received_at": moment,
                },
            )
            if row["state"] == "linked":
                petition._link(burst)

    def _make(self, user, values):
        return self.env["haerun.petition"].with_user(user).create(values)
