from datetime import UTC, datetime

from odoo import api, models
from odoo.tools import SQL

from ...tools import period as periods
from ...tools import sent

MAX_ROWS = 1000
#: what no dial and no place exceeds
LARGEST = 1e12
#: who may send what: group → sources
SENDERS = {
    "haerun_meter.group_remote_system": ("remote",),
    "haerun_customer_rep.group_meter_reader": ("manual",),
    "haerun_customer_rep.group_cashier": ("counter", "customer"),
    "haerun_customer_rep.group_representative": ("customer",),
    "haerun_customer_rep.group_unit_manager": ("manual", "counter", "customer"),
}


class MeterReading(models.Model):
    """Readings from phones and collecting systems, over JSON-2 (R59, R71)."""

    _inherit = "haerun.meter.reading"

    @api.model
    def submit(self, readings):
        """Take in readings; sent twice, each is kept once.

        :param readings: list of at most 1000 dicts: ``uuid`` (8 to 64 characters,
            chosen by the sender), ``meter_no``, ``read_at`` (ISO 8601; without an
            offset it is UTC), ``value`` (the dial; null with ``exception``),
            ``source`` (remote, manual, customer, counter), and optionally
            ``exception`` (code), ``period`` (202611), ``remark``, ``latitude``,
            ``longitude``
        :return: ``{"accepted": [uuid, …], "rejected": [{"uuid", "code", "error"}]}``;
            a reading that is held for a decision counts as accepted here: it came in
        :raise AccessError: for who is not of the house
        :raise UserError: when the call is no list of dicts, or too long
        """
        sent.check_rows(self.env, readings, MAX_ROWS)
        sources = self._sendable()
        exceptions = self._exceptions_of(readings)
        rows, rejected = [], []
        for row in readings:
            code, clean = self._clean_row(row, sources, exceptions)
            if code:
                rejected.append((row.get("uuid"), code))
            else:
                rows.append(clean)
        # sudo: rows are written by the statement, which asks for the sender's right
        answers = self.sudo()._take_rows(rows, right=self._send_right())
        rejected += [
            (answer["uuid"], answer["code"])
            for answer in answers
            if answer["code"] not in (None, "known")
        ]
        refused = {uuid for uuid, _code in rejected if isinstance(uuid, str)}
        return {
            "accepted": [
                answer["uuid"] for answer in answers if answer["uuid"] not in refused
            ],
            "rejected": [
                {"uuid": uuid, "code": code, "error": self._sentence(code)}
                for uuid, code in rejected
            ],
        }

    # --------------------------------------------------------- business
    def _sendable(self):
        """Sources that the user may send."""
        if self.env.su:
            return {"remote", "manual", "customer", "counter", "check"}
        user = self.env.user
        return {
            source
            for group, sources in SENDERS.items()
            if user.has_group(group)
            for source in sources
        }

    def _exceptions_of(self, rows):
        """Return ``{code: exception}``, empty when no row names one.

        :raise AccessError: for who is not of the house
        """
        exceptions = self.env["haerun.reading.exception"]
        exceptions.check_access("read")
        if any(row.get("exception") for row in rows):
            exceptions = exceptions.search([])
        return {one.code: one for one in exceptions}

    def _send_right(self):
        """SQL condition under which the user may send a reading of a plan's point.

        A collecting system sends for every meter; a reader for the plans that he
        holds or for which he acts; others for accounts of their units.
        """
        user = self.env.user
        if self.env.su:
            return SQL("TRUE")
        if self._sendable() == {"remote"}:
            return SQL("placed.source = 'remote'")
        units = user._haerun_served_units().ids or [0]
        in_unit = SQL("placed.account_unit_id = ANY(%s)", units)
        if user.has_group("haerun_meter.group_remote_system"):
            # whatever else he is: what came by wire alone comes for every meter
            in_unit = SQL("(placed.source = 'remote' OR %s)", in_unit)
        if user.has_group("haerun_customer_rep.group_meter_reader") and not (
            user.has_group("haerun_customer_rep.group_unit_manager")
        ):
            return SQL(
                "CASE WHEN placed.source = 'manual'"
                " THEN plan.acting_user_id = %s ELSE %s END",
                user.id,
                in_unit,
            )
        return in_unit

    def _clean_row(self, row, sources, exceptions):
        """Return ``(code of what is wrong or None, the row as it is taken in)``."""
        uuid, number = row.get("uuid"), row.get("meter_no")
        if not sent.is_key(uuid, 8):
            return "bad_uuid", None
        if not sent.is_key(number, longest=128) or not number.strip():
            return "unknown_meter", None
        source = row.get("source", "remote")
        if not isinstance(source, str) or source not in sources:
            return "forbidden", None
        read_at = self._moment(row.get("read_at"))
        value, exception = row.get("value"), row.get("exception")
        if exception and not (isinstance(exception, str) and exception in exceptions):
            return "bad_exception", None
        number_like = self._is_number(value)
        if not read_at or not (number_like or (value is None and exception)):
            return "bad_value", None
        place = [row.get(name) for name in ("latitude", "longitude")]
        if any(one is not None and not self._is_number(one) for one in place):
            return "bad_value", None
        period = row.get("period") or None
        if period and not (isinstance(period, int) and periods.is_period(period)):
            return "bad_value", None
        return None, {
            "uuid": uuid,
            "meter_no": number.strip(),
            "read_at": read_at,
            "value": value,
            "source": source,
            "period": period,
            "exception_id": exceptions[exception].id if exception else None,
            "remark": sent.text(row.get("remark")) or None,
            "latitude": place[0],
            "longitude": place[1],
        }

    @api.model
    def _is_number(self, value):
        """Whether it is a finite number: ``NaN`` would spoil a whole call."""
        return (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and abs(value) < LARGEST
        )

    @api.model
    def _moment(self, text):
        """Naive UTC of an ISO 8601 moment, or None."""
        try:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo:
                moment = moment.astimezone(UTC).replace(tzinfo=None)
        except (TypeError, ValueError, OverflowError):
            return None
        return moment.replace(microsecond=0)

    @api.model
    def _sentence(self, code):
        """What a code of refusal means, and the way out."""
        return {
            "bad_uuid": self.env._("The reading needs a uuid of 8 to 64 characters."),
            "bad_exception": self.env._(
                "This exception code is not known: ask for the list of codes."
            ),
            "bad_value": self.env._(
                "The moment or the dial is no such, or has more digits than the "
                "meter: read it again."
            ),
            "unknown_meter": self.env._(
                "No meter has this number: compare it with the plate."
            ),
            "not_fitted": self.env._(
                "This meter hangs nowhere: let the account operator fit it first."
            ),
            "forbidden": self.env._(
                "You may not send readings of this meter: it is on another's plan."
            ),
            "future": self.env._("The moment is yet to come: set the device's clock."),
            "late": self.env._(
                "A newer reading of this meter counts already: this one changes "
                "nothing."
            ),
            "locked": self.env._(
                "The period is audited: ask the auditor for a correction."
            ),
        }[code]
