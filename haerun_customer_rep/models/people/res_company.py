from datetime import datetime, time
from zoneinfo import ZoneInfo

from odoo import fields, models


class ResCompany(models.Model):
    """Whose wall clock counts: that of the company's shift, whoever asks."""

    _inherit = "res.company"

    def _haerun_tz(self):
        """Return the name of the company's time zone."""
        # sudo: what time it is at the company is no secret
        return self.sudo().resource_calendar_id.tz or "Asia/Shanghai"

    def _haerun_local(self, moment):
        """Return a naive UTC datetime as aware wall clock time at the company."""
        here = self.with_context(tz=self._haerun_tz())
        return fields.Datetime.context_timestamp(here, moment)

    def _haerun_midnight(self, day):
        """Return when a day begins at the company, as naive UTC."""
        zone = ZoneInfo(self._haerun_tz())
        local = datetime.combine(day, time.min, tzinfo=zone)
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _haerun_today(self):
        """Return the date at the company."""
        return self._haerun_local(fields.Datetime.now()).date()
