from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools import spans

from ...tools import figures

GROUPS = (
    "haerun_customer_rep.group_representative",
    "haerun_customer_rep.group_supervision",
    "haerun_customer_rep.group_rules_admin",
)
NUMBERS = (*figures.COUNTS, "handling_days", "handling_median")


class TicketFiguresPage(models.AbstractModel):
    """The page of figures: a period beside the one before and that of the year before.

    Everything is counted with the user's own rights, in a fixed number of statements.
    """

    _name = "haerun.ticket.figures"
    _description = "Figures of Tickets"

    @api.model
    @api.readonly
    def get_figures(self, period="month", day=None, unit=None):
        """Return the figures of a period, what they are compared with, and hot spots.

        A period that still runs is compared with as many days of the others.

        :param period: one of ``day``, ``week``, ``month``, ``quarter``, ``year``
        :param day: a day of it such as ``2026-11-29``; today when left out
        :param unit: id of hr.department, with all below it; all units when left out
        :return: dict of ``period``, ``day`` (its first), ``name``, ``previous`` and
            ``following`` (a day of the periods beside it), ``running``, ``days``,
            ``domain``, ``figures`` (list of dicts ``name``, ``label``, ``help``,
            ``value``, ``before``, ``year_before`` (number, or None for no data),
            ``above``, ``below``, ``percent``, ``less``, ``target``, ``domain`` and
            ``look`` (domain of what wants a look, or False)), ``units`` (``[[id,
            name]]``), ``wall`` (whether the wall screen is for the user), ``heat``
            and ``spots`` as of ``haerun.ticket.heat``
        :raise AccessError: unless the user works with tickets
        :raise UserError: for a period or a day that is none
        """
        self._check_reads()
        today = self.env.company._haerun_today()
        span = self._span(period, day or today)
        until = spans.cut(span, (today - span.start).days + 1)
        days = (until.end - until.start).days if until.end > span.start else 0
        running = span.start <= today < span.end
        wide = Domain.TRUE
        if unit:
            wide = Domain("unit_id", "child_of", int(unit))
        compared = [span, spans.before(period, span), spans.year_before(period, span)]
        if running:
            compared = [span, *(spans.cut(other, days) for other in compared[1:])]
        domains = [wide & self._within(one) for one in compared]
        sums = [self._sums(domain) for domain in domains]
        heat = self.env["haerun.ticket.heat"]
        return {
            "period": period,
            "day": str(span.start),
            "name": spans.named(period, span),
            "previous": str(compared[1].start),
            "following": str(span.end) if span.end <= today else False,
            "running": running,
            "days": days,
            "domain": list(domains[0]),
            "figures": [self._figure(name, sums, domains[0]) for name in figures.SHOWN],
            "units": self._units(),
            "wall": self.env["haerun.ticket.wall"]._leads(),
            "heat": heat._matrix(domains[0]),
            "spots": heat._spots(domains[0], domains[1]),
        }

    # --------------------------------------------------------- business
    def _check_reads(self):
        if not self.env.su and not any(map(self.env.user.has_group, GROUPS)):
            raise AccessError(
                self.env._(
                    "Figures of tickets are for representatives, heads of units, CSD, "
                    "the supervision section and the rules administrator."
                )
            )

    @api.model
    def _span(self, period, day):
        """:raise UserError: for what is no period, and what is no day"""
        try:
            day = fields.Date.to_date(day)
        except (TypeError, ValueError):
            day = None
        if period not in spans.UNITS or not day or not 2000 < day.year < 2999:
            raise UserError(
                self.env._(
                    "A period is a day, week, month, quarter or year, given by a day "
                    "such as 2026-11-29."
                )
            )
        return spans.span(period, day)

    @api.model
    def _within(self, span):
        start, end = (
            fields.Datetime.to_string(self.env.company._haerun_midnight(day))
            for day in (span.start, span.end)
        )
        return Domain("at", ">=", start) & Domain("at", "<", end)

    @api.model
    def _sums(self, domain):
        """Counts, handling times, rates and score of some facts, in one statement."""
        report = self.env["haerun.ticket.report"]
        specs = [
            f"{name}:{'sum' if name in figures.COUNTS else 'avg'}" for name in NUMBERS
        ]
        [row] = report._read_group(domain, [], specs)
        sums = dict(zip(NUMBERS, row, strict=True))
        counts = {name: sums[name] or 0 for name in figures.COUNTS}
        times = {
            name: sums[name] if counts["closed"] else None
            for name in ("handling_days", "handling_median")
        }
        return {**counts, **times, **figures.figures(counts)}

    @api.model
    def _figure(self, name, sums, domain):
        field = self.env["haerun.ticket.report"]._fields[name]
        above, below = figures.RATES.get(name, (None, None))
        now, before, year_before = sums
        shown = Domain(below or self._counted(name), ">", 0)
        look = False
        if name in figures.LESS_IS_BETTER and above:
            look = list(domain & Domain(above, ">", 0))
        elif below:
            look = list(domain & shown & Domain(above, "=", 0))
        return {
            "name": name,
            "label": field._description_string(self.env),
            "help": field._description_help(self.env) or "",
            "value": now[name],
            "before": before[name],
            "year_before": year_before[name],
            "above": now[above] if above else False,
            "below": now[below] if below else False,
            "percent": bool(below) or name == "score",
            "less": name in figures.LESS_IS_BETTER,
            "neutral": name in figures.COUNTS,
            "target": figures.TARGETS.get(name, False),
            "domain": list(domain & shown),
            "look": look,
        }

    @api.model
    def _counted(self, name):
        """The count whose facts stand behind a figure that is no plain rate."""
        return {
            "handling_days": "closed",
            "handling_median": "closed",
            "score": "visited",
        }.get(name, name)

    @api.model
    def _units(self):
        """The units that handle tickets, as ``[[id, name]]``."""
        # sudo: which units there are is no secret
        units = self.env["hr.department"].sudo()
        found = units.search([("haerun_level", "in", ("csd", "emd", "branch"))])
        return [[unit.id, unit.name] for unit in found]
