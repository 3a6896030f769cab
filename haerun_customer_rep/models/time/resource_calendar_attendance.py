from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.calendar_id._haerun_hours_changed()
        return lines

    def write(self, vals):
        calendars = self.calendar_id
        calendars._haerun_hours_may_change()
        result = super().write(vals)
        (calendars | self.calendar_id)._haerun_hours_changed()
        return result

    def unlink(self):
        calendars = self.calendar_id
        calendars._haerun_hours_may_change()
        result = super().unlink()
        calendars._haerun_hours_changed()
        return result
