from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

PROJECTS = "haerun.hookup.report"
STAYS = "haerun.hookup.stay.report"
CLOCKS = "haerun.hookup.clock.report"
#: what is known of the projects that were closed in the period
CLOSED = {
    "closed": "__count",
    "on_time": "on_time:avg",
    "within_promise": "within_promise:avg",
    "one_go": "one_go:avg",
    "satisfaction": "satisfaction:avg",
    "total_days": "total_days:avg",
    "company_days": "company_days:avg",
}
#: what is known of the clocks that ended in the period
CLOCKED = {"clocks": "__count", "clock_rate": "on_time:avg"}


class HookupFigures(models.TransientModel):
    """Hookup figures of a period and some units, as a workbook (R2).

    Everything is grouped by the database, under the rights of who asks: the number of
    queries does not depend on the number of projects. A figure without anything to
    count is False, which is "no data" and never 0.
    """

    _name = "haerun.hookup.figures"
    _description = "Workbook of Hookup Figures"

    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    date_to = fields.Date(
        string="Until", required=True, default=fields.Date.context_today
    )
    unit_ids = fields.Many2many(
        "hr.department",
        string="Units",
        domain="[('haerun_complete_level', '!=', False)]",
        help="With all units below them; empty: all that you may see.",
    )

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for wizard in self:
            if wizard.date_to < wizard.date_from:
                raise ValidationError(
                    self.env._(
                        "The period from %(start)s until %(end)s is empty: choose an "
                        "end that is not before its beginning.",
                        start=wizard.date_from,
                        end=wizard.date_to,
                    )
                )

    def action_print(self):
        """Make the workbook and hand it over.

        :return: the report action
        """
        self.ensure_one()
        self.check_access("read")
        return self.env.ref(
            "haerun_customer_rep.haerun_hookup_figures_report"
        ).report_action(self, config=False)

    # ------------------------------------------------------------ domains
    def _within(self, name):
        """The condition that the instant ``name`` lies in the period, local time."""
        zone = ZoneInfo(self.env.user.tz or "Asia/Shanghai")

        def midnight(day):
            local = datetime.combine(day, time.min, tzinfo=zone)
            return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

        return Domain(name, ">=", midnight(self.date_from)) & Domain(
            name, "<", midnight(self.date_to + timedelta(days=1))
        )

    def _of_units(self):
        if not self.unit_ids:
            return Domain.TRUE
        return Domain("unit_id", "child_of", self.unit_ids.ids)

    def _accepted_domain(self):
        return self._of_units() & self._within("accepted_at")

    def _closed_domain(self):
        return (
            self._of_units() & self._within("ended_at") & Domain("state", "=", "closed")
        )

    # ------------------------------------------------------------ figures
    def _by(self, model, domain, group, names):
        """Return ``{record of group: {name: figure}}``, all of it under None.

        :param names: ``{name: aggregate}``
        """
        facts = self.env[model]
        found = {}
        for groups in ([group], []):
            for row in facts._read_group(domain, groups, list(names.values())):
                key, figures = (row[0], row[1:]) if groups else (None, row)
                found[key] = dict(zip(names, figures, strict=True))
        return found

    def _unit_rows(self):
        """Figures by unit, the whole last.

        :return: list of ``(unit or None, {name: figure})``
        """
        parts = [
            self._by(
                PROJECTS, self._accepted_domain(), "unit_id", {"accepted": "__count"}
            ),
            self._by(PROJECTS, self._closed_domain(), "unit_id", CLOSED),
            self._by(
                CLOCKS, self._of_units() & self._within("ended_at"), "unit_id", CLOCKED
            ),
        ]
        return self._merged(parts)

    def _rep_rows(self):
        """Figures by representative: held, judged, closed by CSD's or EMD's post."""
        ended = self._of_units() & self._within("ended_at")
        held = {"held": "project_id:count_distinct", "held_days": "project_days:avg"}
        named = Domain("owner_id", "!=", False)
        parts = [
            self._by(
                STAYS,
                ended & named & Domain("holder", "=", "company"),
                "owner_id",
                held,
            ),
            self._by(CLOCKS, ended & named, "owner_id", CLOCKED),
        ]
        for post in ("coordinator_id", "emd_rep_id"):
            domain = self._closed_domain() & Domain(post, "!=", False)
            parts.append(self._by(PROJECTS, domain, post, CLOSED))
        return self._merged(parts)[:-1]

    def _merged(self, parts):
        keys = {key for part in parts for key in part if key is not None}
        ordered = sorted(
            keys, key=lambda record: (not record, record.display_name or "")
        )
        rows = []
        for key in [*ordered, None]:
            figures = {}
            for part in parts:
                figures.update(part.get(key, {}))
            rows.append((key, figures))
        return rows

    def _stay_rows(self):
        """Working days a project by unit, phase and holder; the whole last.

        :return: ``{unit or None: {phase: {holder: days}}}``
        """
        domain = self._of_units() & self._within("ended_at")
        stays = self.env[STAYS]
        rows = {}
        for groups in (["unit_id", "phase", "holder"], ["phase", "holder"]):
            for row in stays._read_group(domain, groups, ["project_days:avg"]):
                *unit, phase, holder, days = row
                unit = unit[0] if unit else None
                rows.setdefault(unit, {}).setdefault(phase, {})[holder] = days
        whole = rows.pop(None, {})
        ordered = sorted(rows, key=lambda unit: (not unit, unit.display_name or ""))
        return {**{unit: rows[unit] for unit in ordered}, None: whole}

    def _project_rows(self):
        """The projects accepted or closed in the period, as facts."""
        return self.env[PROJECTS].search(
            self._accepted_domain() | self._closed_domain(), order="accepted_at, id"
        )
