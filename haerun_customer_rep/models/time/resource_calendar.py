from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

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

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()  # the shift may have changed
        return result

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
