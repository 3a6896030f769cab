from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .hookup_common import HookupCommon


@tagged("-at_install", "post_install")
class TestHookupPlanApproval(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._lead_above()

    def _submitted(self, service="household", outside_line="none", **values):
        project = self._standing("survey_signed", service, outside_line)
        plan = self._plan(project, **values)
        plan.action_submit()
        return plan.sudo()

    def _away(self, rep, deputy, **values):
        now = fields.Datetime.now()
        return self.env["haerun.substitution"].create(
            {
                "principal_id": rep.id,
                "deputy_id": deputy.id,
                "date_from": now - timedelta(hours=1),
                "date_to": now + timedelta(days=3),
                "source": "manual",
                **values,
            }
        )

    def _tiers(self, plan):
        return plan.review_ids.sorted("sequence").definition_id

    def test_tiers_by_type_and_diameter(self):
        """R21: who approves follows from service type, diameter and outside line."""
        head, coordinator, leader = (
            self.env.ref(f"haerun_customer_rep.tier_plan_{name}")
            for name in ("head", "coordinator", "leader")
        )
        every = head | coordinator | leader
        self.assertEqual(self._tiers(self._submitted()), head)
        self.assertEqual(self._tiers(self._submitted("small", diameter="80")), head)
        self.assertEqual(self._tiers(self._submitted(diameter="100")), every)
        self.assertEqual(self._tiers(self._submitted("site")), every)
        self.assertEqual(
            self._tiers(self._submitted(outside_line="simple")), head | coordinator
        )
        self.assertEqual(self._tiers(self._submitted(outside_line="needed")), every)

    def test_one_after_the_other(self):
        """R21: approver, opinion and date of each tier; the last one approves."""
        plan = self._submitted("site", "needed")
        project = plan.project_id
        steps = (
            (self.user_head, "同意方案"),
            (self.user_csd, "口径核对无误"),
            (self.user_boss, "批准"),
        )
        for number, (user, opinion) in enumerate(steps):
            self.assertIn(user, plan.approver_ids)
            self.assertIn(user, plan.activity_ids.user_id, "in his work of today")
            for other, _opinion in steps[number + 1 :]:
                with self.assertRaisesRegex(AccessError, "is decided by"):
                    plan.with_user(other)._approve("越级")
            with self.assertRaisesRegex(UserError, "has not decided"):
                project._check_gate("plan_approved")
            with self.at("2026-11-30 10:00"):
                plan.with_user(user)._approve(opinion)
        self.assertEqual(plan.state, "approved")
        self.assertEqual(project.step, "plan_approved")
        self.assertFalse(plan.approver_ids or plan.activity_ids)
        self.assertEqual(
            [(r.done_by, r.comment) for r in plan.review_ids.sorted("sequence")],
            list(steps),
        )
        self.assertEqual(
            set(plan.review_ids.mapped("reviewed_date")),
            {self.at_utc("2026-11-30 10:00")},
        )
        clocks = {c.limit_code: c.state for c in project.clock_ids}
        self.assertEqual(clocks["hookup_plan_needed"], "met")

    def test_wizard(self):
        """R21: the opinion is asked for; returning without one is refused."""
        plan = self._submitted().with_user(self.user_head)
        self.assertTrue(plan.may_decide)
        wizard = self.env["haerun.plan.opinion"].with_user(self.user_head)
        back = wizard.with_context(**plan.action_return()["context"]).create({})
        with self.assertRaisesRegex(UserError, "say what is to be revised"):
            back.action_confirm()
        yes = wizard.with_context(**plan.action_approve()["context"]).create({})
        yes.action_confirm()
        self.assertEqual(plan.sudo().review_ids.comment, "同意")
        with self.assertRaisesRegex(UserError, "nothing to decide"):
            plan.action_approve()

    def test_return_keeps_versions_and_opinions(self):
        """R20, R21: returned with an opinion, revised as a new version, clock runs."""
        plan = self._submitted("site", "needed")
        project = plan.project_id
        clock = project.clock_ids.filtered(
            lambda c: c.limit_code == "hookup_plan_needed"
        )
        due = clock.due_at
        plan.with_user(self.user_head)._approve("同意")
        plan.with_user(self.user_csd)._return("接水点改到南门")
        self.assertEqual(plan.state, "returned")
        self.assertEqual(plan.return_opinion, "接水点改到南门")
        self.assertEqual(project.step, "survey_signed")
        self.assertEqual(project.setbacks, 1)
        self.assertEqual((clock.state, clock.due_at), ("running", due))
        self.assertEqual(
            plan.review_ids.sorted("sequence").mapped("status"),
            ["approved", "rejected", "cancel"],
        )
        self.assertFalse(plan.activity_ids)
        task = project.activity_ids.filtered(lambda a: "revise" in (a.summary or ""))
        self.assertEqual(task.user_id, self.user_a)
        with self.assertRaisesRegex(UserError, "revise it in a new version"):
            project._check_gate("plan_submitted")
        with self.assertRaises(UserError):
            plan.with_user(self.user_a).write({"notes": "x"})
        action = plan.with_user(self.user_a).action_revise()
        new = self.env["haerun.hookup.plan"].browse(action["res_id"])
        self.assertEqual((new.version, new.state), (2, "draft"))
        self.assertEqual(new.replaces_id, plan)
        new.with_user(self.user_a).connection_point = "南门"
        new.with_user(self.user_a).action_submit()
        self.assertEqual(len(new.sudo().review_ids), 3, "every tier anew")
        self.assertEqual(
            plan.review_ids.filtered("comment").mapped("comment"),
            ["同意", "接水点改到南门"],
        )
        self.assertEqual((clock.state, clock.due_at), ("running", due))

    def test_head_away_leader_above_decides(self):
        """R121: the head of a unit is away by a substitution of his post."""
        rep_head = self._representative(self.user_head)
        plan = self._submitted()
        self.assertEqual(plan.approver_ids, self.user_head)
        with self.assertRaises(AccessError):
            plan.with_user(self.user_b)._approve()
        absence = self._away(rep_head, self.rep_b)
        self.assertEqual(plan.approver_ids, self.user_b, "moved while it waits")
        self.assertEqual(plan.activity_ids.user_id, self.user_b)
        with self.assertRaisesRegex(AccessError, "is decided by 李娜"):
            plan.with_user(self.user_head)._approve()
        absence._end()
        self.assertEqual(plan.approver_ids, self.user_head, "and back")
        self._away(rep_head, self.rep_b)
        plan.with_user(self.user_b)._approve("代为同意")
        review = plan.review_ids
        self.assertEqual(review.done_by, self.user_b)
        self.assertEqual(review.haerun_for_id, self.user_head)
        self.assertEqual(plan.state, "approved")
        plan.with_user(self.user_b).read(["state", "review_ids"])

    def test_head_on_leave_without_a_post(self):
        """R121: a head without a post who is on leave is covered by the one above."""
        kind = self.env["hr.leave.type"].create(
            {"name": "事假", "requires_allocation": False, "request_unit": "hour"}
        )
        plan = self._submitted()
        now = fields.Datetime.now()
        leave = self.env["hr.leave"].create(
            {
                "holiday_status_id": kind.id,
                "employee_id": self.user_head.employee_id.id,
                "request_date_from": now.date(),
                "request_date_to": (now + timedelta(days=7)).date(),
            }
        )
        leave.sudo().with_context(leave_skip_state_check=True).write(
            {"state": "validate"}
        )
        with freeze_time(leave.date_from + timedelta(hours=1)):
            self.env["haerun.substitution"]._cron_boundaries()
            self.assertEqual(plan.approver_ids, self.user_boss)
            plan.with_user(self.user_boss)._approve("同意")
        self.assertEqual(plan.review_ids.haerun_for_id, self.user_head)

    def test_not_ones_own_plan(self):
        """R21: nobody approves what he compiled, nor as deputy, nor what his deputy
        compiled for him."""
        project = self._standing("survey_signed", "household", "none")
        plan = self._plan(project, user=self.user_head)
        plan.action_submit()
        plan = plan.sudo()
        self.assertEqual(plan.approver_ids, self.user_boss)
        with self.assertRaisesRegex(AccessError, "compiled by you"):
            plan.with_user(self.user_head)._approve()
        # B compiled; the head is away and B is his deputy
        rep_head = self._representative(self.user_head)
        project = self._standing("survey_signed", "household", "none")
        self._away(self.rep_a, self.rep_b)
        plan = self._plan(project)
        self.assertEqual(plan.sudo().compiler_ids, self.user_a | self.user_b)
        plan.action_submit()
        self._away(rep_head, self.rep_b)
        plan = plan.sudo()
        self.assertEqual(plan.approver_ids, self.user_boss)
        self.assertEqual(plan.submitted_for_id, self.user_a)
        with self.assertRaisesRegex(AccessError, "compiled by you"):
            plan.with_user(self.user_b)._approve()

    def test_writer_of_a_line_does_not_approve(self):
        """R21: whoever wrote on the plan is one of its compilers."""
        project = self._standing("survey_signed", "household", "none")
        plan = self._plan(project)
        plan.with_user(self.user_head).notes = "改一处"
        plan.action_submit()
        self.assertEqual(plan.sudo().approver_ids, self.user_boss)

    def test_nobody_to_decide(self):
        """R21: without a rule, or somebody to decide, a plan is not submitted."""
        project = self._standing("survey_signed", "household", "none")
        plan = self._plan(project)
        self.unit.parent_id = False
        self.unit.manager_id = False
        with self.assertRaises(UserError) as refusal:
            plan.action_submit()
        self.assertIn("Nobody can decide", str(refusal.exception))
        self.env["tier.definition"].search([]).active = False
        with self.assertRaises(UserError) as refusal:
            plan.action_submit()
        self.assertIn("No approval rule fits", str(refusal.exception))
        self.assertEqual(plan.state, "draft")

    def test_suspended_and_ended(self):
        """R21: nothing is decided while the project stands still."""
        plan = self._submitted()
        project = plan.project_id.with_user(self.user_csd)
        reason = self.env.ref("haerun_customer_rep.pause_reason_customer")
        project._suspend(reason, fields.Datetime.now() + timedelta(days=2), "等")
        with self.assertRaisesRegex(UserError, "it is suspended"):
            plan.with_user(self.user_head)._approve()
        project._resume("到了")
        project._withdraw("不办了")
        self.assertFalse(plan.approver_ids or plan.activity_ids)
        with self.assertRaisesRegex(UserError, "it has ended"):
            plan.with_user(self.user_csd)._approve()
        project._reopen("又办")
        self.assertEqual(plan.approver_ids, self.user_head)
        plan.with_user(self.user_head)._approve()
        self.assertEqual(plan.project_id.step, "plan_approved")

    def test_rules_are_the_administrators(self):
        """R120: tiers are set by the rules administrator alone, used ones stay."""
        tier = self.env.ref("haerun_customer_rep.tier_plan_head")
        manager = self.user_csd
        manager.group_ids += self.env.ref("base.group_erp_manager")
        for user in (self.user_head, manager):
            with self.assertRaises(AccessError):
                tier.with_user(user).write({"sequence": 5})
            with self.assertRaises(AccessError):
                tier.with_user(user).create({"name": "x", "model_id": tier.model_id.id})
        tier.with_user(self.user_rules).name = "负责人审批"
        extra = tier.with_user(self.user_rules).create(
            {
                "name": "专人复核",
                "model_id": tier.model_id.id,
                "review_type": "individual",
                "reviewer_id": self.user_other.id,
                "approve_sequence": True,
                "sequence": 40,
                "company_id": False,
            }
        )
        plan = self._submitted()
        self.assertEqual(self._tiers(plan), extra | tier)
        self.assertEqual(plan.approver_ids, self.user_other)
        plan.with_user(self.user_other).read(["display_name", "address"])
        self._away(self._representative(self.user_other), self.rep_b)
        self.assertEqual(plan.approver_ids, self.user_b, "deputies count here, too")
        with self.assertRaisesRegex(UserError, "archive it"):
            extra.with_user(self.user_rules).unlink()

    def test_work_of_today_and_menu(self):
        """R20, R21: who is to decide finds it without looking for it."""
        plan = self._submitted()
        work = self.env["haerun.my.work"].with_user(self.user_head).get_my_work()
        mine = [item for item in work["activities"] if item["model"] == plan._name]
        self.assertEqual([item["res_id"] for item in mine], plan.ids)
        action = self.env.ref("haerun_customer_rep.hookup_plan_action_approve")
        domain = [("approver_ids", "=", self.user_head.id), ("state", "=", "pending")]
        self.assertIn("approver_ids", action.domain)
        plans = self.env["haerun.hookup.plan"].with_user(self.user_head)
        self.assertEqual(plans.search(domain), plan.with_user(self.user_head))
        [group] = self.env["res.users"].with_user(self.user_head).review_user_count()
        self.assertEqual(group["pending_count"], 1)

    def test_opinions_are_read_with_the_plan(self):
        """R4: no stranger reads opinions past the plan."""
        plan = self._submitted()
        reviews = self.env["tier.review"].with_user(self.user_other)
        self.assertFalse(reviews.search([("model", "=", plan._name)]))
        with self.assertRaises(AccessError):
            reviews.browse(plan.review_ids.ids).read(["comment"])
        own = self.env["tier.review"].with_user(self.user_a)
        self.assertEqual(
            own.search([("res_id", "=", plan.id), ("model", "=", plan._name)]).ids,
            plan.review_ids.ids,
        )
