from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import local
from .hookup_common import HookupCommon


@tagged("-at_install", "post_install")
class TestHookupSurvey(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls._accept().with_user(cls.user_a)

    def test_appointment(self):
        """R17: a time is fixed, units are invited and told, replies noted."""
        action = self.project.action_plan_survey()
        self.assertEqual(action["res_model"], "haerun.hookup.survey")
        survey = self._survey(
            self.project,
            invitation_ids=[
                (0, 0, {"department_id": self.branch.id, "note": "带图纸"}),
                (0, 0, {"representative_id": self.rep_b.id}),
            ],
        )
        self.assertEqual(self.project.step, "survey_planned")
        clocks = {c.limit_code: c.state for c in self.project.sudo().clock_ids}
        self.assertEqual(clocks["hookup_survey_time"], "met")
        branch, deputy = survey.invitation_ids
        self.assertEqual(branch.representative_id, self.rep_branch)
        self.assertEqual(branch.user_id, self.user_branch)
        self.assertEqual(
            self.project.collaborator_ids, self.rep_branch | self.rep_b, "R14"
        )
        self.assertEqual(
            survey.sudo().activity_ids.user_id, self.user_branch | self.user_b
        )
        self.assertEqual(survey.reply_state, "waiting")
        branch.with_user(self.user_branch).action_accept()
        self.assertEqual(branch.reply, "accepted")
        self.assertEqual(branch.replied_by_id, self.user_branch)
        self.assertTrue(branch.replied_at)
        deputy.with_user(self.user_a).action_decline()
        self.assertEqual(deputy.replied_by_id, self.user_a, "noted by phone")
        self.assertEqual(survey.reply_state, "declined")
        self.assertFalse(survey.sudo().activity_ids)

    def test_reply_is_nobody_elses(self):
        """R17: neither a stranger nor a write notes a reply."""
        survey = self._survey(
            self.project, invitation_ids=[(0, 0, {"department_id": self.branch.id})]
        )
        invitation = survey.invitation_ids
        with self.assertRaises(AccessError):
            invitation.with_user(self.user_other).action_accept()
        with self.assertRaises(UserError):
            invitation.with_user(self.user_a).reply = "accepted"
        with self.assertRaises(UserError):
            survey.with_user(self.user_a).write(
                {"invitation_ids": [(1, invitation.id, {"replied_at": "2026-01-01"})]}
            )

    def test_time_in_the_past_and_outside_hours(self):
        """R17: past times are refused, odd ones warned about."""
        surveys = self.env["haerun.hookup.survey"].with_user(self.user_a)
        with self.assertRaisesRegex(UserError, "lies in the past"):
            surveys.create(
                {
                    "project_id": self.project.id,
                    "planned_at": fields.Datetime.now() - timedelta(minutes=5),
                }
            )
        self.assertEqual(self.project.step, "handed_over")
        with freeze_time(local("2026-11-20 09:00")):
            survey = self._survey(self.project, planned_at=local("2026-11-21 10:00"))
            self.assertTrue(survey.outside_hours, "a Saturday")
            survey.planned_at = local("2026-11-23 10:00")
            self.assertFalse(survey.outside_hours)
            survey.planned_at = local("2026-11-23 12:30")
            self.assertTrue(survey.outside_hours, "lunch")
        with freeze_time(local("2026-10-09 09:00")):
            survey._onchange_planned_at()
            survey.planned_at = local("2026-10-10 10:00")
            self.assertFalse(survey.outside_hours, "a make-up Saturday")

    def test_moved_appointment_asks_again(self):
        """R17: replies to an earlier time do not hold for a later one."""
        survey = self._survey(
            self.project, invitation_ids=[(0, 0, {"department_id": self.branch.id})]
        )
        survey.invitation_ids.with_user(self.user_branch).action_accept()
        survey.planned_at += timedelta(days=1)
        self.assertEqual(survey.invitation_ids.reply, "none")
        self.assertEqual(survey.sudo().activity_ids.user_id, self.user_branch)

    def test_record_says_what_is_missing(self):
        """R18: the record is complete before the customer is asked to sign."""
        with self.assertRaisesRegex(UserError, "fix the survey time first"):
            self.project.action_open_survey()
        survey = self._survey(self.project)
        with self.assertRaisesRegex(
            UserError, "outside line.*existing pipe.*pressure.*photo"
        ):
            survey.action_record()
        with self.assertRaisesRegex(ValidationError, "no pressure of a water main"):
            survey.pressure = 32
        self._find(survey)
        survey.action_record()
        self.assertEqual(survey.recorded_by_id, self.user_a)
        self.assertEqual(self.project.step, "surveyed")

    def test_signature(self):
        """R18, R19: signed on the phone, time by the server, closed from then on."""
        survey = self._find(self._survey(self.project))
        with self.assertRaisesRegex(UserError, "finish that first"):
            survey.action_sign()
        survey.action_record()
        with self.assertRaisesRegex(UserError, "let the customer sign; write who"):
            survey.action_sign()
        survey.write({"signature": self._signature(), "signer_name": "王芳"})
        with self.assertRaises(UserError):
            survey.signed_at = datetime(2020, 1, 1)
        survey.action_sign()
        self.assertEqual(survey.state, "signed")
        self.assertAlmostEqual(
            survey.signed_at, fields.Datetime.now(), delta=timedelta(seconds=60)
        )
        self.assertEqual(self.project.step, "survey_signed")
        clocks = self.project.sudo().clock_ids
        self.assertEqual(
            {clock.limit_code: clock.state for clock in clocks},
            {
                "hookup_handover": "met",
                "hookup_survey_time": "met",
                "hookup_survey": "met",
                "hookup_plan_none": "running",
            },
        )

    def test_signed_record_stays(self):
        """R19: nobody changes what was signed, nor its photos and signature."""
        survey = self._signed()
        digest = survey.digest
        for record in (survey, survey.with_user(self.user_csd), survey.sudo()):
            for values in (
                {"pressure": 0.5},
                {"signer_name": "别人"},
                {"signature": False},
                {"photo_ids": [(5,)]},
                {"state": "planned"},
            ):
                with self.assertRaises(UserError):
                    record.write(values)
        for attachment in (survey.photo_ids, survey.photo_ids.sudo()):
            with self.assertRaisesRegex(UserError, "evidence"):
                attachment.unlink()
            with self.assertRaisesRegex(UserError, "evidence"):
                attachment.datas = False
        signature = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", survey._name),
                    ("res_id", "=", survey.id),
                    ("res_field", "=", "signature"),
                ]
            )
        )
        with self.assertRaisesRegex(UserError, "evidence"):
            signature.unlink()
        with self.assertRaises(UserError):
            survey.sudo().unlink()
        self.assertEqual(survey.sudo()._content_digest(), digest)

    def test_correction_is_a_new_record(self):
        """R18, R19: a correction leaves the old record and is signed anew."""
        survey = self._signed()
        wizard = (
            self.env["haerun.survey.reason"]
            .with_user(self.user_a)
            .create({"survey_id": survey.id, "kind": "correct", "reason": "管径量错"})
        )
        new = survey.browse(wizard.action_confirm()["res_id"])
        self.assertEqual(new.corrects_id, survey)
        self.assertEqual(new.existing_pipe, survey.existing_pipe)
        self.assertEqual(len(new.photo_ids), 1)
        self.assertNotEqual(new.photo_ids, survey.photo_ids)
        self.assertEqual(self.project.survey_id, new)
        self.assertEqual(self.project.step, "survey_planned")
        self.assertEqual(survey.state, "signed")
        with self.assertRaisesRegex(UserError, "has not signed"):
            self.project._check_gate("plan_submitted")
        with self.assertRaisesRegex(UserError, "newer record"):
            survey._correct("再改")
        new.existing_pipe = "球墨铸铁管 DN300"
        new.action_record()
        new.write({"signature": self._signature(), "signer_name": "王芳"})
        new.action_sign()
        self._plan(self.project)
        self.project._check_gate("plan_submitted")

    def test_no_plan_without_signature(self):
        """R19: neither before the survey nor after a refusal does a plan begin."""
        with self.assertRaisesRegex(UserError, "has not signed the survey record"):
            self.project._check_gate("plan_submitted")
        survey = self._find(self._survey(self.project))
        survey.action_record()
        with self.assertRaisesRegex(UserError, "has not signed"):
            self.project._check_gate("plan_submitted")
        wizard = Form(
            self.env["haerun.survey.reason"]
            .with_user(self.user_a)
            .with_context(default_survey_id=survey.id, default_kind="refuse")
        )
        wizard.reason = "对外线费用有异议"
        wizard.save().action_confirm()
        self.assertEqual(survey.state, "refused")
        self.assertEqual(self.project.step, "surveyed")
        with self.assertRaisesRegex(UserError, "refused to sign.*对外线费用有异议"):
            self.project._check_gate("plan_submitted")
        survey._correct("费用已说明")
        self.assertEqual(self.project.step, "survey_planned")

    def test_cancelled_appointment(self):
        """R17: a dropped appointment tells those invited and asks for another."""
        survey = self._survey(
            self.project, invitation_ids=[(0, 0, {"department_id": self.branch.id})]
        )
        survey._cancel_by_user("客户出差")
        self.assertEqual(survey.state, "cancelled")
        self.assertEqual(self.project.step, "handed_over")
        self.assertEqual(self.project.sudo().activity_ids.user_id, self.user_a)
        messages = (
            self.env["mail.message"]
            .sudo()
            .search([("model", "=", survey._name), ("res_id", "=", survey.id)])
            .filtered(lambda m: self.user_branch.partner_id in m.notified_partner_ids)
        )
        self.assertIn("客户出差", "".join(messages.mapped("body")))
        self._survey(self.project)
        self.assertEqual(self.project.step, "survey_planned")

    def test_b_records_for_a(self):
        """R18, R121: what the deputy records is marked so."""
        now = fields.Datetime.now()
        self.env["haerun.substitution"].create(
            {
                "principal_id": self.rep_a.id,
                "deputy_id": self.rep_b.id,
                "date_from": now - timedelta(hours=1),
                "date_to": now + timedelta(days=2),
                "source": "manual",
            }
        )
        self.env["haerun.substitution"]._cron_boundaries()
        project = self.project.with_user(self.user_b)
        self.assertEqual(project.acting_user_id, self.user_b)
        survey = self._find(self._survey(project))
        survey.action_record()
        self.assertEqual(survey.recorded_by_id, self.user_b)
        self.assertEqual(survey.recorded_for_id, self.user_a)
        note = survey.with_user(self.user_b).message_post(body="已联系客户")
        self.assertEqual(note.haerun_acting_for_id, self.user_a.partner_id)

    def _signed(self):
        survey = self._find(self._survey(self.project))
        survey.action_record()
        survey.write({"signature": self._signature(), "signer_name": "王芳"})
        survey.action_sign()
        return survey
