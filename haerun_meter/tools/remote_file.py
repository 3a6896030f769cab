"""Files of collecting systems: bytes in, rows of readings out. No ``self.env``."""

import gzip
import hashlib
import io
import zlib
from datetime import datetime, timedelta

from odoo.addons.haerun_customer_rep.tools import cells, tabular

#: what a packed file may grow to
MAX_UNPACKED = 200 * 1024 * 1024
#: the makers write local time
OFFSET = timedelta(hours=8)


def unpack(content: bytes) -> bytes:
    """The file within a gzip file, or the file itself.

    :raise tabular.TableError: when it is broken or grows beyond reason
    """
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        with gzip.open(io.BytesIO(content)) as file:
            plain = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise tabular.TableError("unreadable") from error
    if len(plain) > MAX_UNPACKED:
        raise tabular.TableError("too_big")
    return plain


def moment(text: str, time: str = "") -> datetime | None:
    """Naive UTC of a local day and time, None when it is neither."""
    text = f"{text} {time}".strip()
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        try:
            local = cells.to_date(text)
        except (ValueError, OverflowError):
            return None
    return local and local.replace(tzinfo=None) - OFFSET


def number(text: str) -> float | None:
    """A dial, None when it is no number at all."""
    try:
        return float(text)
    except ValueError:
        try:
            return cells.to_number(text)
        except ValueError:
            return None


def identity(meter: str, at: datetime | None, value: float | None) -> str:
    """The uuid of a row: the same reading in another file is the same reading."""
    text = f"{meter}|{at}|{value}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def rows(table, places: dict[str, int], factor: float):
    """Yield ``(line, uuid, meter, read_at, value, alarm)`` of a table's rows.

    :param places: position of each column by its code
    :param factor: units of the dial a figure of the file
    """
    meter_at, moment_at, value_at = (
        places[code] for code in ("meter_no", "read_at", "value")
    )
    time_at, alarm_at = places.get("time"), places.get("alarm")
    for row in table.rows:
        line = row.cells
        meter = cells.digits(line[meter_at])
        at = moment(line[moment_at], line[time_at] if time_at is not None else "")
        value = number(line[value_at])
        if value is not None:
            value = round(value * factor, 3)
        alarm = line[alarm_at] if alarm_at is not None else ""
        yield row.number, identity(meter, at, value), meter, at, value, alarm
