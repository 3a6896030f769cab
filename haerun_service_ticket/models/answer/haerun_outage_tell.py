from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import choices
from odoo.addons.haerun_meter.models.dunning.haerun_sms_mixin import MOBILE

from ...tools import outage_way as way
from .haerun_outage_message import TEXTS

#: so many are told in one transaction; more go by background jobs
CHUNK = 500
#: so many characters a place of a provider's template takes
LONGEST = 35


class Outage(models.Model):
    """Who asked is answered, who has no water is told by SMS (R48, R97)."""

    _inherit = "haerun.outage"

    # ------------------------------------------------------------ seams
    def _hang(self, petitions):
        """Petitions are explained by this outage; they are counted here."""
        self.ensure_one()
        # sudo: links are written by the steps alone
        petitions.sudo().write({"outage_id": self.id})

    def _hang_tickets(self):
        """The ticket under which it is repaired, and its petitions, hang here."""
        for outage in self.filtered("ticket_id"):
            # sudo: links are written by the steps alone
            ticket = outage.sudo().ticket_id
            ticket.outage_id = outage
            outage._hang(ticket.petition_ids)

    def _answer_petition(self, petition, channel, text=None):
        """Answer a petition by this outage: taken in, told and closed at once (R47).

        :param petition: a haerun.petition that waits, which the user may take in
        :param text: what he was told; that of the outage when left out
        :return: the haerun.ticket
        """
        self.ensure_one()
        self._check_open()
        petition.ensure_one()
        self._hang(petition)
        self._about_outage(petition)
        ticket = petition._open_tickets(forward=False)
        self._explain(ticket)
        ticket._answer(text or self._answer_text(), channel, "explained")
        return ticket

    def _tell_petitions(self, text):
        """Answer all petitions of this outage that can be answered now, in one go.

        Those that wait become tickets that close at once; those of a ticket that is
        fed back are told; the others wait for the reply of their ticket.

        :return: ``(told, left)``, numbers of petitions
        :raise AccessError: for who is not CSD's service coordinator
        """
        self.ensure_one()
        self._check_turn("tell")
        if not self._is_csd():
            raise AccessError(self._refused())
        if not (text or "").strip():
            raise UserError(
                self.env._("%s: write what is answered.", self.display_name)
            )
        # sudo: what hangs on it; each is answered by one's own rights
        owed = self.sudo().petition_ids.with_env(self.env)
        owed = owed.filtered(lambda one: one.state in ("waiting", "linked"))
        waiting = owed.filtered(lambda one: one.state == "waiting")
        ready = (owed - waiting).filtered(
            lambda one: one.sudo().ticket_id.step in ("fed_back", "closed")
        )
        if waiting:
            self._about_outage(waiting)
            tickets = waiting._open_tickets(forward=False)
            self._explain(tickets)
            for ticket in tickets:
                ticket._answer(text, ticket.channel_id, "explained")
        if ready:
            ready._tell_all(text)
        told = len(waiting | ready)
        if told:
            self._log("told", self.env._("%(count)s × %(text)s", count=told, text=text))
        return told, len(owed) - told

    def _message(self, what):
        """Tell who has no water, and who asked, by SMS.

        Each number once; nobody is told the same twice.

        :param what: ``announced``, ``extended`` or ``restored``
        :return: how many are told
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may_act():
            raise AccessError(self._refused())
        if what not in self._tellable():
            raise UserError(
                self.env._(
                    "%s: customers are told what has happened; take that step first.",
                    self.display_name,
                )
            )
        rows = self._to_message(what)
        turn = self._told_turn(what)
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            if start:
                self.with_delay(
                    description=self.env._("Messages of %s", self.display_name)
                )._send_chunk(what, turn, chunk)
            else:
                self._send_chunk(what, turn, chunk)
        if rows:
            whats = choices(self.env["haerun.outage.message"], "what")
            self._log("messaged", f"{whats[what]} × {len(rows)}")
        return len(rows)

    # --------------------------------------------------------- business
    def _tellable(self):
        """What customers may be told of by now."""
        self.ensure_one()
        if self.step == "restored":
            return ["restored"]
        if self.step not in way.OPEN:
            return []
        longer = self.first_planned_to and self.planned_to > self.first_planned_to
        return ["announced", "extended"] if longer else ["announced"]

    def _to_message(self, what):
        """Return ``[(account id or None, name, phone)]`` of who is not told yet."""
        for model in ("outage.place", "water.account", "petition", "outage.message"):
            self.env[f"haerun.{model}"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT ON (who.phone) who.account_id, who.name, who.phone
                  FROM (
                    SELECT account.id AS account_id, account.name,
                           account.phone_plain AS phone, 0 AS rank
                      FROM (%(affected)s) AS met
                      JOIN haerun_water_account AS account
                        ON account.id = met.account_id
                    UNION ALL
                    SELECT petition.account_id, petition.caller, petition.phone_plain, 1
                      FROM haerun_petition AS petition
                     WHERE petition.outage_id = %(outage)s
                  ) AS who
                 WHERE who.phone ~ %(mobile)s
                   AND NOT EXISTS (
                    SELECT 1 FROM haerun_outage_message AS told
                     WHERE told.outage_id = %(outage)s AND told.what = %(what)s
                       AND told.turn = %(turn)s AND told.phone_plain = who.phone)
                 ORDER BY who.phone, who.rank, who.account_id
                """,
                affected=self._affected_query(self.ids),
                outage=self.id,
                what=what,
                mobile=MOBILE,
                turn=self._told_turn(what),
            )
        )
        return [list(row) for row in self.env.cr.fetchall()]

    def _told_turn(self, what):
        """How often it was extended by now, for messages that tell so; else 0."""
        if what != "extended":
            return 0
        return sum(line.kind == "extended" for line in self.sudo().event_ids)

    def _send_chunk(self, what, turn, rows):
        """Background job: write these messages down, and put them into the queue."""
        self.ensure_one()
        policy = self.env["haerun.outage.policy"]._get()
        values = {place: text or "" for place, text in self._values().items()}
        values |= {"place": self._short_place(), "reason": self.reason[:LONGEST]}
        return self.env["haerun.outage.message"]._write_messages(
            [
                {
                    "outage_id": self.id,
                    "unit_id": self.unit_id.id,
                    "what": what,
                    "turn": turn,
                    "account_id": account_id,
                    "customer": name,
                    "phone": phone,
                    "template": policy[TEXTS[what]],
                    "values": {**values, "customer": name or "客户"},
                }
                for account_id, name, phone in rows
            ]
        )

    def _short_place(self):
        """Where, as a text message has room for it."""
        places = self.sudo().place_ids.mapped("text")
        if len(self.place_text or "") <= LONGEST:
            return self.place_text or ""
        more = f"等{len(places)}处"
        return places[0][: LONGEST - len(more)] + more

    @api.model
    def _about_outage(self, petitions):
        """What an outage explains is answered on the spot, whatever it was."""
        ask = self.env.ref("haerun_service_ticket.category_outage_ask")
        # sudo: the category is that of the answer; who takes in may answer so
        petitions.sudo().filtered(
            lambda one: not one.category_id.on_the_spot
        ).category_id = ask

    def _explain(self, tickets):
        """These tickets are explained by this outage; their ledgers say so."""
        self.ensure_one()
        # sudo: the link is written here alone
        tickets.sudo().write({"outage_id": self.id})
        for ticket in tickets:
            ticket._log("outage", self.sudo().display_name)

    def _check_open(self):
        if self.step not in way.FROM["tell"]:
            raise UserError(
                self.env._(
                    "%s is no outage of which customers are told now.",
                    self.display_name,
                )
            )
