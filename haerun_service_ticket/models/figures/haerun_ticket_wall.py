from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools import spans

from ...tools import ticket_way as way

GROUPS = (
    "haerun_customer_rep.group_unit_manager",
    "haerun_customer_rep.group_csd",
    "haerun_customer_rep.group_supervision",
    "haerun_customer_rep.group_rules_admin",
)
#: so many bars, lines and roads fit
UNITS, CHANNELS, DANGERS, SPOTS = 9, 9, 6, 6
HOURS = 24
SPOT_DAYS = 7
DANGER_DAYS = 7


class TicketWall(models.AbstractModel):
    """大屏: how the day goes, on a wall; no name, number or house of a customer.

    One call, one statement a block, each with the user's own rights: the head of a
    unit sees his units alone.
    """

    _name = "haerun.ticket.wall"
    _description = "Wall Screen of Tickets"

    @api.model
    @api.readonly
    def get_wall(self):
        """Return what the wall screen shows now.

        :return: dict of ``at`` (UTC), ``company``, ``numbers`` (``taken``,
            ``closed``, ``open``, ``red``, ``yellow``), ``channels`` (``[[name,
            petitions today]]``), ``units`` (dicts ``name``, ``open``, ``red``,
            ``yellow``), ``hours`` (petitions in each of the last 24 hours, the
            present one last), ``first_hour`` (UTC), ``month`` (counts, rates and
            score of this month), ``dangers`` (dicts ``number``, ``category``,
            ``place``, ``step``, ``at`` (UTC), ``over``, ``red``), ``spots``
            (``[[road, petitions]]`` of seven days)
        :raise AccessError: unless the user leads, coordinates or supervises
        """
        self._check_leads()
        now = fields.Datetime.now()
        page = self.env["haerun.ticket.figures"]
        today = self.env.company._haerun_midnight(self.env.company._haerun_today())
        month = spans.span("month", self.env.company._haerun_today())
        first = now.replace(minute=0, second=0, microsecond=0)
        first -= timedelta(hours=HOURS - 1)
        return {
            "at": fields.Datetime.to_string(now),
            "company": self.env.company.name,
            "numbers": self._numbers(today, now),
            "channels": self._channels(today),
            "units": self._units(now),
            "first_hour": fields.Datetime.to_string(first),
            "hours": self._hours(first),
            "month": page._sums(page._within(month)),
            "dangers": self._dangers(now),
            "spots": self._spots(now),
        }

    @api.model
    def _leads(self):
        """Whether the user leads, coordinates or supervises."""
        return self.env.su or any(map(self.env.user.has_group, GROUPS))

    @api.model
    def _check_leads(self):
        if not self._leads():
            raise AccessError(
                self.env._(
                    "The wall screen is for heads of units, CSD, the supervision "
                    "section and the rules administrator."
                )
            )

    # ----------------------------------------------------------- blocks
    def _numbers(self, today, now):
        still = Domain("step", "in", way.OPEN)
        query, column = self._query(
            "haerun.ticket",
            still | Domain("opened_at", ">=", today) | Domain("ended_at", ">=", today),
        )
        is_open = SQL("%s = ANY(%s)", column("step"), list(way.OPEN))
        [row] = self._rows(
            query,
            SQL(
                """count(*) FILTER (WHERE %(opened)s >= %(today)s
                                      AND %(merged)s IS NULL),
                   count(*) FILTER (WHERE %(ended)s >= %(today)s
                                      AND %(step)s = 'closed'),
                   count(*) FILTER (WHERE %(is_open)s),
                   count(*) FILTER (WHERE %(is_open)s AND %(red)s),
                   count(*) FILTER (WHERE %(is_open)s AND %(yellow)s)""",
                opened=column("opened_at"),
                merged=column("merged_into_id"),
                ended=column("ended_at"),
                step=column("step"),
                is_open=is_open,
                today=today,
                **self._colours(column, now),
            ),
        )
        return dict(zip(("taken", "closed", "open", "red", "yellow"), row, strict=True))

    def _channels(self, today):
        rows = self.env["haerun.ticket.report"]._read_group(
            Domain("at", ">=", today) & Domain("petitions", ">", 0),
            ["channel_id"],
            ["petitions:sum"],
            order="petitions:sum desc, channel_id",
            limit=CHANNELS,
        )
        # sudo: names of channels are no secret
        return [[channel.sudo().name or "–", number] for channel, number in rows]

    def _units(self, now):
        query, column = self._query("haerun.ticket", Domain("step", "in", way.OPEN))
        unit = column("unit_id")
        rows = self._rows(
            query,
            SQL(
                """%(unit)s, count(*), count(*) FILTER (WHERE %(red)s),
                   count(*) FILTER (WHERE %(yellow)s)""",
                unit=unit,
                **self._colours(column, now),
            ),
            SQL("GROUP BY %s ORDER BY 2 DESC, 1 LIMIT %s", unit, UNITS),
        )
        # sudo: names of units are no secret
        units = self.env["hr.department"].sudo()
        return [
            {
                "name": units.browse(unit_id).name if unit_id else self.env._("None"),
                "open": total,
                "red": red,
                "yellow": yellow,
            }
            for unit_id, total, red, yellow in rows
        ]

    def _hours(self, first):
        query, column = self._query(
            "haerun.ticket.report",
            Domain("at", ">=", first) & Domain("petitions", ">", 0),
        )
        rows = self._rows(
            query,
            SQL(
                "floor(extract(epoch FROM %s - %s::timestamp) / 3600)::integer,"
                " count(*)",
                column("at"),
                first,
            ),
            SQL("GROUP BY 1"),
        )
        counts = dict(rows)
        return [counts.get(hour, 0) for hour in range(HOURS)]

    def _dangers(self, now):
        tickets = self.env["haerun.ticket"]
        found = tickets.search(
            Domain("danger", "=", True)
            & Domain("merged_into_id", "=", False)
            & Domain("opened_at", ">=", now - timedelta(days=DANGER_DAYS)),
            order="opened_at desc, id desc",
            limit=DANGERS,
        )
        # sudo: the words are the category's and the area's, none of the customer's
        return [
            {
                "number": ticket.number,
                "category": ticket.category_id.name,
                "place": ticket.road_key or ticket.area_id.name or "",
                "step": ticket._step_name(),
                "at": fields.Datetime.to_string(ticket.opened_at),
                "over": ticket.step in way.ENDED,
                "red": bool(ticket.due_at and ticket.due_at < now),
            }
            for ticket in found.sudo()
        ]

    def _spots(self, now):
        rows = self.env["haerun.ticket.report"]._read_group(
            Domain("at", ">=", now - timedelta(days=SPOT_DAYS))
            & Domain("petitions", ">", 0)
            & Domain("road_key", "!=", False),
            ["road_key"],
            ["petitions:sum"],
            order="petitions:sum desc, road_key",
            limit=SPOTS,
        )
        return [list(row) for row in rows]

    # ------------------------------------------------------------ tools
    def _query(self, model, domain):
        """Return a query with the user's rights, and what names a column of it."""
        records = self.env[model]
        query = records._search(domain)
        return query, lambda name: records._field_to_sql(query.table, name, query)

    def _rows(self, query, columns, tail=None):
        return self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s %s",
                columns,
                query.from_clause,
                query.where_clause or SQL("TRUE"),
                tail or SQL(),
            )
        )

    @staticmethod
    def _colours(column, now):
        """SQL of what is overdue, and of what is on its last working day."""
        due, yellow = column("due_at"), column("yellow_at")
        return {
            "red": SQL("%s < %s", due, now),
            "yellow": SQL("%s >= %s AND %s <= %s", due, now, yellow, now),
        }
