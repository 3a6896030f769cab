import uuid
from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models

from .haerun_meter_reading_intake import ZONE


class MeterInstallation(models.Model):
    """The dial at fitting and removal is a reading: an exchange has two segments."""

    _inherit = "haerun.meter.installation"

    def _dial_noted(self, kind, reading, date, at=None):
        result = super()._dial_noted(kind, reading, date, at)
        self.ensure_one()
        readings = self.env["haerun.meter.reading"].sudo()
        at = at or self._noon(date)
        last = readings._last_real(self)
        if last and last.read_at >= at:
            at = last.read_at + timedelta(seconds=1)
        readings._take_rows(
            [
                {
                    "uuid": str(uuid.uuid4()),
                    "meter_no": self.meter_id.number,
                    "read_at": at,
                    "value": reading,
                    "source": kind,
                }
            ]
        )
        return result

    def _noon(self, date):
        """Noon of a day as naive UTC, or now when that is yet to come."""
        noon = pytz.timezone(ZONE).localize(datetime.combine(date, time(12)))
        noon = noon.astimezone(pytz.utc).replace(tzinfo=None)
        return min(noon, fields.Datetime.now())
