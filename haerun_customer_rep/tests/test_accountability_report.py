from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .accountability_common import AccountabilityCommon

REPORT = "haerun.accountability.report"


class TestAccountabilityReport(AccountabilityCommon):
    """A unit's report, its clock and its verdict (R118)."""

    def setUp(self):
        super().setUp()
        self.case = self._taken()
        self.report = self._ask()

    def _ask(self, unit=None):
        return self.env[REPORT]._ask_of(
            self.case, unit or self.branch, "停水通知", "请报告停水通知情况"
        )

    def _submit(self, report=None, text="已通知"):
        theirs = (report or self.report).with_user(self.user_chief)
        theirs.text = text
        theirs.action_submit()
        return theirs.sudo()

    def test_in_time(self):
        """R118: submitted in time, by its addressee alone, and judged once."""
        self.assertEqual(self.report.sudo().acting_user_id, self.user_chief)
        with self.assertRaises(AccessError):
            self.report.with_user(self.user_z).read(["subject"])
        with self.assertRaises(AccessError):
            self.report.with_user(self.user_inv).action_submit()
        with self.assertRaisesRegex(UserError, "write the report"):
            self.report.with_user(self.user_chief).action_submit()
        report = self._submit()
        self.assertFalse(report.late)
        self.assertEqual(report.clock_ids.state, "met")
        mine = report.with_user(self.user_inv)
        with self.assertRaisesRegex(UserError, "clock"):
            mine._judge("late", "x")
        mine._judge("in_time", "")
        self.assertEqual(report.verdict, "in_time")
        self.assertEqual(report.verdict_on, self.env.company._haerun_today())
        with self.assertRaisesRegex(UserError, "already"):
            mine._judge("false", "x")
        self.assertTrue(mine.verdict_shown)
        self.assertFalse(report.with_user(self.user_chief).verdict_shown)
        with self.assertRaises(AccessError):
            report.with_user(self.user_chief).read(["verdict"])
        with self.assertRaises(UserError):
            report.with_user(self.user_chief).text = "改"

    def test_late(self):
        """R118: late by the clock, whatever the investigator thinks."""
        with freeze_time(self.report.sudo().due_at + timedelta(days=2)):
            report = self._submit()
            self.assertTrue(report.late)
            with self.assertRaisesRegex(UserError, "clock"):
                report.with_user(self.user_inv)._judge("in_time", "")
            report.with_user(self.user_inv)._judge("late", "迟报两天")
        self.assertEqual(report.verdict, "late")

    def test_false(self):
        """R118: a false report is a fact with a reason (谎报)."""
        report = self._submit()
        with self.assertRaises(UserError):
            report.with_user(self.user_inv)._judge("false", "")
        report.with_user(self.user_inv)._judge("false", "与录音不符")
        self.assertEqual((report.verdict, report.unit_id), ("false", self.branch))

    def test_withheld(self):
        """R118: withheld only once its time has passed (隐瞒不报)."""
        mine = self.report.with_user(self.user_inv)
        with self.assertRaises(UserError):
            mine._judge("withheld", "未报")
        with freeze_time(self.report.sudo().due_at + timedelta(hours=1)):
            mine._judge("withheld", "经催促仍未报")
        self.assertEqual(self.report.sudo().state, "closed")

    def test_case_waits_for_the_verdict(self):
        """R118: no case is closed with a report that has no verdict."""
        self._decided(self.case)
        self.case.action_serve()
        decision = self.case.sudo().decision_ids.with_env(self.env)
        decision.with_user(self.user_inv)._execute(
            self.env.company._haerun_today(), "x", self.env["ir.attachment"]
        )
        with freeze_time(decision.appeal_until + timedelta(days=1)):
            with self.assertRaisesRegex(UserError, "report"):
                self.case.action_close()
            self.report.with_user(self.user_inv)._judge("withheld", "未报")
            self.case.action_close()

    def test_number_is_not_told(self):
        """R118, R119: the unit does not learn for which case it reports."""
        with self.assertRaisesRegex(UserError, "leave"):
            self.env[REPORT]._ask_of(
                self.case, self.branch, f"关于{self.case.number}", "x"
            )
        with self.assertRaises(AccessError):
            self.env[REPORT].with_user(self.user_inv).create(
                {"subject": "x", "question": "y"}
            )


class TestAccountabilityAppeal(AccountabilityCommon):
    """The person concerned appeals, another decides (R113)."""

    def setUp(self):
        super().setUp()
        self.decision = self._served()
        self.appeals = self.env["haerun.accountability.appeal"]

    def _file(self):
        mine = self.decision.with_user(self.user_x)
        return self.appeals.with_user(self.user_x)._file(mine, "通知是外包单位负责")

    def test_changed(self):
        """R113: a lighter sanction; who approved does not decide, its clock is met."""
        case = self.decision.case_id
        appeal = self._file().sudo()
        self.assertEqual(case.state, "appeal")
        self.assertEqual(appeal.acting_user_id, self.user_boss)
        self.assertTrue(appeal.clock_ids.due_at)
        with self.assertRaises(AccessError):
            appeal.with_user(self.user_head)._decide("revoked", self.light, "x")
        theirs = appeal.with_user(self.user_boss)
        self.assertTrue(case.with_user(self.user_boss).has_access("read"))
        with self.assertRaisesRegex(UserError, "lighter"):
            theirs._decide("changed", self.heavy, "x")
        theirs._decide("changed", self.light, "情节较轻")
        self.assertEqual(self.decision.sanction_id, self.light)
        self.assertEqual(self.decision.points, self.light.points)
        self.assertEqual(self.decision.final_on, self.env.company._haerun_today())
        self.assertEqual(appeal.clock_ids.state, "met")
        self.assertEqual(case.state, "decided")
        mine = appeal.with_user(self.user_x)
        self.assertEqual(mine.answer, "情节较轻")
        self.assertNotIn(case.number, str(mine.read()))
        self.assertFalse(case.with_user(self.user_boss).has_access("read"))

    def test_revoked(self):
        """R113: nothing is left to execute, nothing counts."""
        case = self.decision.case_id
        self._file().sudo().with_user(self.user_boss)._decide(
            "revoked", self.env["haerun.sanction"], "责任不在本人"
        )
        self.assertFalse(self.decision.sanction_id or self.decision.points)
        self.assertEqual(self.decision.finding, "not")
        self.assertEqual(case.state, "executed")
        case.with_user(self.user_inv).action_close()
        with self.assertRaises(UserError):
            self.decision.with_user(self.user_inv)._execute(
                self.env.company._haerun_today(), "x", self.env["ir.attachment"]
            )

    def test_too_late_or_twice(self):
        """R113: within the time that the rules give, once, by the person alone."""
        with self.assertRaises(AccessError):
            self.appeals.with_user(self.user_inv)._file(
                self.decision.with_user(self.user_inv), "x"
            )
        with freeze_time(self.decision.appeal_until + timedelta(minutes=1)):
            self.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "any more"):
                self._file()
        self.env.invalidate_all()
        self._file()
        with self.assertRaisesRegex(UserError, "any more"):
            self._file()

    def test_appeal_is_evidence(self):
        """R113: what was filed stays as it is."""
        appeal = self._file()
        with self.assertRaises(AccessError):
            appeal.text = "x"
        with self.assertRaises(AccessError):
            self.decision.with_user(self.user_x).points = 0
        with self.assertRaises(UserError):
            appeal.sudo().unlink()


class TestAccountabilityProposal(AccountabilityCommon):
    """The ladder proposes, people decide (R112)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls.env["haerun.time.limit"].search([]).active = False
        cls._limit(
            "milestone_notice_issued", "milestone_notice_answered", 1, "work_day"
        )
        cls.proposals = cls.env["haerun.accountability.proposal"]

    def _overdue(self, rep):
        """A matter of ``rep`` whose limit passed long ago, and what came of it."""
        with self.at("2026-03-02 09:00"):
            notice = self.env["haerun.supervision.notice"]._issue(
                [
                    {
                        "kind": "urge",
                        "source": "hand",
                        "owner_id": rep.id,
                        "owner_user_id": rep.user_id.id,
                        "acting_user_id": rep.acting_user_id.id,
                        "unit_id": rep.unit_id.id,
                        "res_model": rep._name,
                        "res_id": rep.id,
                        "res_name": "试验小区",
                        "body": "请办理",
                    }
                ]
            )
        with self.at("2026-03-20 09:00"):
            self.env["haerun.clock"]._scan_all()
            self.env["haerun.clock"]._scan_all()
        return self.proposals.search([("clock_id", "in", notice.clock_ids.ids)])

    def test_proposed_accepted_refused(self):
        """R112: once a clock, nobody concerned told; a case of it, or a reason."""
        proposal = self._overdue(self.rep_x)
        self.assertEqual(len(proposal), 1)
        self.assertEqual(proposal.hidden_user_ids, self.user_x | self.user_y)
        told = self.env["haerun.push"].search([("action", "=", "review")])
        self.assertFalse(told)
        for user in (self.user_x, self.user_y, self.user_chief, self.user_z):
            with self.assertRaises(AccessError):
                proposal.with_user(user).read(["res_name"])
        mine = proposal.with_user(self.user_inv)
        with self.assertRaisesRegex(UserError, "say why"):
            mine._refuse(" ")
        window = (
            self.env["haerun.accountability.open"]
            .with_user(self.user_inv)
            .with_context(**mine.action_accept()["context"])
            .create({})
        )
        window.action_confirm()
        self.assertEqual(proposal.state, "accepted")
        case = self.cases.search([], limit=1)
        self.assertEqual(case.person_ids.user_id, self.user_x)
        with self.assertRaises(UserError):
            mine._refuse("x")
        other = self._overdue(self.rep_z).with_user(self.user_inv)
        other._refuse("客户原因")
        self.assertEqual(other.settled_by_id, self.user_inv)
        with self.assertRaises(AccessError):
            other.state = "proposed"

    def test_on_csd_goes_to_the_section(self):
        """R112, R116: what concerns CSD is settled by the section."""
        proposal = self._overdue(self.rep_a)
        self.assertTrue(proposal.in_csd)
        self.assertFalse(proposal.with_user(self.user_inv).has_access("read"))
        self.assertTrue(proposal.with_user(self.user_section).has_access("read"))
