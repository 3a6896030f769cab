from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .hookup_common import PIXEL, HookupCommon


@tagged("-at_install", "post_install")
class TestHookupPlan(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls._standing(
            "survey_signed", "household", "none", diameter="20"
        ).with_user(cls.user_a)

    def _approved(self):
        plan = self._plan(self.project, diameter="20")
        plan.action_submit()
        plan.with_user(self.user_head)._approve("同意")
        return plan

    def test_filled_from_project_and_survey(self):
        """R20: what is known already stands in the plan."""
        action = self.project.action_compile_plan()
        plan = self.project.plan_id
        self.assertEqual(action["res_id"], plan.id)
        self.assertEqual(plan.version, 1)
        self.assertEqual(plan.diameter, "20")
        self.assertEqual(plan.meter_diameter, "20")
        self.assertEqual(plan.existing_main, "球墨铸铁管 DN200")
        self.assertAlmostEqual(plan.pressure, 0.32)
        self.assertEqual(plan.outside_line, "none")
        self.assertEqual(plan.survey_id, self.project.survey_id)
        self.assertEqual(plan.compiler_ids, self.user_a)
        self.assertEqual(
            self.project.action_compile_plan()["res_id"], plan.id, "not a second one"
        )

    def test_no_plan_without_signature(self):
        """R19: no plan before the customer has signed the survey record."""
        project = self._accept().with_user(self.user_a)
        with self.assertRaisesRegex(UserError, "has not signed the survey record"):
            project.action_compile_plan()
        survey = self._find(self._survey(project))
        survey.action_record()
        with self.assertRaisesRegex(UserError, "has not signed the survey record"):
            project.env["haerun.hookup.plan"].create({"project_id": project.id})
        survey._refuse("不同意外线走向")
        with self.assertRaisesRegex(UserError, "refused to sign"):
            project.action_compile_plan()
        self.assertFalse(project.plan_ids)

    def test_submission_says_what_is_missing(self):
        """R20, R21: an incomplete plan is not submitted; nothing is half written."""
        with self.assertRaisesRegex(UserError, "no plan is compiled"):
            self.project._check_gate("plan_submitted")
        plan = self._plan(self.project, connection_point=False, meter_kind=False)
        with self.assertRaisesRegex(
            UserError, "does not say yet: Point of Connection、Kind of Meter"
        ):
            plan.action_submit()
        self.assertEqual(plan.state, "draft")
        self.assertEqual(self.project.step, "survey_signed")
        plan.write({"connection_point": "北门", "meter_kind": "remote"})
        plan.action_submit()
        self.assertEqual(plan.state, "pending")
        self.assertEqual(plan.submitted_by_id, self.user_a)
        self.assertEqual(self.project.step, "plan_submitted")

    def test_outside_line_needs_length_and_drawing(self):
        """R20: a plan with an outside line shows how long it is and where."""
        project = self._standing("survey_signed", "small").with_user(self.user_a)
        plan = self._plan(project, outside_length=0, attachment_ids=[(5, 0, 0)])
        with self.assertRaisesRegex(UserError, "Length of the Outside Line.*Drawings"):
            plan.action_submit()

    def test_figures(self):
        """R20: figures that cannot be are refused."""
        plan = self._plan(self.project)
        for values in ({"pressure": 9}, {"outside_length": -1}, {"meter_count": -1}):
            with self.assertRaises(ValidationError):
                plan.write(values)

    def test_fixed_once_submitted(self):
        """R21: what is in approval or approved is never changed, files included."""
        plan = self._plan(self.project)
        plan.action_submit()
        for _state in ("pending", "approved"):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                plan.write({"diameter": "300"})
            with self.assertRaisesRegex(UserError, "stays as it is"):
                plan.sudo().write({"notes": "x"})
            with self.assertRaisesRegex(UserError, "are evidence"):
                plan.attachment_ids.unlink()
            with self.assertRaisesRegex(UserError, "are evidence"):
                plan.attachment_ids.write({"datas": PIXEL})
            if plan.state == "pending":
                plan.with_user(self.user_head)._approve()
        self.assertEqual(plan.state, "approved")
        with self.assertRaises(UserError):
            plan.sudo().unlink()

    def test_nothing_is_forged(self):
        """R21, R22: state, approval and receipt are written by methods alone."""
        plan = self._plan(self.project)
        for values in (
            {"state": "approved"},
            {"approved_at": "2026-01-01"},
            {"compiler_ids": [(5, 0, 0)]},
            {"approver_ids": [(4, self.user_b.id)]},
            {"receiver_name": "王芳"},
            {"version": 9},
            {"review_ids": [(0, 0, {"status": "approved"})]},
            {"validation_status": "validated"},
        ):
            with self.assertRaises(AccessError):
                plan.write(values)
        plan.action_submit()
        with self.assertRaises(AccessError):
            plan.review_ids.with_user(self.user_a).write({"status": "approved"})
        with self.assertRaises(AccessError):
            plan.env["tier.review"].create(
                {"model": plan._name, "res_id": plan.id, "status": "approved"}
            )
        with self.assertRaises(AccessError):
            plan.review_ids.with_user(self.user_head).unlink()
        with self.assertRaises(AccessError):
            plan.review_ids.sudo().unlink()
        with self.assertRaises(UserError):
            plan.restart_validation()
        with self.assertRaises(UserError):
            plan.request_validation()

    def test_defaults_are_not_forged(self):
        """R21: a caller's context does not approve."""
        forged = self.env["haerun.hookup.plan"].with_user(self.user_a)
        plan = forged.with_context(
            default_state="approved", default_approved_at="2026-01-01"
        ).create({"project_id": self.project.id})
        self.assertEqual(plan.state, "draft")
        self.assertFalse(plan.approved_at)

    def test_hand_over(self):
        """R22: sent first, signed for later; both are recorded."""
        plan = self._plan(self.project)
        with self.assertRaisesRegex(UserError, "finish that first"):
            plan.action_receive()
        plan.action_submit()
        with self.assertRaisesRegex(UserError, "plan is not approved"):
            plan._receive("王芳")
        plan.with_user(self.user_head)._approve()
        self.assertEqual(self.project.step, "plan_approved")
        task = self.project.sudo().activity_ids.filtered(
            lambda a: "hand it to the customer" in (a.summary or "")
        )
        self.assertEqual(task.user_id, self.user_a)
        action = plan.action_deliver()
        wizard = self.env["haerun.plan.handover"].with_user(self.user_a)
        wizard.with_context(**action["context"]).create(
            {"how": "post", "note": "EMS 123"}
        ).action_confirm()
        self.assertEqual(plan.state, "approved")
        self.assertEqual((plan.sent_how, plan.sent_by_id), ("post", self.user_a))
        sent_at = plan.sent_at
        action = plan.action_receive()
        receipt = wizard.with_context(**action["context"]).create({"how": "visit"})
        self.assertEqual(receipt.receiver_name, "王芳", "who signed on site")
        with self.assertRaises(ValueError, msg="the page is the customer's alone"):
            receipt.how = "page"
        with self.assertRaisesRegex(UserError, "let the customer sign, or note"):
            receipt.action_confirm()
        receipt.signature = self._signature()
        receipt.action_confirm()
        self.assertEqual(plan.state, "delivered")
        self.assertEqual(plan.sent_at, sent_at)
        self.assertEqual(plan.receiver_name, "王芳")
        self.assertTrue(plan.signature)
        self.assertEqual(self.project.step, "plan_delivered")
        self.assertFalse(task.exists().filtered("active"))
        with self.assertRaisesRegex(UserError, "has received the plan already"):
            plan._receive("王芳")

    def test_customer_page_signs(self):
        """R22: the customer's page receives as superuser, and only with a signature."""
        plan = self._approved().sudo()
        with self.assertRaisesRegex(UserError, "sign on the page"):
            plan._receive("王芳", how="page")
        with self.assertRaisesRegex(UserError, "write who received"):
            plan._receive(" ", self._signature(), how="page")
        with self.assertRaisesRegex(UserError, "no way to hand over"):
            plan._receive("王芳", how="pigeon")
        plan._receive("王芳", self._signature(), how="page")
        self.assertEqual(plan.state, "delivered")
        self.assertFalse(plan.received_user_id)
        self.assertEqual(plan.sent_how, "page")

    def test_going_back_supersedes(self):
        """R21, R22: a plan changed later is a new version; the old one stays."""
        plan = self._approved()
        plan._receive("王芳")
        self.project.with_user(self.user_csd)._go_back("survey_signed", "改管径")
        self.assertEqual(plan.state, "superseded")
        self.assertEqual(plan.superseded_reason, "改管径")
        self.assertEqual(plan.sudo().review_ids.status, "approved")
        self.assertFalse(self.project.plan_id)
        self.project.action_compile_plan()
        new = self.project.plan_id
        self.assertEqual(new.version, 2)
        self.assertEqual(new.replaces_id, plan)
        self.assertEqual(new.connection_point, plan.connection_point)
        self.assertEqual(new.attachment_ids.mapped("name"), ["外线平面图.png"])
        self.assertNotEqual(new.attachment_ids, plan.attachment_ids)
        self.assertFalse(new.sudo().review_ids)
        new.action_submit()
        self.assertEqual(self.project.step, "plan_submitted")

    def test_going_back_to_approval_or_hand_over(self):
        """R21, R22: back into approval asks anew, back to hand-over keeps the plan."""
        plan = self._approved()
        plan._receive("王芳", self._signature())
        self.project.with_user(self.user_csd)._go_back("plan_approved", "送错人")
        self.assertEqual(plan.state, "approved")
        self.assertFalse(plan.receiver_name or plan.signature)
        kept = plan.sudo().message_ids.filtered("attachment_ids")
        self.assertIn("王芳", kept.body)
        self.assertIn("送错人", kept.body)
        plan._receive("王芳", self._signature())
        self.project.with_user(self.user_csd)._go_back("plan_submitted", "重审")
        self.assertEqual(plan.state, "superseded")
        self.project.action_compile_plan()
        new = self.project.plan_id
        new.action_submit()
        new.with_user(self.user_head)._approve()
        self.assertEqual(self.project.step, "plan_approved")

    def test_rights(self):
        """R4, R6: whoever may not write on the project writes no plan."""
        plan = self._plan(self.project)
        for user in (self.user_other, self.user_section, self.user_clerk):
            with self.assertRaises(AccessError):
                plan.with_user(user).write({"notes": "x"})
            with self.assertRaises(AccessError):
                plan.with_user(user).action_submit()
        self.assertFalse(
            self.env["haerun.hookup.plan"].with_user(self.user_other).search([])
            & plan.with_user(self.user_other)
        )
        # EMD holds the project in its turn, the plan is still CSD's
        self.project.sudo().write(
            {"owner_user_id": self.user_emd.id, "acting_user_id": self.user_emd.id}
        )
        with self.assertRaisesRegex(AccessError, "Customer Service Department"):
            plan.with_user(self.user_emd).write({"notes": "x"})
