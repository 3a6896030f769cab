"""A site whose customers are collected, checked and opened."""

from odoo.addons.haerun_customer_rep.tests.hookup_common import PIXEL

from .meter_common import MeterCommon


class OpeningCommon(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls.user_marketing = cls._user("test_marketing", "蒋莉", "representative")
        cls.rep_marketing = cls._representative(
            cls.user_marketing, cls.branch, "marketing"
        )
        cls.env["haerun.area.responsible"].create(
            {"area_id": cls.area.id, "representative_id": cls.rep_marketing.id}
        )
        cls.Request = cls.env["haerun.opening.request"]

    @classmethod
    def _request(cls, lines=(), user=None, **values):
        """A request of the branch's marketing representative."""
        return cls.Request.with_user(user or cls.user_marketing).create(
            {
                "name": "试验小区",
                "address": "试验路1号",
                "area_id": cls.area.id,
                "line_ids": [(0, 0, line) for line in lines],
                **values,
            }
        )

    @classmethod
    def _line(cls, number, **values):
        """A customer who is complete, but for ``values``."""
        return {
            "sequence": number,
            "name": f"住户{number}",
            "phone": f"139{number:08d}",
            "place": f"1单元{number}室",
            "meter_no": f"KH{number:06d}",
            "diameter": "15",
            "fitted_on": "2026-09-01",
            **values,
        }

    @classmethod
    def _complete(cls, lines, **values):
        """A request that the account operator has got."""
        request = cls._request(lines, **values)
        cls._check(request)
        request.action_complete()
        return request

    @classmethod
    def _check(cls, request, **values):
        """What the representative found on site, with a photo."""
        user = request.env.user
        photo = (
            cls.env["ir.attachment"]
            .with_user(user)
            .create(
                {
                    "name": "现场.png",
                    "datas": PIXEL,
                    "res_model": "haerun.opening.check",
                    "res_id": 0,
                }
            )
        )
        checks = cls.env["haerun.opening.check"].with_user(user)
        return checks.create(
            {
                "request_id": request.id,
                "photo_ids": [(4, photo.id)],
                **values,
            }
        )

    def _operator(self, record):
        return record.with_user(self.user_operator)
