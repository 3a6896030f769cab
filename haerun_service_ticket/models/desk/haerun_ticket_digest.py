from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import ticket_way as way

HOUR = 8
DONE = "haerun_service_ticket.digest_day"
#: figure: path of the list behind it
PATHS = {
    "red": "tickets-overdue",
    "yellow": "tickets-last-day",
    "new": "tickets-open",
    "closed": "tickets-closed",
    "returned": "tickets-returned",
    "redo": "tickets-redone",
}


class TicketDigest(models.AbstractModel):
    """早报: each working morning who leads a unit, and CSD, hears how it stands (R90).

    Two statements count for all units at once; each is told the sum of his own. Who
    has nothing to hear is told nothing.
    """

    _name = "haerun.ticket.digest"
    _description = "Morning Digest of Tickets"

    @api.model
    def _cron_send(self):
        """Send the digest, once a working day."""
        today = self.env.company._haerun_today()
        # sudo: the scheduled action notes the day on which it has sent
        parameters = self.env["ir.config_parameter"].sudo()
        worked = self.env["haerun.workday"]._is_worked(today)
        if parameters.get_param(DONE) == str(today) or not worked:
            return
        parameters.set_param(DONE, str(today))
        self._send()

    @api.model
    def _send(self):
        """Post each his digest, all of them at once.

        :return: the users who were told
        """
        figures = self._figures(self._since())
        told = []
        for user, units in self._recipients().items():
            way_ = user.sudo().haerun_tell_digest or "both"
            mine = self._sum(figures, units)
            here = self.with_context(lang=user.lang)
            if way_ != "none" and any(mine[name] for name in (*PATHS, "open")):
                told.append((user, way_, here._message(user, mine)))
        # sudo: telling is the purpose
        self.env["haerun.push"].sudo()._post(told)
        return self.env["res.users"].union(*(user for user, _way, _values in told))

    # ---------------------------------------------------------- figures
    @api.model
    def _since(self):
        """The morning of the working day before, as a naive UTC instant."""
        day = self.env.company._haerun_today() - timedelta(days=1)
        for _again in range(30):  # the longest feast is shorter
            if self.env["haerun.workday"]._is_worked(day):
                break
            day -= timedelta(days=1)
        zone = ZoneInfo(self.env.company._haerun_tz())
        local = datetime.combine(day, time(HOUR), tzinfo=zone)
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    @api.model
    def _figures(self, since):
        """Return ``{unit id: Counter}``, with ``oldest``: ``(opened_at, id)``."""
        self.env["haerun.ticket"].flush_model()
        self.env["haerun.ticket.event"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(handling_unit_id, unit_id) AS unit,
                       count(*) FILTER (WHERE opened_at >= %(since)s),
                       count(*) FILTER (WHERE ended_at >= %(since)s
                                          AND step = 'closed'),
                       count(*) FILTER (WHERE step = ANY(%(open)s)),
                       count(*) FILTER (WHERE step = ANY(%(open)s)
                                          AND due_at < %(now)s),
                       count(*) FILTER (WHERE step = ANY(%(open)s)
                                          AND due_at >= %(now)s
                                          AND yellow_at <= %(now)s),
                       min(ARRAY[extract(epoch FROM opened_at), id])
                           FILTER (WHERE step = ANY(%(open)s))
                  FROM haerun_ticket
                 WHERE ended_at IS NULL OR ended_at >= %(since)s
                 GROUP BY unit
                """,
                since=since,
                now=fields.Datetime.now(),
                open=list(way.OPEN),
            )
        )
        figures = {}
        for unit, new, closed, open_, red, yellow, oldest in rows:
            figures[unit] = Counter(
                new=new, closed=closed, open=open_, red=red, yellow=yellow
            )
            figures[unit]["oldest"] = oldest and (oldest[0], int(oldest[1]))
        events = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(ticket.handling_unit_id, event.unit_id), event.kind,
                       count(*)
                  FROM haerun_ticket_event AS event
                  JOIN haerun_ticket AS ticket ON ticket.id = event.ticket_id
                 WHERE event.at >= %s AND event.kind IN ('returned', 'redo')
                 GROUP BY 1, 2
                """,
                since,
            )
        )
        for unit, kind, count in events:
            figures.setdefault(unit, Counter())[kind] += count
        return figures

    @api.model
    def _sum(self, figures, units):
        """Return the figures of ``units``, of all of them for None."""
        mine = Counter()
        oldest = []
        for unit, counts in figures.items():
            if units is None or unit in units:
                mine.update({k: v for k, v in counts.items() if k != "oldest"})
                oldest += [counts["oldest"]] if counts["oldest"] else []
        mine["oldest"] = min(oldest, default=False)
        return mine

    @api.model
    def _recipients(self):
        """Return ``{user: ids of his units}``; None for CSD, which has all."""
        # sudo: who leads which unit is no secret
        departments = self.env["hr.department"].sudo()
        led = departments.search([("manager_id.user_id.active", "=", True)])
        found = {}
        for unit in led:
            user = unit.manager_id.user_id
            if user.has_group("haerun_customer_rep.group_unit_manager"):
                found[user] = found.get(user, departments.browse()) | unit
        below = departments.search([("id", "child_of", led.ids)])
        mine = {
            user: {
                one.id
                for one in below
                if {int(part) for part in one.parent_path.split("/") if part}
                & set(units.ids)
            }
            for user, units in found.items()
        }
        csd = self.env.ref("haerun_customer_rep.group_csd_service").sudo()
        return mine | {user: None for user in csd.all_user_ids.filtered("active")}

    # ---------------------------------------------------------- message
    @api.model
    def _message(self, user, mine):
        """Return the values of the message to ``user``, in the context's language."""
        names = {
            "red": self.env._("Overdue"),
            "yellow": self.env._("Last working day"),
            "new": self.env._("Newly taken in"),
            "closed": self.env._("Closed"),
            "returned": self.env._("Returned"),
            "redo": self.env._("To be redone"),
        }
        rows = Markup("").join(
            Markup('<li><a href="/odoo/{}">{}</a>：<b>{}</b></li>').format(
                PATHS[name], label, mine[name]
            )
            for name, label in names.items()
            if mine[name]
        )
        oldest = ""
        if mine["oldest"]:
            # sudo: he leads the unit whose ticket it is
            ticket = self.env["haerun.ticket"].sudo().browse(mine["oldest"][1])
            since = self.env.company._haerun_local(ticket.opened_at)
            oldest = Markup(
                '<p>{}：<a href="/mail/view?model=haerun.ticket&amp;res_id={}">{}</a> '
                "（{}）</p>"
            ).format(
                self.env._("The oldest"),
                ticket.id,
                ticket.display_name,
                f"{since:%Y-%m-%d}",
            )
        day = self.env.company._haerun_today()
        lead = " · ".join(
            f"{label} {mine[name]}" for name, label in names.items() if mine[name]
        )
        subject = self.env._("Service tickets %s", f"{day:%m-%d}")
        return {
            "model": False,
            "res_id": False,
            "partner_ids": user.partner_id.ids,
            "subject": f"{subject}：{lead}" if lead else subject,
            "body": Markup("<p>{}：<b>{}</b></p><ul>{}</ul>{}").format(
                self.env._("Open tickets"), mine["open"], rows, oldest
            ),
        }
