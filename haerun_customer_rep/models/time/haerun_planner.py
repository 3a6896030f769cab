from datetime import datetime

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import DEFAULT_SERVER_DATETIME_FORMAT, ormcache

from ...tools.worktime import UNITS, Day, PlanError, WorkTime, shift_weekday


class HaerunPlanner(models.AbstractModel):
    """Deadlines over the working days of :class:`HaerunWorkday`."""

    _name = "haerun.planner"
    _description = "Planner of Deadlines"

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
        if department is None or department is False:
            return self._default_worktime()
        departments = self.env["hr.department"]
        if type(department) is int:
            department = departments.browse(department).exists() or None
        elif getattr(department, "_name", None) != departments._name:
            department = None
        elif not department:
            return self._default_worktime()
        if department is None:
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
