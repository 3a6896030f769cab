"""A branch whose representative of an area checks on site, and his deputy."""

import base64
from io import BytesIO
from uuid import uuid4

from PIL import Image

from odoo import fields
from odoo.fields import Command

from .meter_common import GROUP, MeterCommon


def picture():
    """A small photo, as the phone sends it."""
    stream = BytesIO()
    Image.new("RGB", (64, 48), "navy").save(stream, "JPEG")
    return base64.b64encode(stream.getvalue())


class CheckCommon(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls.env["haerun.area.responsible"].create(
            {"area_id": cls.area.id, "representative_id": cls.reader.id}
        )
        cls.user_remote = cls._user("test_remote", "远传平台", "cashier")
        cls.user_remote.group_ids = cls.env.ref(GROUP % "remote_system")
        cls.user_cashier = cls._user("test_cashier", "柜台小周", "cashier")
        cls.user_csd_marketing = cls._user("test_csd_m", "郑洁", "csd_marketing")
        cls.Check = cls.env["haerun.site.check"]

    @classmethod
    def _kind(cls, code):
        return cls.env.ref(f"haerun_meter.check_kind_{code}")

    @classmethod
    def _finding(cls, code):
        return cls.env.ref(f"haerun_meter.check_finding_{code}")

    @classmethod
    def _opened(cls, point, kind="other", **values):
        """One open check of ``point``."""
        return cls.Check._open(
            [
                {
                    "point_id": point.id,
                    "kind_id": cls._kind(kind).id,
                    "source": "hand",
                    "text": "看一看",
                    **values,
                }
            ]
        )

    def _photo(self, check):
        return self.env["ir.attachment"].create(
            {
                "name": "现场.jpg",
                "datas": picture(),
                "res_model": check._name,
                "res_id": check.id,
            }
        )

    def _found(self, check, *codes, user=None, **values):
        """``check`` with its findings recorded by who holds it."""
        mine = check.with_user(user or check.acting_user_id)
        if mine.state == "given":
            mine.action_sign()
        mine.action_arrive()
        mine.write(
            {
                "finding_ids": [Command.set([self._finding(c).id for c in codes])],
                "photo_ids": [Command.link(self._photo(check).id)],
                **values,
            }
        )
        mine.action_record()
        return mine

    def _alert(self, number, kind="leak", **values):
        return {
            "uuid": str(uuid4()),
            "meter_no": number,
            "kind": kind,
            "at": fields.Datetime.now().isoformat(),
            "text": "夜间持续流量",
            **values,
        }
