from collections import defaultdict
from datetime import datetime, time, timedelta

from pytz import timezone

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools.intervals import Intervals

_ONE_DAY = timedelta(days=1)
_HARMLESS = {"name", "active", "full_time_required_hours", "global_leave_ids"}
_PREVIOUS = "haerun_customer_rep.previous_calendar_id"


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    haerun_day_rule = fields.Selection(
        selection=[
            ("workday", "Working days of the country"),
            ("everyday", "Every day of the week"),
        ],
        string="Days worked",
        help="Working days of the country: holidays are off and make-up Saturdays and "
        "Sundays are worked, as the list of working days says. "
        "Every day: weekends and holidays are worked like any other day. "
        "Empty: the weekdays below, holidays only by time off.",
    )

    @api.constrains("haerun_day_rule", "two_weeks_calendar", "schedule_type")
    def _check_haerun_day_rule(self):
        for calendar in self.filtered("haerun_day_rule"):
            if calendar.two_weeks_calendar or calendar.flexible_hours:
                raise ValidationError(
                    self.env._(
                        "%(calendar)s cannot follow the list of working days: give it "
                        "fixed hours of one week, or empty its days worked.",
                        calendar=calendar.name,
                    )
                )

    # ------------------------------------------------------------
    # CRUD METHODS
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        calendars = super().create(vals_list)
        calendars.filtered("haerun_day_rule")._haerun_check_rules_admin()
        return calendars

    def write(self, vals):
        if vals.get("haerun_day_rule"):
            self._haerun_check_rules_admin()
        elif not _HARMLESS.issuperset(vals):
            self.filtered("haerun_day_rule")._haerun_check_rules_admin()
        # its lines change together: the deadlines are computed once, not per line
        together = self.with_context(haerun_shift_together=True)
        result = super(ResourceCalendar, together).write(vals)
        self.env.registry.clear_cache()  # the shift may have changed
        if not _HARMLESS.issuperset(vals):
            self.env["haerun.clock"]._shift_changed(self)
        return result

    def unlink(self):
        self.filtered("haerun_day_rule")._haerun_check_rules_admin()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _haerun_hours_may_change(self):
        """Refuse to let others than the rules administrator change a shift's hours."""
        self.filtered("haerun_day_rule")._haerun_check_rules_admin()

    def _haerun_hours_changed(self):
        """Forget what was cached of these hours; deadlines follow, once for all."""
        self._haerun_hours_may_change()
        self.env.registry.clear_cache()
        if not self.env.context.get("haerun_shift_together"):
            self.env["haerun.clock"]._shift_changed(self)

    def _haerun_check_rules_admin(self):
        """Hours by which deadlines run are rules (R120)."""
        if not self or self.env.su:
            return
        if not self.env.user.has_group("haerun_customer_rep.group_rules_admin"):
            raise AccessError(
                self.env._(
                    "Deadlines run by %(calendar)s: ask a rules administrator to "
                    "change it.",
                    calendar=", ".join(self.mapped("name")),
                )
            )

    # ------------------------------------------------------------
    # WORKING INTERVALS
    # ------------------------------------------------------------

    def _attendance_intervals_batch(
        self, start_dt, end_dt, resources=None, domain=None, tz=None, lunch=False
    ):
        """Let Odoo work on the days on which :class:`HaerunWorkday` says so.

        Holidays yield nothing, a make-up day yields the hours of the first weekday
        that has any, and hours up to 24:00 end at midnight sharp. Days that the
        working calendar does not know keep their weekday's hours.
        """
        result = super()._attendance_intervals_batch(
            start_dt, end_dt, resources, domain, tz, lunch
        )
        if not self.haerun_day_rule or self.flexible_hours:
            return result
        everybody = list(resources or ()) + [self.env["resource.resource"]]
        at_work = dict.fromkeys(everybody, self)
        if resources:
            at_work.update(resources._get_calendar_at(start_dt, tz))
        makeup_lines = self._haerun_makeup_lines(domain, lunch)
        for resource in everybody:
            calendar = at_work[resource]
            if not calendar or calendar.flexible_hours:
                continue  # flexible people are not bound to hours
            zone = tz or timezone((resource or self).tz)
            result[resource.id] = self._haerun_on_workdays(
                result[resource.id],
                start_dt.astimezone(zone),
                end_dt.astimezone(zone),
                makeup_lines,
            )
        return result

    def _works_on_date(self, date):
        if self.haerun_day_rule == "workday":
            kind = self.env["haerun.workday"]._days().get(date, (None,))[0]
            if kind == "holiday":
                return False
            if kind == "makeup":
                return bool(self._haerun_spans())
        return super()._works_on_date(date)

    def _haerun_makeup_lines(self, domain, lunch):
        """Return the attendances by which a make-up day is worked."""
        lines = self.attendance_ids
        if self.haerun_day_rule != "workday" or not self._haerun_spans():
            return lines.browse()
        first = str(min(self._haerun_spans()))
        return lines.filtered_domain(domain or []).filtered(
            lambda line: (
                line.dayofweek == first
                and not line.display_type
                and (line.day_period == "lunch") == lunch
            )
        )

    def _haerun_on_workdays(self, intervals, low, high, makeup_lines):
        """Return `intervals` from `low` to `high` as our days are worked."""
        zone = low.tzinfo
        days = self.env["haerun.workday"]._days()
        kinds = {}
        if self.haerun_day_rule == "workday":
            for number in range((high.date() - low.date()).days + 1):
                day = low.date() + timedelta(days=number)
                kinds[day] = days.get(day, ("workday",))[0]
        result = []
        for begin, end, lines in intervals:
            if kinds.get(begin.date(), "workday") == "workday":
                if end.time() == time.max and end < high:
                    midnight = datetime.combine(end.date(), time.min) + _ONE_DAY
                    end = min(high, zone.localize(midnight))
                result.append((begin, end, lines))
        for day, kind in kinds.items():
            for line in makeup_lines if kind == "makeup" else ():
                midnight = datetime.combine(day, time.min)
                begin, end = (
                    zone.localize(midnight + timedelta(seconds=round(hour * 3600)))
                    for hour in (line.hour_from, line.hour_to)
                )
                result.append((max(low, begin), min(high, end), line))
        return Intervals(result, keep_distinct=True)

    def _haerun_spans(self):
        """Return {weekday: [(begin, end), …]} in seconds from midnight."""
        self.ensure_one()
        spans = defaultdict(list)
        for line in self._get_global_attendances():
            if line.hour_to > line.hour_from:
                spans[int(line.dayofweek)].append(
                    (round(line.hour_from * 3600), round(line.hour_to * 3600))
                )
        return {weekday: sorted(spans[weekday]) for weekday in sorted(spans)}

    # ------------------------------------------------------------
    # INSTALLATION
    # ------------------------------------------------------------

    @api.model
    def _haerun_adopt_default_shift(self):
        """Let the main company work our default shift; undone at uninstallation."""
        company = self.env.ref("base.main_company")
        shift = self.env.ref("haerun_customer_rep.resource_calendar_default")
        if company.resource_calendar_id != shift:
            self.env["ir.config_parameter"].set_param(
                _PREVIOUS, company.resource_calendar_id.id
            )
            company.resource_calendar_id = shift

    @api.model
    def _haerun_release_shifts(self):
        """Give everybody on one of our shifts the company's former schedule back."""
        parameters = self.env["ir.config_parameter"]
        former = self.browse(int(parameters.get_param(_PREVIOUS) or 0)).exists()
        if not former:
            former = self.search([("haerun_day_rule", "=", False)], limit=1)
        if not former:
            return
        ours = self.browse()
        for name in ("default", "hall", "crew"):
            xmlid = f"haerun_customer_rep.resource_calendar_{name}"
            ours |= self.env.ref(xmlid, raise_if_not_found=False) or self.browse()
        for model, field in (
            ("res.company", "resource_calendar_id"),
            ("hr.version", "resource_calendar_id"),
            ("resource.resource", "calendar_id"),
        ):
            users = self.env[model].with_context(active_test=False)
            users.search([(field, "in", ours.ids)]).write({field: former.id})
        parameters.search([("key", "=", _PREVIOUS)]).unlink()
