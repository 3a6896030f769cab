"""A branch and a department with a few known facts in some months, and their report."""

from unittest.mock import patch

from odoo import fields

from .assessment_common import MARCH, AssessmentCommon


class MonthlyCommon(AssessmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls.assessments = cls.assessments.with_env(cls.env)
        cls.reports = cls.env["haerun.monthly.report"]
        cls.sendings = cls.env["haerun.report.sending"]
        cls.sendings.search([]).active = False
        # a scheduled action commits what it has done
        progress = patch.object(type(cls.env["ir.cron"]), "_commit_progress")
        progress.start()
        cls.addClassCleanup(progress.stop)
        # other indicators count what the demo left in these months
        cls.env["haerun.indicator"].search([]).active = False
        cls.indicator = cls.env["haerun.indicator"].create(
            {
                "name": "及时率(试)",
                "code": "test_on_time",
                "formula": "on_time",
                "target": 90,
                "zero_at": 50,
                "weight": 10,
                "date_from": "2020-01-01",
            }
        )
        cls.notices = cls.indicator.copy(
            {
                "name": "督办(试)",
                "code": "test_supervised",
                "formula": "supervised",
                "measure": "count",
                "direction": "lower",
                "scope": "post",
                "target": 0,
                "zero_at": 5,
            }
        )

    def _figures(self):
        """February: 1 of 1 met. March: A of CSD 1 of 2, C of the branch 1 of 1."""
        self._met(self.rep_a, "2026-02-03")
        self._met(self.rep_a, "2026-03-03")
        self._missed(self.rep_a)
        self._met(self.rep_c, "2026-03-04")
        for month in ("2026-02-01", MARCH):
            self._freeze(month)

    def _published(self):
        """March, assessed and published."""
        one = self._round()
        one.sudo().write({"state": "confirming"})
        one.sheet_ids.sudo().write(
            {"confirmed_at": fields.Datetime.now(), "state": "confirmed"}
        )
        one.invalidate_recordset()
        one.with_user(self.user_head).action_publish()
        return one

    def _report(self, unit=None, **values):
        return self.reports.create(
            {"month": MARCH, "unit_id": unit.id if unit else False, **values}
        )

    def _row(self, report, name="及时率(试)"):
        (row,) = [r for r in report.content["indicators"] if r["name"] == name]
        return row
