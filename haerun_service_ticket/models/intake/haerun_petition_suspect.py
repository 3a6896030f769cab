from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import ticket_way as way

#: on the same road, within so many hours, it may be the same burst
NEAR_HOURS = 24
#: so many are offered
OFFERED = 9
#: what speaks for the same matter, and how much
WHY = {"account": 4, "phone": 4, "house": 3, "road": 1}


class Petition(models.Model):
    """疑似重复: tickets that may be about the same matter (R41, R48).

    By account, phone and house within the days of a repeat, by road within a day. One
    statement for any number of petitions; each arm goes by an index.
    """

    _inherit = "haerun.petition"

    suspect_count = fields.Integer(
        string="May Belong To", compute="_compute_suspect_count"
    )

    def _compute_suspect_count(self):
        waiting = self.filtered(lambda petition: petition.state == "waiting")
        found = waiting._suspects()
        for petition in self:
            rows = found.get(petition.id, ())
            petition.suspect_count = sum(row["open"] for row in rows)

    def _suspects(self):
        """Return ``{petition id: [row]}`` as :meth:`_suspects_of` makes them."""
        # sudo: numbers are compared here, nobody is shown them
        return self._suspects_of(
            {
                petition.id: {
                    "phone": petition.phone_plain,
                    "account": petition.account_id.id,
                    "house": petition.house_key,
                    "road": petition.road_key,
                    "at": petition.received_at,
                }
                for petition in self.sudo()
            }
        )

    @api.model
    def _suspects_of(self, asked):
        """Find tickets that may be about the same matter.

        :param asked: ``{key: {"phone", "account", "house", "road", "at"}}`` with
            integer keys; what is not known is False, ``at`` naive UTC
        :return: ``{key: [{"ticket", "why", "open", "score"}]}``, the likeliest first,
            at most nine each; the tickets as superuser: who takes in sees their
            number, title, step and place, whoever works on them
        """
        if not asked:
            return {}
        for model in ("haerun.ticket", "haerun.petition"):
            self.env[model].flush_model()
        days = self.env["haerun.ticket"]._repeat_days()
        rows = list(asked.items())
        self.env.cr.execute(self._suspects_query(rows, days))
        tickets = self.env["haerun.ticket"].sudo()
        found = {}
        for key, ticket_id, why, is_open in self.env.cr.fetchall():
            # a house lies on its road: that says nothing more
            why = set(why) - ({"road"} if "house" in why else set())
            score = sum(WHY[one] for one in why)
            found.setdefault(key, []).append(
                {
                    "ticket": tickets.browse(ticket_id),
                    "why": sorted(why, key=lambda one: -WHY[one]),
                    "open": is_open,
                    "score": score,
                }
            )
        for lines in found.values():
            lines.sort(key=lambda row: (-row["open"], -row["score"], -row["ticket"].id))
            del lines[OFFERED:]
        return found

    @api.model
    def _suspects_query(self, rows, days):
        def column(name):
            return [row.get(name) or None for _key, row in rows]

        near = SQL("make_interval(hours => %s)", NEAR_HOURS)
        period = SQL("make_interval(days => %s)", days)
        arms = []
        for why, field, ago in (
            ("phone", "phone_plain", period),
            ("account", "account_id", period),
            ("house", "house_key", period),
            ("road", "road_key", near),
        ):
            for table, ticket, at in (
                ("haerun_ticket", "id", "opened_at"),
                ("haerun_petition", "ticket_id", "received_at"),
            ):
                arms.append(
                    SQL(
                        "SELECT %(ticket)s AS ticket_id, %(why)s::varchar AS why"
                        "  FROM %(table)s AS known"
                        " WHERE known.%(field)s = asked.%(asked)s"
                        "   AND known.%(at)s >= asked.at - %(ago)s",
                        ticket=SQL.identifier("known", ticket),
                        why=why,
                        table=SQL.identifier(table),
                        field=SQL.identifier(field),
                        asked=SQL.identifier(why),
                        at=SQL.identifier(at),
                        ago=ago,
                    )
                )
        return SQL(
            """
            SELECT asked.key, ticket.id, array_agg(DISTINCT found.why),
                   ticket.step = ANY(%(open)s)
              FROM unnest(%(keys)s::int[], %(phones)s::varchar[],
                          %(accounts)s::int[], %(houses)s::varchar[],
                          %(roads)s::varchar[], %(moments)s::timestamp[])
                   AS asked(key, phone, account, house, road, at)
             CROSS JOIN LATERAL (%(arms)s) AS found
              JOIN haerun_ticket AS ticket ON ticket.id = found.ticket_id
             WHERE ticket.step <> 'cancelled'
             GROUP BY asked.key, ticket.id
            """,
            open=list(way.OPEN),
            keys=[key for key, _row in rows],
            phones=column("phone"),
            accounts=column("account"),
            houses=column("house"),
            roads=column("road"),
            moments=column("at"),
            arms=SQL(" UNION ALL ").join(arms),
        )

    @api.model
    def _same_matter(self, rows, category):
        """Whether one of ``rows`` is open, of ``category``, and more than a neighbour
        — or a neighbour's danger: a burst main is called in by a whole road."""
        return any(
            row["open"]
            and row["ticket"].category_id == category
            and (row["score"] > WHY["road"] or row["ticket"].danger)
            for row in rows
        )
