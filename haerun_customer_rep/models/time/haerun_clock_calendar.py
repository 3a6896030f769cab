from datetime import datetime, time

from odoo import api, fields, models

from ...tools import clock_ledger


class HaerunClockCalendar(models.Model):
    """What a change of the working calendar does to deadlines that still run."""

    _inherit = "haerun.clock"

    @api.model
    def _recompute_estimated(self):
        """Compute anew the deadlines that rested on estimated days (RULES.md).

        Called when a year is confirmed. A deadline that moves gets a ledger event.
        """
        self.sudo().search(
            [("estimated", "=", True), ("state", "in", clock_ledger.OPEN)]
        )._reschedule()

    @api.model
    def _calendar_changed(self, dates):
        """Compute anew the open deadlines that lie on or after the first of ``dates``.

        :param dates: list of date; days that are worked otherwise than before
        """
        first = datetime.combine(min(dates), time.min)
        self.sudo().search(
            [
                ("state", "in", clock_ledger.OPEN),
                # local midnight lies at most a day before that of UTC
                ("due_at", ">=", fields.Datetime.subtract(first, days=1)),
            ]
        )._reschedule()

    @api.model
    def _shift_changed(self, calendars):
        """Compute anew the open deadlines that run by these shifts' hours.

        :param calendars: resource.calendar
        """
        self.sudo().search(
            [
                ("state", "in", clock_ledger.OPEN),
                ("calendar_id", "in", calendars.ids),
            ]
        )._reschedule()

    def _reschedule(self):
        """Replay these clocks by the calendar of now; log each deadline that moves."""
        self.env["haerun.clock.event"].flush_model()
        for clock in self:
            worktime = clock._worktime()
            events = [
                event for event in clock.event_ids._pure() if event.kind != "reschedule"
            ]
            due_at = clock_ledger.fold(events, worktime).due_at
            if due_at != clock.due_at:
                clock._append(
                    "reschedule",
                    due_at=due_at,
                    reason=self.env._("The working calendar has changed."),
                )
            else:
                clock.estimated = worktime.crosses_estimated(clock.started_at, due_at)
