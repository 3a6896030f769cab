from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools import sent
from ..reading.haerun_meter_reading_intake import AHEAD
from ..reading.haerun_meter_reading_submit import MAX_ROWS


class SiteCheck(models.Model):
    """Alerts of remote reading systems, over JSON-2 (R71)."""

    _inherit = "haerun.site.check"

    @api.model
    def alert(self, alerts):
        """Take in alerts; each opens a site check, or adds to the one that is open.

        :param alerts: list of at most 1000 dicts: ``uuid`` (8 to 64 characters, chosen
            by the sender), ``meter_no``, ``kind`` (code of the alert), ``at`` (ISO
            8601; without an offset it is UTC), ``text``
        :return: ``{"accepted": [uuid, …], "rejected": [{"uuid", "code", "error"}]}``;
            what was sent before is accepted and changes nothing
        :raise AccessError: for who is no remote reading system
        :raise UserError: when the call is no list of dicts, or too long
        """
        if not self.env.su and not self.env.user.has_group(
            "haerun_meter.group_remote_system"
        ):
            raise AccessError(
                self.env._(
                    "Alerts are sent by a remote reading system: ask the administrator "
                    "for its role."
                )
            )
        sent.check_rows(self.env, alerts, MAX_ROWS)
        meters = self._alert_meters(alerts)
        clean, rejected = {}, []
        for row in alerts:
            code, wanted = self._clean_alert(row, meters)
            if code:
                rejected.append((row.get("uuid"), code))
            else:
                clean.setdefault(wanted["uuid"], wanted)
        # sudo: a remote system has no rights but to tell
        reports = self.env["haerun.check.report"].sudo()
        known = set(reports.search([("uuid", "in", list(clean))]).mapped("uuid"))
        self._open([one for uuid, one in clean.items() if uuid not in known])
        return {
            "accepted": list(clean),
            "rejected": [
                {"uuid": uuid, "code": code, "error": self._alert_sentence(code)}
                for uuid, code in rejected
            ],
        }

    @api.model
    def _alert_meters(self, alerts):
        """Return ``{meter number: meter}`` of those that the alerts name."""
        numbers = {
            row["meter_no"].strip()
            for row in alerts
            if sent.is_key(row.get("meter_no"), longest=128)
        }
        # sudo: a remote system may not read meters
        meters = self.env["haerun.meter"].sudo()
        return {
            meter.number: meter
            for meter in meters.search([("number", "in", list(numbers))])
        }

    @api.model
    def _clean_alert(self, row, meters):
        """Return ``(code of what is wrong or None, what :meth:`_open` takes)``."""
        uuid, number, alert = row.get("uuid"), row.get("meter_no"), row.get("kind")
        if not sent.is_key(uuid, 8):
            return "bad_uuid", None
        if not sent.is_key(number, longest=128) or number.strip() not in meters:
            return "unknown_meter", None
        if not sent.is_key(alert, longest=1000) or not alert.strip():
            return "bad_kind", None
        at = self.env["haerun.meter.reading"]._moment(row.get("at"))
        if not at:
            return "bad_moment", None
        if at > fields.Datetime.add(fields.Datetime.now(), minutes=AHEAD):
            return "future", None
        point = meters[number.strip()].point_id
        if not point:
            return "not_fitted", None
        kind = self.env["haerun.check.kind"]._by_alert().get(alert.strip())
        # what no kind knows is looked at as well
        kind = kind or self.env.ref("haerun_meter.check_kind_remote").id
        text = sent.text(row.get("text"), 400)
        return None, {
            "kind_id": kind,
            "source": "remote",
            "point_id": point.id,
            "uuid": uuid,
            "alert": alert.strip()[:64],
            "text": " ".join(filter(None, [alert.strip()[:64], text])),
            "at": at,
        }

    @api.model
    def _alert_sentence(self, code):
        """What a code of refusal means, and the way out."""
        own = {
            "bad_uuid": self.env._("The alert needs a uuid of 8 to 64 characters."),
            "bad_kind": self.env._("The alert does not say of which kind it is."),
            "bad_moment": self.env._(
                "The moment is no such: send it as ISO 8601, for example "
                "2026-11-24T08:30:00+08:00."
            ),
        }
        return own.get(code) or self.env["haerun.meter.reading"]._sentence(code)
