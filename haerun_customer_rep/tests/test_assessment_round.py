from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from .assessment_common import MARCH, RoundCommon


@tagged("post_install", "-at_install")
class TestAssessmentRound(RoundCommon):
    """A period from computing to publishing, and what is locked then."""

    # ---------------------------------------------------------- computing
    def test_scores(self):
        """R2, R42: figures, points, scores, places and amounts, worked out by hand."""
        one = self._round()
        a, b, c = (
            self._sheet_of(one, rep) for rep in (self.rep_a, self.rep_b, self.rep_c)
        )
        self.assertEqual(a.line_ids.value, 75.0)
        # (75 − 55) ÷ (95 − 55) of 20 points
        self.assertEqual(a.line_ids.points, 10.0)
        self.assertEqual((a.score, b.score, c.score), (50.0, 100.0, 0.0))
        self.assertEqual(a.line_ids.shown, "75 %")
        self.assertEqual(a.line_ids.aim_shown, "≥ 95 %")
        self.assertTrue(b.rank < a.rank < c.rank)
        self.assertEqual(b.ranked, a.ranked)
        self.assertEqual(b.bonus_ids.rule_id, self.rule)
        self.assertEqual(b.bonus, 200)
        self.assertFalse(a.bonus_ids)
        self.assertEqual(c.listed, "red")
        unit = one.sheet_ids.filtered(
            lambda s: s.kind == "unit" and s.unit_id == self.unit
        )
        # the department's own and its branch's: 4 of 6
        self.assertEqual((unit.line_ids.above, unit.line_ids.below), (4, 6))
        self.assertEqual(unit.line_ids.value, 66.67)
        nothing = self._sheet_of(one, self.rep_s)
        self.assertFalse(nothing.has_score, "no data is not 0")
        self.assertFalse(nothing.rank)

    def test_drill_down(self):
        """R2, R42: a figure opens the facts behind it, no more and no less."""
        one = self._round()
        line = self._sheet_of(one, self.rep_a).line_ids
        domain = line.action_open_facts()["domain"]
        facts = self.env["haerun.fact"].search(domain)
        self.assertEqual(len(facts), line.fact_count)
        self.assertEqual(sum(facts.mapped("above")), line.above)
        self.assertEqual(facts.representative_id, self.rep_a)
        unit = one.sheet_ids.filtered(
            lambda s: s.kind == "unit" and s.unit_id == self.unit
        )
        domain = unit.line_ids.action_open_facts()["domain"]
        self.assertEqual(self.env["haerun.fact"].search_count(domain), 6)

    def test_job(self):
        """R42: the months are frozen one a job, then scored; doubles do nothing."""
        one = self.assessments.with_user(self.user_csd).create(
            {"period": "quarter", "date_from": "2026-02-14"}
        )
        self.assertEqual(one.name, "2026年第1季度考核")
        self.assertEqual(str(one.date_from), "2026-01-01")
        self.assertEqual(str(one.date_to), "2026-03-31")
        with trap_jobs() as trap:
            one.action_compute()
            trap.assert_jobs_count(1)
            self.assertEqual(one.state, "computing")
            with self.assertRaisesRegex(UserError, "not its next step"):
                one.action_compute()
            for done in range(4):
                one.sudo()._run_step(done)
                one.sudo()._run_step(done)
            trap.assert_jobs_count(4)
        self.assertEqual(one.state, "stating")
        self.assertEqual(len(one.sudo().freeze_ids), 3)
        self.assertEqual(one.progress, 100)

    def test_computed_anew(self):
        """R42: computed anew from facts as they are, until somebody wrote on it."""
        one = self._round()
        self._missed(self.rep_b)
        with trap_jobs() as trap:
            one.with_user(self.user_csd).action_compute()
            while one.state == "computing":
                one.sudo()._run_step(one.done_count)
            self.assertEqual(len(trap.enqueued_jobs), 2)
        sheet = self._sheet_of(one, self.rep_b)
        self.assertEqual(sheet.line_ids.value, 50)
        self.assertEqual(len(self._sheet_of(one, self.rep_a)), 1)
        sheet.with_user(self.user_b)._state_own("已整改")
        with self.assertRaisesRegex(UserError, "written on already"):
            one.with_user(self.user_csd).action_compute()

    def test_period_over(self):
        """R42: what is not over is not assessed, and each period once."""
        with self.at("2026-03-31 20:00"), self.assertRaises(ValidationError):
            self.assessments.create({"period": "month", "date_from": MARCH})
        self._round()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.assessments.create({"period": "month", "date_from": "2026-03-20"})

    def test_who_runs(self):
        """R42: CSD runs assessments; a representative and a branch do not."""
        for user in (self.user_a, self.user_boss, self.user_section):
            with self.assertRaises(AccessError):
                self.assessments.with_user(user).create(
                    {"period": "month", "date_from": MARCH}
                )
        one = self._round()
        for user in (self.user_a, self.user_boss, self.user_section):
            with self.assertRaises(AccessError):
                one.with_user(user).action_to_review()

    # ------------------------------------------------------------ stages
    def test_statement(self):
        """R42: who it is about states on his sheet, nobody else, until it is closed."""
        one = self._round()
        sheet = self._sheet_of(one, self.rep_a)
        wizard = (
            self.env["haerun.assessment.stating"]
            .with_user(self.user_a)
            .create({"sheet_id": sheet.id, "text": "一件因用户不在家延误"})
        )
        wizard.action_confirm()
        self.assertEqual(sheet.state, "stated")
        self.assertIn("延误", sheet.statement)
        for user in (self.user_b, self.user_head):
            with self.assertRaises(AccessError):
                sheet.with_user(user)._state_own("他很好")
        one.with_user(self.user_csd).action_to_review()
        with self.assertRaisesRegex(UserError, "not its next step"):
            sheet.with_user(self.user_a)._state_own("再补充")

    def test_review(self):
        """R42: the head of the unit reviews, and nobody himself or his own unit."""
        one = self._stage("reviewing")
        sheet = self._sheet_of(one, self.rep_c)
        self.assertEqual(sheet.reviewer_id, self.user_boss)
        for user in (self.user_other, self.user_csd):
            with self.assertRaises(AccessError):
                sheet.with_user(user).action_review()
        sheet.with_user(self.user_boss)._review("属实")
        self.assertEqual(sheet.reviewed_by_id, self.user_boss)
        self.assertEqual(sheet.review, "属实")
        branch = one.sheet_ids.filtered(
            lambda s: s.kind == "unit" and s.unit_id == self.branch
        )
        self.assertEqual(branch.reviewer_id, self.user_head)
        with self.assertRaises(AccessError):
            branch.with_user(self.user_boss).action_review()
        branch.with_user(self.user_head).action_review()
        self.assertEqual(branch.state, "reviewed")

    def test_pressed(self):
        """R42, R20: who is late with a stage is urged by the system, unasked."""
        one = self._round()
        soon = self.at_utc("2026-04-01 09:00")
        one.write({"stated_until": soon, "reviewed_until": soon})
        self.assertFalse(self._pressed("2026-04-05 08:00"), "a Sunday")
        self.assertEqual(one.state, "stating")
        self._pressed("2026-04-07 08:00")
        self.assertEqual(one.state, "reviewing", "statements are closed by themselves")
        self.assertIn(self.user_boss, self._pressed("2026-04-08 08:00"))
        one.sheet_ids.write({"reviewed_at": soon})
        one.write({"state": "confirming", "confirmed_until": soon})
        self.assertIn(self.user_csd, self._pressed("2026-04-09 08:00"))
        one.sheet_ids.write({"confirmed_at": soon})
        self.assertFalse(self._pressed("2026-04-10 08:00"))

    def _pressed(self, text):
        """Who is urged by the scheduled action at a wall clock."""
        pushes = self.env["haerun.push"]
        before = pushes.search([])
        with self.at(text):
            self.assessments._cron_press()
        new = pushes.search([]) - before
        return new.filtered(lambda push: push.action == "urge").user_id

    def test_all_reviewed(self):
        """R42: it goes on to CSD once every sheet with a score is reviewed."""
        one = self._stage("reviewing")
        with self.assertRaisesRegex(UserError, "still to be reviewed"):
            one.with_user(self.user_csd).action_to_confirm()

    def test_adjust(self):
        """R42: points are added with a reason; score and places follow."""
        one = self._stage("reviewing")
        sheet = self._sheet_of(one, self.rep_c)
        window = self.env["haerun.assessment.adjusting"].with_user(self.user_boss)
        with self.assertRaisesRegex(ValidationError, "up to 100 points"):
            window.create({"sheet_id": sheet.id, "points": 0, "reason": "无"})
        other = self._sheet_of(one, self.rep_a)
        with self.assertRaises(AccessError):
            window.create({"sheet_id": other.id, "points": 5, "reason": "越权"})
        window.create(
            {"sheet_id": sheet.id, "points": 60, "reason": "台风抢修"}
        ).action_confirm()
        self.assertEqual((sheet.computed_score, sheet.score), (0, 60))
        self.assertEqual(sheet.adjusted, 60)
        self.assertEqual(
            self._sheet_of(one, self.rep_a).rank, sheet.rank + 1, "it has moved up"
        )
        self.assertEqual(sheet.adjustment_ids.user_id, self.user_boss)
        with self.assertRaises(AccessError):
            sheet.with_user(self.user_other)._adjust(10, "自己加")
        with self.assertRaisesRegex(UserError, "evidence and stays"):
            sheet.adjustment_ids.unlink()
        window.create(
            {"sheet_id": sheet.id, "points": -90, "reason": "虚报"}
        ).action_confirm()
        self.assertEqual(sheet.score, 0, "never below 0")

    def test_publish(self):
        """R42: the head of CSD publishes; from then on nothing changes."""
        one = self._stage("confirming")
        with self.assertRaises(AccessError):
            one.with_user(self.user_csd).action_publish()
        with self.assertRaisesRegex(UserError, "still to be confirmed"):
            one.with_user(self.user_head).action_publish()
        sheet = self._sheet_of(one, self.rep_a)
        with self.assertRaises(AccessError):
            sheet.with_user(self.user_boss).action_confirm()
        sheet.with_user(self.user_csd).action_confirm()
        self.assertEqual(sheet.confirmed_by_id, self.user_csd)
        others = one.sheet_ids.filtered("has_score") - sheet
        others.sudo().write({"confirmed_at": fields.Datetime.now()})
        one.with_user(self.user_head).action_publish()
        self.assertEqual(one.state, "published")
        self.assertTrue(one.sudo().freeze_ids.pinned)
        with self.assertRaisesRegex(UserError, "not its next step"):
            one.with_user(self.user_csd).action_compute()
        with self.assertRaisesRegex(UserError, "not its next step"):
            sheet.with_user(self.user_csd)._adjust(5, "事后")
        with self.assertRaisesRegex(UserError, "computed already"):
            one.with_user(self.user_csd).write({"date_from": "2026-02-01"})
        with self.assertRaisesRegex(UserError, "evidence"):
            one.with_user(self.user_csd).unlink()

    def test_worked_out_again(self):
        """R42: what was published comes out the same later, whatever has changed."""
        one = self._stage("published")
        before = [(s.id, s.score, s.rank, s.bonus) for s in one.sheet_ids]
        # later: facts, rules, posts
        self._missed(self.rep_b)
        new = self.indicator.browse(self.indicator.action_new_version()["res_id"])
        new.write({"target": 100, "weight": 40})
        self.rep_c.deputy_id = False
        self.rep_c.unit_id = self.unit
        self._freeze()
        self.env.invalidate_all()
        said = one.with_user(self.user_head).action_verify()["params"]
        self.assertEqual(said["type"], "success", said["message"])
        self.assertEqual(
            [(s.id, s.score, s.rank, s.bonus) for s in one.sheet_ids], before
        )
        with self.assertRaisesRegex(UserError, "in use"):
            self.indicator.target = 50

    def test_tampered(self):
        """R42: a score, a fact or an amount that is changed behind is noticed."""
        one = self._stage("published")
        sheet = self._sheet_of(one, self.rep_a)
        for statement, said in (
            ("UPDATE haerun_assessment_sheet SET score = 99 WHERE id = %s", sheet.id),
            (
                "UPDATE haerun_assessment_line SET points = 20 WHERE sheet_id = %s",
                sheet.id,
            ),
            (
                "UPDATE haerun_fact SET above = 1 WHERE freeze_id = %s",
                one.freeze_ids.id,
            ),
        ):
            with self.subTest(statement), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(statement, [said])
                self.env.invalidate_all()
                told = one.action_verify()["params"]
                self.assertEqual(told["type"], "danger")
                savepoint.rollback()
                self.env.invalidate_all()

    # -------------------------------------------------------------- rules
    def test_unit_targets(self):
        """R42: a unit's own target holds for it and below, others keep the general."""
        self.env["haerun.indicator.target"].create(
            {
                "indicator_id": self.indicator.id,
                "unit_id": self.branch.id,
                "target": 60,
            }
        )
        one = self._round()
        self.assertEqual(self._sheet_of(one, self.rep_c).line_ids.target, 60)
        self.assertEqual(self._sheet_of(one, self.rep_c).line_ids.zero_at, 20)
        self.assertEqual(self._sheet_of(one, self.rep_a).line_ids.target, 95)
        with self.assertRaisesRegex(UserError, "in use"):
            self.indicator.target_ids.target = 10

    def test_versions(self):
        """R1, R122: each period is measured by the version in force on its last day."""
        old = self.indicator
        with self.at("2026-04-15 09:00"):
            new = old.browse(old.action_new_version()["res_id"])
        new.weight = 30
        self.assertEqual(self._round().sheet_ids.line_ids.indicator_id, old)
        self._met(self.rep_a, "2026-05-06")
        one = self._round(date_from="2026-05-01")
        self.assertEqual(one.sheet_ids.line_ids.indicator_id, new)
        with self.assertRaisesRegex(UserError, "valid together"):
            old.date_to = False

    def test_no_sense(self):
        """R120: an aim whose figure without points is better than its target fails."""
        for number, values in enumerate(
            ({"zero_at": 96}, {"direction": "lower", "zero_at": 90})
        ):
            with self.assertRaisesRegex(UserError, "worse side"):
                self.indicator.copy({"code": f"another{number}", **values})
        with self.assertRaisesRegex(UserError, "choose what is counted"):
            self.rule.copy({"kind": "count", "formula": False})
