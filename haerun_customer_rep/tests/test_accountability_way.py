from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from .accountability_common import AccountabilityCommon


class TestAccountabilityWay(AccountabilityCommon):
    """A case from its opening to its closing (R112-R119)."""

    def test_whole_way(self):
        """R112, R113, R116, R117: received to closed, each step with its clock."""
        case = self._open()
        self.assertEqual(case.state, "received")
        self.assertEqual(case.body, "csd")
        self.assertEqual(case.clock_ids.limit_code, "accountability_accept")
        self.assertFalse(case.clock_ids.limit_id.confirmed)
        mine = case.with_user(self.user_inv)
        mine.action_take()
        self.assertEqual(
            (case.state, case.acting_user_id), ("investigating", self.user_inv)
        )
        with self.assertRaisesRegex(UserError, "evidence"):
            mine.action_investigated()
        self._found(mine)
        self.assertEqual(case.state, "opinion")
        opinion = mine._propose("建议通报批评")
        self.assertEqual(case.state, "approval")
        self.assertEqual(opinion.sudo().approver_ids, self.user_head)
        opinion.with_user(self.user_head)._approve("同意")
        self.assertEqual(case.state, "decided")
        decision = case.decision_ids
        self.assertEqual(decision.sanction_id, self.sanction)
        self.assertEqual(
            (decision.unit_id, decision.representative_id, decision.user_id),
            (self.branch, self.rep_x, self.user_x),
        )
        self.assertEqual(decision.points, self.sanction.points)
        mine.action_serve()
        self.assertTrue(decision.appeal_until)
        theirs = decision.with_user(self.user_x)
        theirs.action_read()
        self.assertTrue(decision.read_at)
        decision.with_user(self.user_inv)._execute(
            self.env.company._haerun_today(), "已通报", self.env["ir.attachment"]
        )
        self.assertEqual(case.state, "executed")
        with self.assertRaisesRegex(UserError, "may still be appealed"):
            mine.action_close()
        with freeze_time(decision.appeal_until + timedelta(minutes=1)):
            decision._cron_final()
            self.assertEqual(
                decision.final_on,
                self.env.company._haerun_local(decision.appeal_until).date(),
            )
            mine.action_close()
        self.assertEqual(case.state, "closed")
        self.assertFalse(case._open_clocks())

    def test_returned_opinion_stays(self):
        """R117: what a tier returned stays on file; the next one is another record."""
        case = self._found(self._taken())
        first = case._propose("建议一")
        with self.assertRaises(AccessError):
            first._approve()
        with self.assertRaisesRegex(UserError, "what is to be revised"):
            first.with_user(self.user_head)._return(" ")
        first.with_user(self.user_head)._return("过轻")
        self.assertEqual(case.state, "opinion")
        case._propose("建议二")
        self.assertEqual(
            case.opinion_ids.sorted("id").mapped("state"), ["returned", "pending"]
        )
        with self.assertRaises(UserError):
            first.review_ids.sudo(False).with_user(self.user_rules).unlink()

    def test_grave_impact_names_leaders(self):
        """R115: person in charge and leader are named, and no approval without both."""
        case = self._taken()
        case.severity = "grave"
        leader = case.person_ids.filtered(lambda one: one.role == "leader")
        self.assertEqual(leader.user_id, self.user_chief)
        self.assertTrue(leader.by_system)
        with self.assertRaisesRegex(UserError, "Not True"):
            leader.unlink()
        person = case.person_ids - leader
        person.write(
            {
                "finding": "true",
                "facts": "x",
                "liability": "y",
                "sanction_id": self.light.id,
            }
        )
        case.evidence_ids.create({"case_id": case.id, "name": "录音"})
        with self.assertRaisesRegex(UserError, "finding"):
            case.action_investigated()
        leader.write({"finding": "true", "facts": "未尽管理职责"})
        case.action_investigated()
        with self.assertRaisesRegex(UserError, "liability"):
            case.action_propose()
        leader.write({"liability": "管理不力", "sanction_id": self.light.id})
        opinion = case._propose("x")
        # the second tier is the company's head
        opinion.with_user(self.user_head)._approve()
        self.assertEqual(case.state, "approval")
        opinion.with_user(self.user_boss)._approve()
        self.assertEqual(len(case.decision_ids), 2)

    def test_csd_person_goes_to_the_section(self):
        """R116: where CSD is concerned the section investigates; CSD loses it."""
        case = self._taken()
        self.assertTrue(case.has_access("read"))
        people = self.env["haerun.accountability.person"].with_user(self.user_inv)
        people.create({"case_id": case.id, "employee_id": self.user_a.employee_id.id})
        self.assertEqual(case.sudo().body, "section")
        self.assertFalse(case.sudo().acting_user_id)
        self.assertFalse(case.has_access("read"))
        theirs = case.with_user(self.user_section2)
        theirs._appoint(self.user_section2)
        self.assertEqual(case.sudo().acting_user_id, self.user_section2)
        with self.assertRaises(UserError):
            theirs._appoint(self.user_inv)
        # its head leads the section: the company's head names who investigates
        people.with_user(self.user_section2).create(
            {"case_id": case.id, "employee_id": self.user_head.employee_id.id}
        )
        self.assertEqual(case.sudo().body, "company")
        self.assertFalse(theirs.has_access("read"))
        case.with_user(self.user_boss)._appoint(self.user_other)
        self.assertTrue(case.with_user(self.user_other).has_access("write"))

    def test_company_head_is_not_judged_here(self):
        """R114, R119: the company's head is referred, not put on a case."""
        case = self._taken()
        with self.assertRaisesRegex(ValidationError, "discipline inspection"):
            case.person_ids.create(
                {"case_id": case.id, "employee_id": self.user_boss.employee_id.id}
            )

    def test_evidence_is_sealed(self):
        """R116: files are known by their SHA-256 and stay as they are, for all."""
        case = self._taken()
        file = (
            self.env["ir.attachment"]
            .with_user(self.user_inv)
            .create({"name": "录音.txt", "raw": b"abc"})
        )
        evidence = case.evidence_ids.create(
            {
                "case_id": case.id,
                "name": "录音",
                "attachment_ids": [(6, 0, file.ids)],
            }
        )
        self.assertIn(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            evidence.digest,
        )
        self.assertEqual(evidence.put_by_id, self.user_inv)
        with self.assertRaises(UserError):
            evidence.name = "x"
        with self.assertRaises(UserError):
            evidence.unlink()
        with self.assertRaises(UserError):
            evidence.attachment_ids.write({"raw": b"x"})
        with self.assertRaises(AccessError):
            case.evidence_ids.create(
                {"case_id": case.id, "name": "x", "put_at": "2020-01-01 00:00:00"}
            )
        first = case.statement_ids.create(
            {"case_id": case.id, "who": "肖刚", "text": "没有"}
        )
        with self.assertRaises(UserError):
            first.text = "有"
        second = case.statement_ids.create(
            {"case_id": case.id, "who": "肖刚", "text": "有", "corrects_id": first.id}
        )
        self.assertEqual(second.corrects_id, first)
        with self.assertRaisesRegex(ValidationError, "scan"):
            case.statement_ids.create(
                {"case_id": case.id, "who": "肖刚", "text": "有", "signed": True}
            )

    def test_obstruction(self):
        """R119: obstruction is on record, and stays."""
        case = self._taken()
        hindered = case.obstruction_ids.create(
            {
                "case_id": case.id,
                "who": "肖刚",
                "text": "删除通话录音",
                "person_id": case.person_ids.id,
            }
        )
        self.assertEqual(case.person_ids.obstruction_ids, hindered)
        with self.assertRaises(UserError):
            hindered.text = "x"

    def test_referral(self):
        """R114: passed on with a letter, and what came of it, once."""
        case = self._taken()
        referral = case.referral_ids.create(
            {
                "case_id": case.id,
                "person_id": case.person_ids.id,
                "letter": "海润移〔2026〕3号",
                "reason": "涉嫌收受财物",
            }
        )
        with self.assertRaises(UserError):
            referral._note_outcome(False, False, "")
        referral._note_outcome("punished", self.env.company._haerun_today(), "警告")
        with self.assertRaisesRegex(UserError, "already"):
            referral._note_outcome("none", self.env.company._haerun_today(), "")
        with self.assertRaises(UserError):
            referral.letter = "x"

    def test_ab(self):
        """R112, R121: A for not handing over, B for acts while standing in."""
        case = self._taken(users=self.user_x | self.user_y)
        a, b = case.person_ids
        a.ab_part, b.ab_part = "principal", "deputy"
        self.assertEqual(case.person_ids.mapped("ab_part"), ["principal", "deputy"])

    def test_frozen_at_entry(self):
        """R112: unit and post are those at entry, a transfer leaves them."""
        case = self._taken()
        self.user_x.employee_id.department_id = self.company_unit
        self.rep_x.unit_id = self.company_unit
        self.assertEqual(case.person_ids.unit_id, self.branch)
        with self.assertRaises(AccessError):
            case.person_ids.unit_id = self.unit
        with self.assertRaises(AccessError):
            case.write({"state": "closed"})
        with self.assertRaises(AccessError):
            case.create({"name": "x", "what": "y"})
        with self.assertRaises(UserError):
            case.copy()

    def test_dismissed(self):
        """R112: dismissed with a reason; its clocks lapse, which is not met."""
        case = self._taken()
        with self.assertRaises(UserError):
            case._dismiss("")
        case._dismiss("反映不属实，投诉人撤回")
        self.assertEqual(case.state, "dismissed")
        self.assertEqual(case.clock_ids.sorted("id")[-1:].state, "cancelled")
        with self.assertRaises(UserError):
            case.what = "x"

    def test_standby_period(self):
        """R113: a sanction with a period ends on a day of its own."""
        decision = self._served(sanction=self.heavy)
        mine = decision.with_user(self.user_inv)
        none = self.env["ir.attachment"]
        with self.assertRaisesRegex(UserError, "note first"):
            mine._execute(self.env.company._haerun_today(), "x", none, ended=True)
        mine._execute(self.env.company._haerun_today(), "待岗", none)
        self.assertEqual(
            decision.period_until,
            fields.Date.add(self.env.company._haerun_today(), months=self.heavy.months),
        )
        with freeze_time(decision.appeal_until + timedelta(minutes=1)):
            case = decision.case_id.with_user(self.user_inv)
            with self.assertRaisesRegex(UserError, "period"):
                case.action_close()
            mine._execute(
                self.env.company._haerun_today(), "考核合格", none, ended=True
            )
            case.action_close()
        self.assertEqual(decision.case_id.state, "closed")

    def test_sanctions_are_data(self):
        """R113, R120, R122: the four kinds, to confirm, versioned once used."""
        sanctions = self.env["haerun.sanction"].search([])
        self.assertEqual(
            sanctions.mapped("name"), ["批评教育", "通报批评", "诫勉", "待岗"]
        )
        self.assertFalse(any(sanctions.mapped("confirmed")))
        self._decided()
        with self.assertRaisesRegex(UserError, "new version"):
            self.sanction.with_user(self.user_rules).points = 1
        fresh = self.light.copy({"code": "fresh"})
        fresh.with_user(self.user_rules).points = 1
        with self.assertRaises(AccessError):
            fresh.with_user(self.user_inv).points = 1
