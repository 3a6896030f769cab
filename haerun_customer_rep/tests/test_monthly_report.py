from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assessment_common import MARCH
from .monthly_common import MonthlyCommon


@tagged("post_install", "-at_install")
class TestMonthlyReport(MonthlyCommon):
    """A month of frozen facts, ready for the leader's desk."""

    def test_figures_beside_other_months(self):
        """R2, R42: this month, the last one and the year before, by unit and class."""
        self._figures()
        report = self._report(self.unit)
        report._make()
        row = self._row(report)
        self.assertAlmostEqual(row["value"], 66.67, places=2)
        self.assertEqual((row["before"], row["year_before"]), (100, None))
        self.assertEqual((row["above"], row["below"]), (2, 3))
        self.assertIs(row["met"], False)
        self.assertEqual((row["moved"], row["moved_year"]), ("worse", None))
        self.assertEqual(len(row["trend"]), 13)
        notices = self._row(report, "督办(试)")
        self.assertEqual((notices["value"], notices["target"]), (0, None))
        self.assertIsNone(notices["met"], "asked of persons alone")
        table = report.content["classes"][0]
        rows = {one["unit"]: one["cells"][0] for one in table["rows"]}
        self.assertEqual(rows["市南(试)"], [100, True])
        self.assertEqual(rows[self.unit.name][1], False)

    def test_figures_are_those_of_the_assessment(self):
        """R2, R42: report and assessment of a unit tell the same to the cent."""
        self._figures()
        one = self._published()
        report = self._report(self.branch)
        report._make()
        sheet = one.sheet_ids.filtered(lambda s: s.unit_id == self.branch)
        line = sheet.filtered(lambda s: s.kind == "unit").line_ids.filtered(
            lambda one: one.indicator_id == self.indicator
        )
        row = self._row(report)
        self.assertEqual(row["value"], line.value)
        self.assertEqual(row["target"], line.target)
        self.assertEqual((row["above"], row["below"]), (line.above, line.below))

    def test_summary_in_sentences(self):
        """R2: what is below its target, where, and that there is no ranking yet."""
        self._figures()
        report = self._report(self.unit)
        report._make()
        said = report.summary
        self.assertIn("2026年3月共统计指标2项，其中达标0项，未达标1项", said)
        self.assertIn("及时率(试)66.67%（目标≥90%）", said)
        self.assertIn("及时率(试)（100%→66.67%）", said)
        self.assertIn("考核尚未发布", said)

    def test_publishing_makes_and_seals(self):
        """R2, R42: with the month published, its report rests on facts that stay."""
        self._figures()
        self.sendings.create(
            {"name": "市南", "unit_id": self.branch.id, "user_ids": self.user_boss.ids}
        )
        self._published()
        report = self.reports.search([("month", "=", MARCH)])
        self.assertEqual(report.unit_id, self.branch, "the company's and the branch's")
        self.assertEqual(len(report), 2)
        self.assertTrue(all(report.mapped("final")) and all(report.mapped("seal")))
        whole = report.filtered(lambda one: not one.unit_id)
        self.assertTrue(whole.content["ranking"])
        self.assertIn("本月考核已发布", whole.summary)
        ranked = {
            row["name"]: row["score"]
            for table in whole.content["ranking"]
            for row in table["rows"]
        }
        self.assertEqual(ranked[self.rep_c.name], 100)
        listed = {row["name"] for row in whole.content["listed"]}
        self.assertNotIn(self.rep_c.name, listed)
        self.assertEqual(whole.action_verify()["params"]["type"], "success")
        whole.sudo().content = {**whole.content, "period": "x"}
        self.assertEqual(whole.action_verify()["params"]["type"], "danger")

    def test_who_comments_and_issues(self):
        """R42: the head of CSD, once the assessment is published; then it is locked."""
        self._figures()
        report = self._report().with_user(self.user_csd)
        report.action_make()
        self.assertFalse(report.seal)
        with self.assertRaisesRegex(AccessError, "comments"):
            report.comment = "好"
        with self.assertRaisesRegex(AccessError, "is issued by the head"):
            report.action_issue()
        mine = report.with_user(self.user_head)
        mine.comment = "未达标单位本周说明原因"
        with self.assertRaisesRegex(UserError, "publish the assessment"):
            mine.action_issue()
        self._published()
        mine.action_issue()
        self.assertEqual((mine.state, mine.issued_by_id), ("issued", self.user_head))
        self.assertTrue(mine.seal)
        for act in (
            lambda: mine.write({"comment": "x"}),
            mine.action_make,
            mine.unlink,
        ):
            with self.assertRaisesRegex(UserError, "is issued and stays"):
                act()
        with self.assertRaises(AccessError):
            mine.write({"seal": "x"})

    def test_who_reads_which(self):
        """R2, R42: heads what is issued of their units, CSD and supervision all."""
        self._figures()
        whole, branch = self._report(), self._report(self.branch)
        readers = (self.user_csd, self.user_section, self.user_rules, self.user_head)
        for user in readers:
            self.assertTrue(whole.with_user(user).has_access("read"), user.name)
        self.assertFalse(branch.with_user(self.user_boss).has_access("read"), "draft")
        (whole | branch).sudo().state = "issued"
        self.assertTrue(branch.with_user(self.user_boss).has_access("read"))
        self.assertFalse(whole.with_user(self.user_boss).has_access("read"))
        self.assertFalse(branch.with_user(self.user_a).has_access("read"))

    def test_one_a_month_and_unit(self):
        """R42: the job makes what is missing, once, and leaves what is final."""
        with self.at("2026-04-02 04:00"):
            self._figures()
            self.reports._cron_make()
            report = self.reports.search([("month", "=", MARCH)])
            self.assertEqual(len(report), 1)
            made = report.made_at
        with self.at("2026-04-03 04:00"):
            self.reports._cron_make()
            self.assertEqual(self.reports.search([("month", "=", MARCH)]), report)
            self.assertGreater(report.made_at, made)
            self._published()
            made = report.made_at
        with self.at("2026-04-04 04:00"):
            self.reports._cron_make()
            self.assertEqual(report.made_at, made, "final")
