from odoo import api, fields, models

from odoo.addons.haerun_meter.tools.places import render

from ...tools import ticket_way as way


class Ticket(models.Model):
    """A ticket answered with the help of canned replies, articles and outages."""

    _name = "haerun.ticket"
    _inherit = ["haerun.ticket", "haerun.answering.mixin"]
    _answer_field = "draft"

    outage_id = fields.Many2one(
        "haerun.outage",
        string="Outage",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The outage that explains it.",
    )
    article_ids = fields.Many2many(
        "haerun.knowledge.article",
        string="What Is Known",
        compute="_compute_article_ids",
    )

    @api.depends("title", "text", "category_id")
    def _compute_article_ids(self):
        articles = self.env["haerun.knowledge.article"]
        for ticket in self:
            ticket.article_ids = articles._suggest(
                f"{ticket.title or ''} {ticket.text or ''}",
                ticket.category_id._origin,
            )

    # ------------------------------------------------------------ mixin
    def _answered_ticket(self):
        return self._origin

    def _answer_values(self):
        return self._canned_values()

    # ------------------------------------------------------------ seams
    def _answer(self, text, channel=None, result="explained"):
        return super()._answer(self._completed_answer(text), channel, result)

    def _feed_back(self, channel, text):
        return super()._feed_back(channel, self._completed_answer(text))

    def _submit_reply(self):
        self._check_filled(self.draft)
        return super()._submit_reply()

    # --------------------------------------------------------- business
    def _draft_from(self, article):
        """Add the answer of an article to the draft of the reply.

        :raise AccessError: for who does not handle the ticket
        """
        self.ensure_one()
        self._check_may("handler", *way.HANDLING)
        self._add_answer(article._filled(self._canned_values()))

    def _completed_answer(self, text):
        """Fill in what could not be known before there was a ticket: its number.

        :raise UserError: for a place that nobody has filled in
        """
        values = self._canned_values()
        text = render(text, {place: word for place, word in values.items() if word})
        self._check_filled(text)
        return text

    def _canned_values(self):
        """Return ``{place: text}`` of the places of canned replies."""
        ticket = self.sudo()  # names of who handles it are no secret
        local = self.env.company._haerun_local
        due = ticket._origin._promised_due_at() if ticket._origin else False
        return {
            "customer": ticket.customer or self.env._("customer"),
            "number": ticket.number,
            "title": ticket.title,
            "category": ticket.category_id.name,
            "account": ticket.account_id.number,
            "address": ticket.address,
            "due": f"{local(due):%Y-%m-%d %H:%M}" if due else "",
            "handler": ticket.handler_id.acting_user_id.name,
            "unit": ticket.handling_unit_id.name,
            "today": str(fields.Date.context_today(self)),
        }
