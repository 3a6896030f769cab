from hypothesis import given, strategies

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tests.common import BaseCase

from odoo.addons.haerun_customer_rep.tools import hookup_route

from .hookup_common import HookupCommon

PHASE_SETS = strategies.sets(strategies.sampled_from(sorted(hookup_route.OPTIONAL)))


class TestRouteProperties(BaseCase):
    @given(asked=PHASE_SETS)
    def test_every_route_leads_to_the_end(self, asked):
        """R1: whatever a service type leaves out, the way ends, in the same order."""
        code, seen = "accepted", ["accepted"]
        while (step := hookup_route.next_step(code, asked)) is not None:
            code = step.code
            seen.append(code)
        self.assertEqual(tuple(seen), hookup_route.route(asked))
        self.assertEqual(seen[-1], "closed")
        self.assertEqual(seen, sorted(seen, key=hookup_route.ORDER.get))
        self.assertTrue(
            {"survey_signed", "plan_approved", "meters_accepted", "water_on"}
            <= set(seen),
            "no service type leaves these out (R19, R21, R32, R13)",
        )

    @given(asked=PHASE_SETS, more=PHASE_SETS)
    def test_fewer_phases_fewer_steps(self, asked, more):
        """R1: a service type that asks for less goes through no step more."""
        self.assertLessEqual(
            set(hookup_route.route(asked)), set(hookup_route.route(asked | more))
        )


@tagged("-at_install", "post_install")
class TestHookupRoute(HookupCommon):
    def test_route_by_service_type(self):
        """R1: design, review and construction only where the rules have them."""
        site = self._standing("survey_signed")
        self.assertTrue(
            site.goes_design and site.goes_review and site.goes_construction
        )
        self.assertEqual(site.phase, "plan")
        household = self._standing(
            "plan_delivered", service="household", outside_line="none"
        )
        self.assertFalse(household.goes_design or household.goes_construction)
        self.assertEqual(household.next_step, "meters_accepted")
        self.assertEqual(household.phase, "acceptance")

    def test_passes_from_level_to_level(self):
        """R5, R6, R9: CSD up to review, EMD to water-on, then CSD; all logged."""
        project = self._standing("review_passed")
        self.assertEqual(project.owner_id, self.rep_emd)
        self.assertEqual(project.coordinator_id, self.rep_a)
        self.assertEqual(project.branch_rep_id, self.rep_branch)
        kinds = project.clock_ids.event_ids.mapped("kind")
        self.assertIn("reassign", kinds)
        self.assertTrue(
            project.with_user(self.user_a).has_access("write"), "still coordinates"
        )
        self.assertTrue(project.with_user(self.user_branch).has_access("read"))
        self.assertFalse(project.with_user(self.user_branch).has_access("write"))
        while project.step != "water_on":
            project._advance(project._next_code())
        self.assertEqual(project.owner_id, self.rep_a)

    def test_who_takes_it_must_be_known(self):
        """R9: no step into the hands of nobody."""
        project = self._standing("design_finished")
        self.area.responsible_ids.filtered(
            lambda line: line.representative_id == self.rep_emd
        ).unlink()
        self.assertRegex(
            project._gate_next_holder("review_passed")[0],
            "no engineering representative of the Engineering Management",
        )

    def test_level_of_the_post(self):
        """R4: who holds a post of another level does not act on a step."""
        project = self._standing("review_passed")
        for user, step, may in (
            (self.user_emd, "construction_filed", True),
            (self.user_a, "construction_filed", False),
            (self.user_branch, "construction_filed", False),
            (self.user_csd, "construction_filed", True),
            (self.user_a, "review_passed", True),
            (self.user_emd, "review_passed", False),
        ):
            mine = project.with_user(user)
            if may:
                mine._check_level(step)
            else:
                with self.assertRaisesRegex(AccessError, "is for the engineering rep"):
                    mine._check_level(step)

    def test_order(self):
        """R21: a step is not reached over another."""
        project = self._standing("handed_over").with_user(self.user_a)
        with self.assertRaisesRegex(UserError, "it stands at “Handed Over”"):
            project._check_gate("plan_submitted")

    def test_board_shows_the_whole_way(self):
        """R5: the phases are columns, also those without a project."""
        board = self.projects.with_context(read_group_expand=True)
        groups = board.web_read_group([("id", "=", 0)], ["phase"], ["__count"])[
            "groups"
        ]
        self.assertEqual(
            [group["phase"] for group in groups],
            [code for code, _name in hookup_route.PHASES[1:-1]],
        )


@tagged("-at_install", "post_install")
class TestHookupTurns(HookupCommon):
    def _turn(self, project, user, kind, **values):
        form = Form(
            self.env["haerun.hookup.turn"]
            .with_user(user)
            .with_context(default_project_ids=project.ids, default_kind=kind)
        )
        for name, value in values.items():
            setattr(form, name, value)
        form.save().action_confirm()

    def test_nobody_decides_on_his_own(self):
        """R5, R120: refusal, suspension, going back are for who leads, not holds."""
        project = self._standing("plan_submitted")
        for name in ("refuse", "suspend", "go_back", "reassign"):
            for user in (self.user_a, self.user_branch, self.user_clerk):
                with self.assertRaises(AccessError):
                    getattr(project.with_user(user), f"action_{name}")()
            action = getattr(project.with_user(self.user_head), f"action_{name}")()
            self.assertEqual(action["res_model"], "haerun.hookup.turn")

    def test_refusal_and_reopening(self):
        """R15: a refused project ends with its reason; reopened, its clocks run on."""
        with self.at("2026-09-21 09:00"):
            project = self._standing("plan_submitted")
        running = project._open_clocks()
        with self.at("2026-09-21 10:00"):
            self._turn(project, self.user_head, "refuse", reason="管网能力不足")
        self.assertEqual(project.step, "refused")
        self.assertEqual(project.phase, "closed")
        self.assertEqual(set(running.mapped("state")), {"cancelled"})
        self.assertFalse(project.holding_ids.filtered(lambda h: not h.ended_at))
        with self.assertRaisesRegex(UserError, "have it reopened"):
            project.with_user(self.user_a)._check_gate("plan_approved")
        with self.at("2026-09-22 10:00"):
            self._turn(project, self.user_csd, "reopen", reason="扩容工程已批")
        self.assertEqual(project.step, "plan_submitted")
        self.assertEqual(set(running.mapped("state")), {"running"})
        self.assertFalse(project.end_reason)
        self.assertEqual(project.setbacks, 1, "refused in error")
        self.assertIn("扩容工程已批", project.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "nothing to reopen"):
            project.with_user(self.user_csd).action_reopen()

    def test_suspension(self):
        """R20: a suspension has a reason and an end; its time is another's."""
        permit = self.env.ref("haerun_customer_rep.pause_reason_permit")
        with self.at("2026-09-21 08:30"):
            project = self._standing("survey_signed")
        # 5 working days; Fri 09-25 is Mid-Autumn, so 09-22, 23, 24, 28, 29
        self.assertEqual(project.due_at, self.at_utc("2026-09-29 17:00"))
        with self.at("2026-09-21 10:30"):
            with self.assertRaisesRegex(UserError, "a time to come"):
                project.with_user(self.user_head)._suspend(permit, False, "等批")
            self._turn(
                project,
                self.user_head,
                "suspend",
                pause_reason_id=permit,
                until="2026-09-23 02:30:00",
                reason="占道挖掘许可",
            )
            with self.assertRaisesRegex(UserError, "it is suspended"):
                project.with_user(self.user_a)._check_gate("plan_submitted")
        self.assertFalse(project.due_at)
        self.assertEqual(project.holding_ids[-1].holder, "permit")
        with self.at("2026-09-23 10:30"):
            self.env["haerun.clock"]._scan_all()
        self.assertFalse(project.suspended_at, "ended with the pause of its clock")
        # two working days later, and 10-01 to 10-07 are National Day
        self.assertEqual(project.due_at, self.at_utc("2026-10-08 17:00"))
        self.assertEqual(project.holding_ids[-1].holder, "company")
        permit_days = project.holding_ids.filtered(lambda h: h.holder == "permit")
        self.assertAlmostEqual(sum(permit_days.mapped("work_hours")), 14.0)

    def test_suspension_without_a_clock_ends_too(self):
        """R20: where no clock waits, the scheduled action ends the suspension."""
        weather = self.env.ref("haerun_customer_rep.pause_reason_weather")
        with self.at("2026-09-21 08:30"):
            project = self._standing("plan_delivered")
            self.assertFalse(project._open_clocks())
            project.with_user(self.user_head)._suspend(
                weather, self.at_utc("2026-09-22 08:30"), "雨季禁挖"
            )
        with self.at("2026-09-22 08:20"):
            self.projects._cron_resume()
            self.assertTrue(project.suspended_at)
        with self.at("2026-09-22 08:30"):
            self.projects._cron_resume()
        self.assertFalse(project.suspended_at)

    def test_back_a_step(self):
        """R21: back to an earlier step; later clocks lapse, its own run anew."""
        with self.at("2026-09-21 08:30"):
            project = self._standing("design_finished")
        review = project._open_clocks()
        self.assertEqual(review.limit_code, "hookup_review")
        with self.at("2026-09-21 09:30"):
            with self.assertRaisesRegex(UserError, "a step before that"):
                project.with_user(self.user_head)._go_back("water_on", "错")
            self._turn(
                project,
                self.user_head,
                "back",
                step="survey_signed",
                reason="用水量翻倍，重编方案",
            )
        self.assertEqual(project.step, "survey_signed")
        self.assertEqual(review.state, "cancelled", "which is not met")
        self.assertEqual(project._open_clocks().limit_code, "hookup_plan_needed")
        self.assertEqual(project.setbacks, 1)

    def test_reassign(self):
        """R4, R5: to a post of the level that acts; open work and clocks move."""
        project = self._standing("survey_signed")
        with self.assertRaisesRegex(UserError, "cannot take"):
            project.with_user(self.user_head)._reassign(self.rep_emd, "忙")
        self._turn(
            project,
            self.user_head,
            "reassign",
            representative_id=self.rep_b,
            reason="片区调整",
        )
        self.assertEqual(project.owner_id, self.rep_b)
        self.assertEqual(project.coordinator_id, self.rep_b)
        self.assertEqual(project._open_clocks().owner_id, self.rep_b)


@tagged("-at_install", "post_install")
class TestHookupHolding(HookupCommon):
    def test_time_told_apart(self):
        """R20: company, customer and design time add up, by hand-worked figures.

        Mon 2026-09-21 09:00 accepted, 09:20 one-time notice, 14:30 papers complete and
        handed over; the customer had 09:20-12:00 and 13:30-14:30 (3 h 40 min).
        """
        with self.at("2026-09-21 09:00"):
            project = self._accept(complete=False).with_env(self.env)
        with self.at("2026-09-21 09:20"):
            project.with_user(self.user_clerk)._give_notice()
        with self.at("2026-09-21 14:30"):
            project.with_user(self.user_clerk).material_ids.write({"received": True})
        self.assertEqual(project.step, "handed_over")
        first, waiting, now = project.holding_ids
        self.assertEqual(first.holder, "company")
        self.assertEqual(first.acting_user_id, self.user_clerk)
        self.assertAlmostEqual(first.work_hours, 20 / 60)
        self.assertEqual(waiting.holder, "customer")
        self.assertAlmostEqual(waiting.work_hours, 3 + 40 / 60)
        self.assertAlmostEqual(waiting.work_days, (3 + 40 / 60) / 7)
        self.assertEqual((now.holder, now.owner_id), ("company", self.rep_a))
        self.assertFalse(now.ended_at)

    def test_deputy_is_charged_while_he_acts(self):
        """R121: what lay with B is B's time, not A's."""
        with self.at("2026-09-21 09:00"):
            project = self._accept().with_env(self.env)
        with self.at("2026-09-21 10:00"):
            self.env["haerun.substitution"].create(
                {
                    "principal_id": self.rep_a.id,
                    "deputy_id": self.rep_b.id,
                    "date_from": self.at_utc("2026-09-21 10:00"),
                    "date_to": self.at_utc("2026-09-22 17:00"),
                    "source": "manual",
                }
            )
        mine, deputys = project.holding_ids
        self.assertEqual(mine.acting_user_id, self.user_a)
        self.assertEqual(mine.work_hours, 1.0)
        self.assertEqual(deputys.acting_user_id, self.user_b)
        self.assertEqual(deputys.owner_id, self.rep_a)

    def test_holdings_are_evidence(self):
        """R20: gapless, one at a time, nobody writes or deletes one."""
        project = self._standing("meters_accepted")
        holdings = project.holding_ids
        for before, after in zip(holdings, holdings[1:], strict=False):
            self.assertEqual(before.ended_at, after.started_at)
        self.assertEqual(holdings.filtered(lambda h: not h.ended_at), holdings[-1])
        with self.assertRaises(AccessError):
            holdings[0].with_user(self.user_csd).write({"holder": "customer"})
        with self.assertRaisesRegex(UserError, "never deleted"):
            holdings[0].unlink()
