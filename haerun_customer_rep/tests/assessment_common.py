"""A branch and a department whose facts are few and known."""

from odoo import fields
from odoo.tests import new_test_user

from .common import GROUP, SupervisedCommon

MARCH = "2026-03-01"


class AssessmentCommon(SupervisedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["hr.department"].create(
            {"name": "市南(试)", "haerun_level": "branch", "parent_id": cls.unit.id}
        )
        cls.user_boss = cls._user("test_boss", "林海", "unit_manager")
        cls.branch.manager_id = cls._employee(cls.user_boss, cls.branch)
        cls.rep_c = cls._representative(cls.user_other, cls.branch)
        # who leads CSD publishes
        cls.user_head.group_ids += cls.env.ref(GROUP % "csd")
        cls.limit = cls._limit(cls.issued, cls.acknowledged, 2, "work_day")
        cls.assessments = cls.env["haerun.assessment"]
        cls.freezes = cls.env["haerun.fact.freeze"]

    @classmethod
    def _another(cls, login, name, group, unit=None, rep_class="engineering"):
        user = new_test_user(
            cls.env, login, groups=GROUP % group, name=name, tz="Asia/Shanghai"
        )
        return cls._representative(user, unit, rep_class)

    def _notice(self, rep, issued, acknowledged=None, by=None):
        """A matter of a post with two working days, and when it was kept.

        :param issued, acknowledged: wall clock texts
        """
        with self.at(issued):
            notice = self._matter(rep)
        if acknowledged:
            with self.at(acknowledged):
                notice.with_user(by or notice.acting_user_id).action_acknowledge()
        return notice.with_env(self.env).clock_ids

    def _met(self, rep, day="2026-03-03"):
        """A limit that a post keeps on a day."""
        return self._notice(rep, f"{day} 09:00", f"{day} 10:00")

    def _missed(self, rep):
        """A limit that a post keeps a week late, in March."""
        return self._notice(rep, "2026-03-03 09:00", "2026-03-10 10:00")

    def _freeze(self, month=MARCH):
        self.env.flush_all()
        return self.freezes._freeze(fields.Date.to_date(month))

    def _facts(self, formula="on_time", month=MARCH):
        """The test's own facts of a month: those of its units."""
        freeze = self._freeze(month)
        return self.env["haerun.fact"].search(
            [
                ("freeze_id", "=", freeze.id),
                ("formula", "=", formula),
                ("unit_id", "in", (self.unit | self.branch).ids),
            ],
            order="day, id",
        )

    def _round(self, period="month", date_from=MARCH, **values):
        """A computed assessment."""
        one = self.assessments.create(
            {"period": period, "date_from": date_from, **values}
        )
        one._run_all()
        return one

    def _sheet_of(self, one, rep):
        return one.sheet_ids.filtered(lambda s: s.representative_id == rep)


class RoundCommon(AssessmentCommon):
    """March is assessed: A kept three limits of four, B all, C in the branch none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep_s = cls._another("test_s", "徐丽", "csd_marketing", None, "marketing")
        # only the test's own figures: whatever the demo did in March is not asked
        cls.env["haerun.indicator"].search([]).active = False
        cls.indicator = cls.env["haerun.indicator"].create(
            {
                "name": "及时率",
                "code": "test_on_time",
                "formula": "on_time",
                "target": 95,
                "zero_at": 55,
                "weight": 20,
                "date_from": "2026-01-01",
            }
        )
        cls.env["haerun.bonus.rule"].search([]).active = False
        cls.rule = cls.env["haerun.bonus.rule"].create(
            {
                "name": "前一名",
                "period": "month",
                "kind": "rank_to",
                "threshold": 1,
                "amount": 200,
                "date_from": "2026-01-01",
            }
        )

    def setUp(self):
        super().setUp()
        for _number in range(3):
            self._met(self.rep_a)
        self._missed(self.rep_a)
        self._met(self.rep_b)
        self._missed(self.rep_c)

    def _stage(self, stage):
        """A period of March that stands at a stage, all before it done."""
        one = self._round()
        mine = one.sheet_ids.filtered("has_score")
        if stage in ("reviewing", "confirming", "published"):
            one.with_user(self.user_head).action_to_review()
        if stage in ("confirming", "published"):
            for sheet in mine:
                sheet._review(False) if self._reviewed_by(sheet) else None
            one.with_user(self.user_head).action_to_confirm()
        if stage == "published":
            mine.sudo().write(
                {"confirmed_at": fields.Datetime.now(), "state": "confirmed"}
            )
            one.with_user(self.user_head).action_publish()
        return one

    def _reviewed_by(self, sheet):
        """Reviewed by whoever may; those of the demo are marked as reviewed."""
        sheet.sudo().write({"reviewed_at": fields.Datetime.now(), "state": "reviewed"})
        return False
