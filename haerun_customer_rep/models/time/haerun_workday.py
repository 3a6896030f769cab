from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import DEFAULT_SERVER_DATETIME_FORMAT, ormcache

from ...tools import china_calendar
from ...tools.worktime import UNITS, Day, PlanError, WorkTime, shift_weekday

SEEDED_FROM = 2024
SEEDED_TO = 2028


class HaerunWorkday(models.Model):
    """The working days of the country: one row a date.

    The only authority on which days are worked; shifts say at which hours. See
    :meth:`plan` for deadlines.
    """

    _name = "haerun.workday"
    _inherit = ["mail.activity.mixin"]
    _description = "Working Day"
    _order = "date"
    _rec_name = "date"

    date = fields.Date(
        required=True,
        index=True,
    )
    year = fields.Integer(
        compute="_compute_year",
        store=True,
        index=True,
        aggregator=False,
    )
    kind = fields.Selection(
        selection=[
            ("workday", "Workday"),
            ("holiday", "Holiday"),
            ("makeup", "Make-up workday"),
        ],
        required=True,
        default="workday",
        help="A weekend is a holiday without a name. "
        "A make-up workday is worked like the first day of the week.",
    )
    name = fields.Char(
        string="Feast",
        help="The feast to which the holiday or the make-up workday belongs.",
    )
    status = fields.Selection(
        selection=[
            ("official", "Official"),
            ("estimated", "Estimated"),
        ],
        required=True,
        default="estimated",
        index=True,
        help="Estimated: the State Council has not published the year yet. "
        "Deadlines that cross such days are computed again once it is confirmed.",
    )
    source = fields.Char(
        help="The notice or the rule from which this day was taken.",
    )
    is_edited = fields.Boolean(
        string="Edited by hand",
        readonly=True,
    )
    color = fields.Integer(
        compute="_compute_color",
    )

    _date_unique = models.Constraint(
        "UNIQUE(date)",
        "This date already stands in the working calendar: edit its row instead.",
    )

    # ------------------------------------------------------------
    # COMPUTE METHODS
    # ------------------------------------------------------------

    @api.depends("date")
    def _compute_year(self):
        for day in self:
            day.year = day.date.year if day.date else 0

    @api.depends("kind", "name")
    def _compute_color(self):
        for day in self:
            if day.kind == "makeup":
                day.color = 2
            elif day.kind == "workday":
                day.color = 4
            else:
                day.color = 1 if day.name else 0

    @api.depends("date", "kind", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for day in self:
            parts = [day.name, kinds.get(day.kind)]
            if day.kind == "holiday" and day.name:
                parts.pop()
            day.display_name = " ".join(filter(None, parts))

    # ------------------------------------------------------------
    # CRUD METHODS
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        self.env.registry.clear_cache()
        return days

    def write(self, vals):
        if "date" in vals:
            new = fields.Date.to_date(vals["date"])
            if moved := self.filtered(lambda day: day.date != new)[:1]:
                raise UserError(
                    self.env._(
                        "%(date)s keeps its date: change the kind of the day instead.",
                        date=moved.date,
                    )
                )
        recast = self.browse()
        if "kind" in vals:
            recast = self.filtered(lambda day: day.kind != vals["kind"])
            vals = {"is_edited": True, **vals}
        settled = "status" in vals and any(d.status != vals["status"] for d in self)
        result = super().write(vals)
        self.env.registry.clear_cache()
        if recast and not self.env.context.get("haerun_calendar_quiet"):
            self._tell_clocks("_calendar_changed", recast.mapped("date"))
        if settled:
            self._tell_clocks("_recompute_estimated")
        return result

    def unlink(self):
        dates = self.mapped("date")
        result = super().unlink()
        self.env.registry.clear_cache()
        self._tell_clocks("_calendar_changed", dates)
        return result

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_confirm_year(self):
        """Make the years of these days official; running clocks are recomputed.

        What is published in the meantime replaces the estimate, except for days
        that were edited by hand.

        :raises AccessError: for anybody but a rules administrator (R120)
        """
        self.check_access("write")
        for year in sorted(set(self.mapped("year"))):
            self._confirm_year(year)
        return True

    # ------------------------------------------------------------
    # PLANNING
    # ------------------------------------------------------------

    @api.model
    @api.readonly
    def plan(self, start, amount, unit, department=None):
        """Return when a limit that begins at `start` expires (R1, R16, R20).

        * ``minute``, ``hour``: clock time.
        * ``work_minute``, ``work_hour``: working time of the shift; the earliest
          instant at which that much work is done. 0 gives `start`.
        * ``work_day``: a whole number n ends at close of business of the n-th
          working day after the start day, 0 at close of business of the start day.
          A start on a day off is treated as made on the next working day, and the n
          working days follow that one. A fraction below 1 is that share of the
          start day's working hours (a day off: the next working day's), spent as
          working time from `start`. Other fractions are refused.

        Source: issue "The ground and the main job", RULES "Working days". Days come
        from this table, hours from the shift of the department.

        :param start: naive UTC datetime, or Odoo's string for one
        :param amount: number of units, not negative
        :param unit: one of minute, hour, work_minute, work_hour, work_day
        :param department: hr.department record or id whose shift counts; without
            one the shift of the current company
        :return: naive UTC datetime
        :raises UserError: when `start` is no naive UTC datetime, for an unknown
            unit, for an amount that is negative, infinite or no number, for other
            fractions of a working day, for a department that does not exist, and
            for a date beyond the calendar
        :raises AccessError: for users who may not read the calendar
        """
        self.browse().check_access("read")
        start = self._to_instant(start)
        worktime = self._department_worktime(department)
        try:
            return worktime.plan(start, amount, unit)
        except PlanError as error:
            raise self._plan_error(error) from error

    @api.model
    def _worktime(self, calendar):
        """Return the :class:`WorkTime` of a resource.calendar, cached."""
        calendar.ensure_one()
        return self._worktime_of(calendar.id)

    def _department_worktime(self, department):
        if department is None:
            return self._default_worktime()
        departments = self.env["hr.department"]
        if department is False or department == departments:
            return self._default_worktime()
        if isinstance(department, int):
            department = departments.browse(department).exists()
        if getattr(department, "_name", None) != departments._name or not department:
            raise UserError(
                self.env._("The department for the deadline does not exist: name one.")
            )
        return self._worktime(department._haerun_calendar())

    @ormcache("self.env.company.id")
    def _default_worktime(self):
        # sudo: everybody who plans needs the company's hours, not the company
        calendar = self.env.company.sudo().resource_calendar_id
        if not calendar or calendar.two_weeks_calendar or calendar.flexible_hours:
            calendar = self.env.ref("haerun_customer_rep.resource_calendar_default")
        return self._worktime(calendar)

    @ormcache("calendar_id")
    def _worktime_of(self, calendar_id):
        # sudo: the result is shared by all users, so it must not depend on one
        calendar = self.env["resource.calendar"].sudo().browse(calendar_id)
        if calendar.two_weeks_calendar or calendar.flexible_hours:
            raise UserError(
                self.env._(
                    "%(calendar)s has no fixed hours of one week: choose another "
                    "working schedule for deadlines.",
                    calendar=calendar.name,
                )
            )
        rule = calendar.haerun_day_rule or "workday"
        spans = calendar._haerun_spans()
        first = min(spans, default=None)
        days = {
            day: Day(
                shift_weekday(rule, kind, day, first),
                status == "estimated" and rule == "workday",
            )
            for day, (kind, status) in self._days().items()
        }
        return WorkTime(spans, days, calendar.tz or "Asia/Shanghai")

    @ormcache()
    def _days(self):
        """Return {date: (kind, status)} of all known days; not to be changed."""
        # sudo: shared by all users
        rows = self.sudo().search_fetch([], ["date", "kind", "status"])
        return {row.date: (row.kind, row.status) for row in rows}

    def _to_instant(self, start):
        if isinstance(start, str):
            try:
                return datetime.strptime(start, DEFAULT_SERVER_DATETIME_FORMAT)
            except ValueError:
                start = None
        if not isinstance(start, datetime) or start.tzinfo:
            raise UserError(
                self.env._(
                    "The start of a deadline must be a UTC date and time without "
                    'time zone, as in "2026-09-29 00:30:00".'
                )
            )
        return start

    def _plan_error(self, error):
        if error.reason == "unit":
            return UserError(
                self.env._(
                    'Unknown unit "%(unit)s" for a deadline: use one of %(units)s.',
                    unit=error.value,
                    units=", ".join(UNITS),
                )
            )
        if error.reason == "amount":
            return UserError(
                self.env._(
                    '"%(amount)s" is no amount for a deadline: '
                    "give a finite number that is not negative.",
                    amount=error.value,
                )
            )
        if error.reason == "fraction":
            return UserError(
                self.env._(
                    "%(amount)s working days cannot be planned: give a whole number "
                    "of days, a fraction below one, or working hours.",
                    amount=error.value,
                )
            )
        if error.reason == "empty":
            return UserError(
                self.env._(
                    "The shift has no working hours: add them to its working schedule."
                )
            )
        days = self._days()
        if not days:
            return UserError(
                self.env._("The working calendar is empty: add the current year.")
            )
        return UserError(
            self.env._(
                "The deadline lies beyond the working calendar, which covers "
                "%(first)s to %(last)s: ask a rules administrator to add the year.",
                first=min(days),
                last=max(days),
            )
        )

    # ------------------------------------------------------------
    # YEARS
    # ------------------------------------------------------------

    @api.model
    def _seed(self):
        """Fill the calendar at installation, up to next year at least."""
        last = max(SEEDED_TO, fields.Date.today().year + 1)
        self._ensure_years(range(SEEDED_FROM, last + 1))

    @api.model
    def _ensure_years(self, years):
        """Add the missing days of `years`, official where they are published."""
        known = self._days()
        vals_list = []
        for year in years:
            facts = china_calendar.official_year(year)
            status = "official" if facts else "estimated"
            source = (
                china_calendar.official_source()
                if facts
                else china_calendar.SOURCE_ESTIMATED
            )
            vals_list += [
                {
                    "date": fact.date,
                    "kind": fact.kind,
                    "name": fact.name,
                    "status": status,
                    "source": source,
                }
                for fact in facts or china_calendar.estimated_year(year)
                if fact.date not in known
            ]
        return self.create(vals_list)

    def _confirm_year(self, year):
        self._ensure_years([year])
        days = self.search([("year", "=", year), ("status", "=", "estimated")])
        self._adopt_published(year, days.filtered(lambda day: not day.is_edited))
        days.write({"status": "official"})

    def _adopt_published(self, year, days):
        """Replace the estimate of `days` by what is published, if it is."""
        facts = china_calendar.official_year(year)
        if not facts:
            return
        days.source = china_calendar.official_source()
        facts = {fact.date: (fact.kind, fact.name) for fact in facts}
        quiet = days.with_context(haerun_calendar_quiet=True)
        for (kind, name), group in quiet.grouped(lambda d: facts[d.date]).items():
            group.filtered(
                lambda d, fact=(kind, name): (d.kind, d.name or None) != fact
            ).write({"kind": kind, "name": name, "is_edited": False})

    def _tell_clocks(self, method, *args):
        """Let running clocks follow the calendar."""
        clocks = self.env.get("haerun.clock")
        if hasattr(clocks, method):
            getattr(clocks, method)(*args)
