"""A branch with its accounts, meters, a book and a reader."""

from uuid import uuid4

from odoo import fields

from odoo.addons.haerun_customer_rep.tests.common import HaerunCommon

GROUP = "haerun_meter.group_%s"


class MeterCommon(HaerunCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["hr.department"].create(
            {"name": "市北营业分公司(试)", "haerun_level": "branch"}
        )
        cls.user_reader = cls._user("test_reader", "蔡梅", "meter_reader")
        cls.user_reader2 = cls._user("test_reader2", "罗燕", "meter_reader")
        cls.user_auditor = cls._user("test_auditor", "江丽", "auditor")
        cls.user_operator = cls._user("test_operator", "何婷", "representative")
        cls.user_operator.group_ids += cls.env.ref(GROUP % "account_operator")
        cls.user_branch_head = cls._user("test_branch_head", "于波", "unit_manager")
        cls._employee(cls.user_auditor, cls.branch)
        cls._employee(cls.user_operator, cls.branch)
        cls.branch.manager_id = cls._employee(cls.user_branch_head, cls.branch)
        cls.reader = cls._representative(cls.user_reader, cls.branch, "marketing")
        cls.reader2 = cls._representative(cls.user_reader2, cls.branch, "marketing")
        cls.reader.deputy_id = cls.reader2
        cls.reader2.deputy_id = cls.reader
        cls.area = cls.env["haerun.service.area"].create(
            {"name": "试验路片区", "unit_id": cls.branch.id}
        )
        cls.book = cls.env["haerun.meter.book"].create(
            {
                "code": "T-001",
                "name": "试验路一册",
                "reader_id": cls.reader.id,
                "cycle_id": cls.env.ref("haerun_meter.cycle_month").id,
                "read_day": 10,
            }
        )

    @classmethod
    def _account(cls, name="王芳", **values):
        return cls.env["haerun.water.account"].create(
            {
                "name": name,
                "address": "试验路1号",
                "area_id": cls.area.id,
                **values,
            }
        )

    @classmethod
    def _meter(cls, number, **values):
        return cls.env["haerun.meter"].create({"number": number, **values})

    @classmethod
    def _point(cls, account, name="1单元101", position=10, **values):
        return cls.env["haerun.service.point"].create(
            {
                "account_id": account.id,
                "name": name,
                "book_id": cls.book.id,
                "book_position": position,
                **values,
            }
        )

    @classmethod
    def _fitted(
        cls, number, on="2026-01-01", start=0, account=None, verified=True, **plate
    ):
        """A new point whose meter ``number`` hangs since ``on``.

        :param verified: what it sends by wire counts
        """
        account = account or cls._account()
        point = cls._point(account)
        hung = point._fit(cls._meter(number, **plate), fields.Date.to_date(on), start)
        if verified:
            hung.sudo().verified_until = "2099-12-31"
        return point

    @classmethod
    def _take(cls, number, at, value, source="manual", **values):
        """Take in one reading; return its answer."""
        [answer] = cls.env["haerun.meter.reading"]._take_rows(
            [
                {
                    "uuid": str(uuid4()),
                    "meter_no": number,
                    "read_at": at,
                    "value": value,
                    "source": source,
                    **values,
                }
            ]
        )
        return answer

    @staticmethod
    def _day(text):
        return fields.Date.to_date(text)

    def _away(self, post, deputy):
        """``deputy`` stands in for ``post`` from now on, for two days."""
        now = fields.Datetime.now()
        self.env["haerun.substitution"].create(
            {
                "principal_id": post.id,
                "deputy_id": deputy.id,
                "date_from": fields.Datetime.subtract(now, hours=1),
                "date_to": fields.Datetime.add(now, days=2),
                "source": "manual",
            }
        )
        self.env["haerun.substitution"]._cron_boundaries()
