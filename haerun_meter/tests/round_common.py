"""A reader's round of three points, and what his phone sends."""

import base64
from datetime import UTC
from io import BytesIO
from uuid import uuid4

from PIL import Image

from odoo import fields

from .meter_common import MeterCommon

#: the day of the round, and a moment of it
DAY = "2026-03-10"


def picture(color="navy"):
    """A small photo, as the phone sends it."""
    stream = BytesIO()
    Image.new("RGB", (64, 48), color).save(stream, "JPEG")
    return base64.b64encode(stream.getvalue()).decode()


class RoundCommon(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls.points = cls._fitted("R1") | cls._fitted("R2") | cls._fitted("R3")
        for number, point in enumerate(cls.points, 1):
            point.book_position = 10 * number
        cls.locked = cls.env.ref("haerun_meter.exception_locked")
        cls.Round = cls.env["haerun.reading.round"]

    def _plan(self, period=202603, at="2026-02-26 09:00", book=None):
        with self.at(at):
            return self.env["haerun.reading.plan"]._make(period, book or self.book)

    def _get(self, user=None, at=f"{DAY} 09:00"):
        self.env.invalidate_all()
        with self.at(at):
            return self.Round.with_user(user or self.user_reader).get_round()

    def _item(self, number, value, **values):
        """What the phone queues of one reading, taken at the frozen moment."""
        return {
            "uuid": str(uuid4()),
            "meter_no": number,
            "read_at": fields.Datetime.now().replace(tzinfo=UTC).isoformat(),
            "value": value,
            "period": 202603,
            **values,
        }

    def _send(self, *items, user=None, at=f"{DAY} 10:00"):
        """Send items: dicts, or ``(number, value)``; return the answers."""
        user = user or self.user_reader
        with self.at(at):
            items = [
                item if isinstance(item, dict) else self._item(*item) for item in items
            ]
            return self.Round.with_user(user).send(items, user.id)

    def _away(self, post, deputy, at=f"{DAY} 08:00"):
        """``deputy`` stands in for ``post`` from then on."""
        with self.at(at):
            super()._away(post, deputy)
