from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .hookup_common import HookupCommon


@tagged("-at_install", "post_install")
class TestHookupIntake(HookupCommon):
    def test_form_at_the_window(self):
        """R15, R16: typed in a form: area, representative and checklist at once."""
        form = Form(self.projects.with_user(self.user_clerk))
        form.channel_id = self.channel
        form.phone = "138 1234 5678"
        self.assertEqual(form.phone, "13812345678")
        form.applicant_name = "王芳"
        form.address = "青岛市试验路1号2单元301户"
        self.assertEqual(form.area_id, self.area)
        self.assertEqual(form.responsible_id, self.rep_a)
        form.service_type_id = self.household
        self.assertEqual(len(form.material_ids), 3)
        for index in range(3):
            with form.material_ids.edit(index) as line:
                line.received = True
        project = form.save()
        self.assertRegex(project.number, r"^BZ\d{4}-\d{6}$")
        self.assertEqual(project.step, "handed_over")
        self.assertEqual(project.owner_id, self.rep_a)
        self.assertEqual(project.intake_user_id, self.user_clerk)
        self.assertEqual(project.phone, "138****5678")

    def test_known_customer_is_found_by_phone(self):
        """R15: a second application of one customer makes no second partner."""
        first, second = self._accept(), self._accept(address="测试街9号")
        self.assertEqual(first.partner_id, second.partner_id)
        self.assertFalse(first.partner_id.phone, "the address book shows no phone")
        form = Form(self.projects.with_user(self.user_clerk))
        form.phone = "13812345678"
        self.assertEqual(form.applicant_name, "王芳")

    def test_handed_over_to_a(self):
        """R16: complete applications pass to A at once; the clock says how fast."""
        project = self._accept()
        self.assertEqual(project.step, "handed_over")
        self.assertEqual(project.acting_user_id, self.user_a)
        self.assertEqual(project.unit_id, self.unit)
        clocks = {clock.limit_code: clock for clock in project.sudo().clock_ids}
        self.assertEqual(clocks["hookup_handover"].state, "met")
        self.assertEqual(clocks["hookup_handover"].acting_user_id, self.user_clerk)
        self.assertEqual(clocks["hookup_survey_time"].state, "running")
        self.assertEqual(clocks["hookup_survey_time"].acting_user_id, self.user_a)
        self.assertEqual(clocks["hookup_survey"].owner_id, self.rep_a)
        self.assertEqual(project.handover_minutes, 0)
        self.assertEqual(
            project.sudo().activity_ids.user_id, self.user_a, "A is asked for a time"
        )

    def test_handed_over_to_b(self):
        """R16, R121: when A is away the deputy gets it, in A's name."""
        now = self.env.cr.now()
        substitution = self.env["haerun.substitution"].create(
            {
                "principal_id": self.rep_a.id,
                "deputy_id": self.rep_b.id,
                "date_from": now - timedelta(hours=1),
                "date_to": now + timedelta(days=2),
                "source": "manual",
            }
        )
        self.env["haerun.substitution"]._cron_boundaries()
        self.assertEqual(substitution.state, "active")
        project = self._accept()
        self.assertEqual(project.owner_id, self.rep_a)
        self.assertEqual(project.acting_user_id, self.user_b)
        self.assertEqual(project.sudo().activity_ids.user_id, self.user_b)
        self.assertTrue(project.substituted)
        self.assertEqual(project.with_user(self.user_b)._on_behalf(), self.user_a)

    def test_incomplete_stays_with_the_clerk(self):
        """R15, R16: without materials it stays; the last paper hands it over."""
        project = self._accept(complete=False)
        self.assertEqual(project.step, "accepted")
        self.assertEqual(project.missing_count, 2)
        self.assertFalse(project.owner_id)
        with self.assertRaisesRegex(UserError, "身份证明、不动产权证或合法用房证明"):
            project.action_hand_over()
        required = project.material_ids.filtered("required")
        required[0].received = True
        self.assertEqual(project.step, "accepted")
        required[1].received = True
        self.assertEqual(project.step, "handed_over")
        self.assertEqual(required.received_by_id, self.user_clerk)

    def test_no_area_no_representative(self):
        """R16: an address nobody serves is accepted, and says what is missing."""
        project = self._accept(address="火星一号基地")
        self.assertEqual(project.step, "accepted")
        with self.assertRaisesRegex(UserError, "choose one"):
            project.action_hand_over()
        orphan = self.env["haerun.service.area"].create({"name": "无人片区"})
        project.area_id = orphan
        with self.assertRaisesRegex(UserError, "无人片区 has no engineering"):
            project.action_hand_over()
        project.area_id = self.area
        project.action_hand_over()
        self.assertEqual(project.acting_user_id, self.user_a)

    def test_wrong_numbers_are_refused(self):
        """R15: a phone or ID number that is none says so."""
        with self.assertRaisesRegex(ValidationError, "12345 is no phone number"):
            self._accept(phone="12345")
        with self.assertRaisesRegex(ValidationError, "rounded by the spreadsheet"):
            self._accept(id_number="3.70202199001011E+17")

    def test_step_cannot_be_written(self):
        """R15, R120: step, owner, number and times are nobody's to write."""
        project = self._accept()
        for user in (self.user_a, self.user_csd):
            for values in (
                {"step": "survey_signed"},
                {"owner_id": self.rep_b.id},
                {"number": "X"},
                {"handover_minutes": 1},
            ):
                with self.assertRaises(AccessError):
                    project.with_user(user).write(values)
        with self.assertRaises(AccessError):
            self._accept(step="survey_signed")
        forged = self.projects.with_user(self.user_clerk).with_context(
            default_step="survey_signed"
        )
        self.assertEqual(forged.create(self._values()).step, "accepted")

    def test_withdrawal(self):
        """R15: a withdrawn application's clocks lapse, which is not met."""
        project = self._accept()
        with self.assertRaises(AccessError):
            project.with_user(self.user_clerk)._withdraw("客户放弃")
        wizard = (
            self.env["haerun.hookup.turn"]
            .with_user(self.user_a)
            .create({"project_ids": project.ids, "reason": "客户放弃"})
        )
        wizard.action_confirm()
        self.assertEqual(project.step, "withdrawn")
        self.assertEqual(
            set(project.sudo().clock_ids.mapped("state")), {"met", "cancelled"}
        )
        self.assertFalse(project.sudo().activity_ids)
        with self.assertRaisesRegex(UserError, "has ended already"):
            project.with_user(self.user_a)._withdraw("又一次")
        with self.assertRaisesRegex(UserError, "accept it anew"):
            project.with_user(self.user_a).action_plan_survey()

    def test_versions_of_a_service_type(self):
        """R1, R122: a used version stays; the next one asks for less, from its day."""
        project = self._accept()
        version = project.service_version_id
        self.assertEqual(version, self.household.current_version_id)
        earlier = self.household.version_ids - version
        self.assertLess(version.material_count, earlier.material_count)
        self.assertLess(version.promised_amount, earlier.promised_amount)
        self.assertLess(version.step_count, earlier.step_count)
        rules = version.with_user(self.user_rules)
        with self.assertRaisesRegex(UserError, "new version"):
            rules.promised_amount = 9
        with self.assertRaisesRegex(UserError, "new version"):
            rules.material_ids[0].required = False
        new = self.env["haerun.service.version"].browse(
            rules.action_new_version()["res_id"]
        )
        self.assertEqual(new.version, version.version + 1)
        self.assertEqual(len(new.material_ids), len(version.material_ids))

    def test_batch_needs_few_queries(self):
        """R16: forty applications cost little more than their rows."""
        values = [self._values(phone=f"139{n:08d}") for n in range(40)]
        projects = self.projects.with_user(self.user_clerk)
        projects.create(values[:1])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        created = projects.create(values[1:])
        self.env.flush_all()
        used = self.env.cr.sql_log_count - before
        self.assertLess(used, 400, f"{used} queries")
        self.assertEqual(len(set(created.mapped("number"))), 39)

    def test_wrong_service_type_is_corrected(self):
        """R1, R15: until hand-over the type may be corrected; the list follows."""
        project = self._accept(complete=False)
        project.material_ids.filtered("required")[0].received = True
        small = self.env.ref("haerun_customer_rep.service_type_small")
        project.service_type_id = small
        names = project.material_ids.filtered("required").mapped("display_name")
        self.assertIn("营业执照（统一社会信用代码证）", names)
        self.assertEqual(project.service_version_id, small.current_version_id)
        kept = project.material_ids.filtered("received")
        self.assertEqual(kept.mapped("display_name"), ["身份证明"])
        project.sudo().step = "handed_over"
        with self.assertRaisesRegex(UserError, "withdraw it"):
            project.with_user(self.user_csd).service_type_id = self.household

    def test_external_number_once(self):
        """R15: one channel's number comes in once, typed or sent; another's may."""
        self._accept(external_no="X-1")
        with self.assertRaisesRegex(UserError, "X-1 of this channel is accepted"):
            self._accept(external_no=" X-1 ")
        self._accept(external_no="X-1", channel_id=self.wechat.id)
