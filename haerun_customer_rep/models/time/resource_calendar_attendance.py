from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._haerun_shift_changed()
        return lines

    def write(self, vals):
        self._haerun_shift_changed()
        result = super().write(vals)
        self._haerun_shift_changed()
        return result

    def unlink(self):
        self._haerun_shift_changed()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _haerun_shift_changed(self):
        """Check who changes the hours of a shift, and forget what was cached."""
        self.calendar_id.filtered("haerun_day_rule")._haerun_check_rules_admin()
        self.env.registry.clear_cache()
