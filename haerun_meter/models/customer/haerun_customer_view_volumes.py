from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import label

from ...tools import period as periods

#: periods of the chart, and readings of the table
PERIODS = 24
READINGS = 12
#: a finding as grave as this is listed for the auditor (R62)
FLAGGED = 2


class CustomerView(models.AbstractModel):
    """用水量: volumes of two years beside those a year earlier, and the readings."""

    _inherit = "haerun.customer.view"

    @api.model
    def _chart(self, account, points):
        """Volumes of the last periods, oldest first.

        Of an account that has a master meter and its sub-meters only the master
        counts, as the same water runs through both.

        :return: None when readings are not for this user, else a dict of lists of
            the same length: ``periods`` (``2026-11``), ``volumes`` and
            ``last_year`` (m³, None without a reading that counts), ``estimated``,
            ``flagged`` and ``held`` (whether some of it is)
        """
        readings = self.env["haerun.meter.reading"]
        if not readings.has_access("read"):
            return None
        now = periods.of(fields.Date.context_today(self))
        shown = [periods.shift(now, months) for months in range(1 - PERIODS, 1)]
        inner = points.filtered(lambda point: point.parent_id in points)
        groups = readings._read_group(
            [
                ("account_id", "=", account.id),
                ("period", ">=", periods.shift(shown[0], -12)),
                ("period", "<=", now),
                ("state", "in", ("accepted", "held")),
                ("point_id", "not in", inner.ids),
            ],
            ["period", "state", "is_real"],
            ["volume:sum", "severity:max"],
        )
        volumes, estimated, flagged, held = {}, set(), set(), set()
        for period, state, is_real, volume, severity in groups:
            if state == "held":
                held.add(period)
                continue
            volumes[period] = round(volumes.get(period, 0) + volume, 3)
            if not is_real:
                estimated.add(period)
            if (severity or 0) >= FLAGGED:
                flagged.add(period)
        return {
            "periods": [periods.name(period) for period in shown],
            "volumes": [volumes.get(period) for period in shown],
            "last_year": [volumes.get(periods.shift(period, -12)) for period in shown],
            "estimated": [period in estimated for period in shown],
            "flagged": [period in flagged for period in shown],
            "held": [period in held for period in shown],
        }

    @api.model
    def _readings(self, account):
        """The last readings, newest first, with state, findings and photo."""
        readings = self._mine(
            "haerun.meter.reading", [("account_id", "=", account.id)], limit=READINGS
        )
        if readings is None:
            return None
        # sudo: whose the exception code is does not matter here
        return [
            {
                "id": reading.id,
                "period": reading.period_name,
                "read_on": self._day(reading.read_at),
                "meter": reading.sudo().meter_id.number,
                "source": label(reading, "source"),
                "estimated": not reading.is_real,
                "value": reading.value if reading.has_value else False,
                "volume": reading.volume if reading.state == "accepted" else False,
                "state": reading.state,
                "state_name": label(reading, "state"),
                "findings": [
                    {"name": hit.display_name, "severity": int(hit.severity)}
                    for hit in reading.hit_ids
                ],
                "exception": reading.sudo().exception_id.name,
                "photo_id": reading.sudo().photo_id.id,
            }
            for reading in readings
        ]
