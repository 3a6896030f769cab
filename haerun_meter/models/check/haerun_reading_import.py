import hashlib
from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from ..reading.haerun_meter_reading_submit import MAX_ROWS


class ReadingImport(models.Model):
    """Alarms of a remote file open site checks, by the way of any alert (R71)."""

    _inherit = "haerun.reading.import"

    alarm_count = fields.Integer(string="Alarms", readonly=True)
    alarm_opened = fields.Integer(string="Site Checks Opened", readonly=True)
    alarm_again = fields.Integer(
        string="Added to Open Checks",
        readonly=True,
        help="A check of this kind is open for the meter: it got a line.",
    )
    alarm_known = fields.Integer(
        string="Alarms Known", readonly=True, help="Had come in before: kept once."
    )
    alarm_refused = fields.Integer(
        string="Alarms Without Meter",
        readonly=True,
        help="The meter is unknown or hangs nowhere, or the moment is no such.",
    )
    alarm_words = fields.Json(readonly=True)
    alarm_unknown = fields.Char(
        string="Unknown Words",
        compute="_compute_alarm_unknown",
        help="Nothing was opened for them: say under Alarm Words what they mean.",
    )

    @api.depends("alarm_words")
    def _compute_alarm_unknown(self):
        for run in self:
            counts = Counter(run.alarm_words or {}).most_common(20)
            run.alarm_unknown = "、".join(f"{word} ({n})" for word, n in counts)

    def _take_alarms(self, first, last):
        """Tell the alarms of rows ``first`` to ``last`` as a remote system would."""
        result = super()._take_alarms(first, last)
        self.env.cr.execute(
            SQL(
                """SELECT meter_no, read_at, alarm FROM haerun_reading_import_row
                    WHERE import_id = %s AND ord BETWEEN %s AND %s
                      AND alarm IS NOT NULL AND code IS DISTINCT FROM 'forbidden'
                    ORDER BY ord""",
                self.id,
                first,
                last,
            )
        )
        rows = self.env.cr.fetchall()
        words = self.env["haerun.remote.alarm"]
        meanings = words._meanings(self.vendor_id)
        cells, alerts = {}, {}
        unknown = Counter(self.alarm_words or {})
        for meter, at, text in rows:
            if text not in cells:  # most rows say the same
                cells[text] = words._read_cell(text, meanings)
            codes, strange = cells[text]
            unknown.update(strange)
            for code in codes:
                alert = self._alert_of_row(meter, at, code, text)
                alerts[alert["uuid"]] = alert
        self.alarm_words = dict(unknown) or False
        alerts = list(alerts.values())
        for start in range(0, len(alerts), MAX_ROWS):
            self._tell_alarms(alerts[start : start + MAX_ROWS])
        return result

    @api.model
    def _alert_of_row(self, meter, at, code, text):
        """The alert of a row; the same one in another file is the same alert."""
        name = f"{meter}|{at}|{code}"
        return {
            "uuid": hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(),
            "meter_no": meter or "",
            "kind": code,
            "at": at and at.isoformat(),
            "text": text,
        }

    def _tell_alarms(self, alerts):
        """Send alerts on their way and count what became of them."""
        # sudo: the system tells what a file says, whoever has loaded it
        reports = self.env["haerun.check.report"].sudo()
        uuids = [alert["uuid"] for alert in alerts]
        known = set(reports.search([("uuid", "in", uuids)]).mapped("uuid"))
        answer = self.env["haerun.site.check"].sudo().alert(alerts)
        fresh = reports.search([("uuid", "in", list(set(uuids) - known))])
        opened = fresh.check_id.report_ids.grouped("check_id").values()
        first = reports.browse([min(lines.ids) for lines in opened])
        made = len(first & fresh)
        self.write(
            {
                "alarm_count": self.alarm_count + len(alerts),
                "alarm_opened": self.alarm_opened + made,
                "alarm_again": self.alarm_again + len(fresh) - made,
                "alarm_known": self.alarm_known + len(known),
                "alarm_refused": self.alarm_refused + len(answer["rejected"]),
            }
        )
