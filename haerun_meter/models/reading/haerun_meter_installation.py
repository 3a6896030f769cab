import uuid
from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models

from .haerun_meter_reading_intake import ZONE


class MeterInstallation(models.Model):
    """Its readings: the dial at fitting and removal, and whether the wire is right.

    An exchange has two segments, as fitting and removing are readings too. What comes
    by wire bills once it was compared with the dial (R54): ``verified_until`` is set by
    a verification alone, so that a new meter at the same place starts without.
    """

    _inherit = "haerun.meter.installation"

    book_id = fields.Many2one(related="point_id.book_id", string="Book")
    unit_id = fields.Many2one(related="account_id.unit_id", string="Branch")
    verified_until = fields.Date(
        readonly=True,
        help="Remote readings count until then; empty: they are held back.",
    )
    compared_at = fields.Datetime(
        string="Last Compared", readonly=True, help="When the dial was read for it."
    )
    remote_failed = fields.Boolean(string="Did Not Agree", readonly=True)
    verification_ids = fields.One2many(
        "haerun.remote.verification", "installation_id", readonly=True
    )

    _to_verify_idx = models.Index(
        "(verified_until) WHERE kind = 'remote' AND date_to IS NULL"
    )

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
        if kind == "fitted":
            self._go_onto_plans(reading, at)
        return result

    def _go_onto_plans(self, reading, at):
        """The points that are yet to be read are of the meter that hangs there now.

        :param reading: where its dial stood, ``at`` naive UTC
        """
        # sudo: what is planned does not depend on who fits a meter
        tasks = self.env["haerun.reading.task"].sudo()
        tasks.search(
            [
                ("point_id", "=", self.point_id.id),
                ("state", "in", ("due", "unread")),
                ("plan_id.state", "!=", "audited"),
            ]
        ).write(
            {
                "installation_id": self.id,
                "meter_id": self.meter_id.id,
                "previous_value": reading,
                "previous_at": at,
            }
        )

    def _noon(self, date):
        """Noon of a day as naive UTC, or now when that is yet to come."""
        noon = pytz.timezone(ZONE).localize(datetime.combine(date, time(12)))
        noon = noon.astimezone(pytz.utc).replace(tzinfo=None)
        return min(noon, fields.Datetime.now())
