"""A story: a residential site and a large enterprise, from the window to the end.

Two projects of September and October 2026, worked out by hand. A day of work is
08:30-12:00 and 13:30-17:00, 7 hours. Sun 09-20 and Sat 10-10 are make-up workdays;
Fri 09-25 to Sun 09-27 is Mid-Autumn, Thu 10-01 to Wed 10-07 National Day.

The site, 600 households, outside line needed: its customer's design unit is late, the
drawings pass in the second round while A is away and B acts, three rectifications, and
the customer wants the water a week after all is accepted.

The enterprise, DN150, simple outside line: papers are brought late, the customer
refuses to sign the first survey record, the first plan is returned, the permit office
keeps construction waiting.

``HELD`` below is what must come out: every step, who held it, who acted, how long.
"""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.haerun_customer_rep.tests import (
    test_hookup_design,
    visit_common,
    works_common,
)

A, B, CLERK, EMD = "张伟", "李娜", "王磊", "郑凯"

#: step stood at, holder, who acted, working hours
SITE_HELD = [
    ("handed_over", "company", A, 1.0),
    ("survey_planned", "company", A, 5.5 + 2.5),
    ("surveyed", "company", A, 1 / 6),
    ("survey_signed", "company", A, 5 / 6 + 3.5 + 6.0),
    ("plan_submitted", "company", A, 1.0 + 5.0),
    ("plan_approved", "company", A, 2.0 + 0.5),
    # 09-11 6.5, 09-14 to 09-18 35, Sun 09-20 7, 09-21 0.5
    ("plan_delivered", "design", A, 6.5 + 35 + 7 + 0.5),
    ("design_finished", "company", A, 6.5),
    ("design_finished", "company", B, 2.5),
    ("plan_delivered", "design", B, 4.5 + 7 + 4.0),
    ("design_finished", "company", B, 3.0),
    ("design_finished", "company", A, 1.5),  # Mid-Autumn lies between
    ("review_passed", "company", EMD, 5.5 + 1.5),
    # 09-29 5.5, 09-30 7, National Day, 10-08 7, 10-09 7, Sat 10-10 1.5
    ("construction_filed", "construction", EMD, 5.5 + 7 + 7 + 7 + 1.5),
    ("nodes_passed", "company", EMD, 5.5 + 7 + 2.5),
    ("items_accepted", "company", EMD, 4.5 + 1.5),
    ("meters_accepted", "customer", EMD, 5.5 + 14 + 21),
    ("meters_accepted", "company", EMD, 1.5),
    ("water_on", "company", A, 5.5 + 2.5),
    ("account_opened", "company", A, 4.5 + 1.0),
    ("visited", "company", A, 0.0),  # closed by itself at once
]
ENTERPRISE_HELD = [
    ("accepted", "company", CLERK, 1 / 6),
    ("accepted", "customer", CLERK, 2 + 2 / 3 + 3.5 + 14 + 1.5),
    ("handed_over", "company", A, 1.0),
    ("survey_planned", "company", A, 4.5 + 5.0),
    ("surveyed", "company", A, 1.0),
    ("survey_planned", "company", A, 1.0 + 1.5),
    ("surveyed", "company", A, 0.5),
    ("survey_signed", "company", A, 1.5 + 2.5),
    ("plan_submitted", "company", A, 1.0 + 0.5),
    ("survey_signed", "company", A, 3.0 + 1.5),
    ("plan_submitted", "company", A, 2.0 + 1.5),
    ("plan_approved", "company", A, 2.0 + 0.5),
    ("plan_delivered", "design", A, 3.0 + 7 + 1.5),
    ("design_finished", "company", A, 5.5 + 7 + 4.0),  # Sun 09-20 is worked
    ("review_passed", "company", EMD, 3.0 + 1.5),
    ("construction_filed", "construction", EMD, 2.0 + 0.5),
    ("construction_filed", "permit", EMD, 3.0 + 14 + 0.5),
    ("construction_filed", "construction", EMD, 6.5 + 7 + 5.0),
    ("nodes_passed", "company", EMD, 2.0 + 3.5 + 0.5),  # National Day between
    ("items_accepted", "company", EMD, 3.0 + 1.5),
    ("meters_accepted", "company", EMD, 2.0 + 1.0),
    ("water_on", "company", A, 2.5 + 1.5),
    ("account_opened", "company", A, 5.5 + 0.5),
    ("visited", "company", A, 0.0),
]


@tagged("post_install", "-at_install")
class TestHookupWhole(
    works_common.WorksCommon,
    visit_common.VisitCommon,
    test_hookup_design.DesignCommon,
):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls._name_all_levels()
        cls._lead_above()
        cls.user_marketing = cls._user("test_marketing", "蒋莉", "representative")
        rep = cls._representative(cls.user_marketing, cls.branch, "marketing")
        cls.env["haerun.area.responsible"].create(
            {"area_id": cls.area.id, "representative_id": rep.id}
        )
        cls.contractor = cls.units.create(
            {
                "kind": "contractor",
                "name": "宏达管道工程有限公司",
                "qualification_no": "D237000001",
                "qualification_grade": "市政二级",
                "qualification_until": "2027-12-31",
            }
        )

    # ------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------

    def _take_in(self, service, missing=0, **values):
        kind = self.env.ref(f"haerun_customer_rep.service_type_{service}")
        lines = self.projects._checklist(kind.current_version_id)
        return self._accept(
            service_type_id=kind.id,
            material_ids=[
                (0, 0, {**line, "received": position >= missing})
                for position, line in enumerate(lines)
            ],
            **values,
        ).with_env(self.env)

    def _fix_survey(self, project, text):
        return self._survey(
            project,
            planned_at=self.at_utc(text),
            invitation_ids=[(0, 0, {"department_id": self.branch.id})],
        )

    def _sign(self, survey):
        survey.write({"signature": self._signature(), "signer_name": "李经理"})
        survey.action_sign()

    def _approve(self, project, *when):
        """Head, coordinator and leader, one after the other."""
        people = (self.user_head, self.user_csd, self.user_boss)
        for user, text in zip(people, when, strict=True):
            with self.at(text):
                project.plan_id.with_user(user)._approve("同意")

    def _design(self, project, **values):
        project.with_user(self.user_a)._choose_design(
            {**test_hookup_design.CHOICE, **values}, "written"
        )

    def _finish(self, project, user):
        return project.with_user(user)._finish_design(
            "施工图已完成", self._drawings(user), "written"
        )

    def _contact(self, project):
        mine = project.with_user(self.user_emd)
        log = self.env["haerun.contact.log"].browse(
            mine.action_contact_before_work()["res_id"]
        )
        log = log.with_user(self.user_emd)
        log.write({"how": "visit", "resolution": "约定进场时间与施工便道"})
        log.action_done()

    def _file(self, project):
        filing = (
            self.env["haerun.hookup.filing"]
            .with_user(self.user_emd)
            .create(
                {
                    "project_id": project.id,
                    "number": f"SG2026-{project.id}",
                    "authority": "市北区住建局",
                    "filed_on": fields.Date.today(),
                    "contractor_id": self.contractor.id,
                    "planned_start": fields.Date.today(),
                    "planned_end": fields.Date.today() + timedelta(days=30),
                }
            )
        )
        filing.action_file()

    def _inspect(self, project, kind):
        lines = self._lines(project, kind).filtered(lambda line: line.state == "open")
        if kind != "node":
            self._join(lines)
        for line in lines:
            self._pass(line)

    def _turn_on(self, project):
        water_on = project.water_on_id.with_user(self.user_emd)
        water_on.write(
            {
                "pressure": 0.33,
                "leak_checked": True,
                "photo_ids": [(4, self._photo(self.user_emd).id)],
            }
        )
        water_on.action_done()

    def _agree(self, project, text):
        self.env["haerun.hookup.water.on"].with_user(self.user_emd).create(
            {"project_id": project.id, "agreed_at": self.at_utc(text)}
        )

    def _data(self, project, **values):
        project.with_user(self.user_a).write(
            {
                "use_class": "other",
                "reading_mode": "remote",
                "invoice_title": "青岛恒信机械有限公司",
                "meter_issue_ids": [
                    (0, 0, {"diameter": "150", "count": 1, "receiver": "宏达管道"})
                ],
                **values,
            }
        )
        project.with_user(self.user_a).action_hand_to_account()

    def _stopped(self, project, step, words, user=None):
        """The gate to ``step`` stops and says why."""
        with self.assertRaisesRegex(UserError, words):
            project.with_user(user or self.user_csd)._check_gate(step)

    def _answer_notices(self, project):
        """Whoever was urged on the way answers, so that nothing is left open."""
        notices = project.notice_ids.filtered_domain(
            self.env["haerun.supervision.notice"]._haerun_open_domain()
        )
        for notice in notices:
            notice.with_user(notice.acting_user_id).action_answer("已办理")

    def _run(self):
        """What the scheduled actions do at this moment."""
        self.env["haerun.substitution"]._cron_boundaries()
        self.env["haerun.clock"]._scan_all()
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # The story
    # ------------------------------------------------------------

    def test_from_window_to_end(self):
        """Both projects whole, every gate stops once (R5, R6, R9, R121).

        R11, R12, R13, R15, R16, R17, R18, R19, R20, R21, R22, R23, R24, R25, R26,
        R27, R28, R30, R31, R32, R38, R39.

        Every duration and holder is compared with the figures worked out by hand.
        """
        site = self._site_until_design()
        enterprise = self._enterprise_until_design()
        self._enterprise_until_construction(enterprise)
        self._site_review(site)
        self._enterprise_to_the_end(enterprise)
        self._site_works(site)
        self._site_water_and_end(site)

        self.assertHeld(site, SITE_HELD)
        self.assertHeld(enterprise, ENTERPRISE_HELD)
        self.assertEqual(
            {c.limit_code: c.state for c in site.clock_ids},
            dict.fromkeys(
                (
                    "hookup_handover",
                    "hookup_survey_time",
                    "hookup_survey",
                    "hookup_plan_needed",
                    "hookup_plan_delivery",
                    "hookup_review",
                    "hookup_contact",
                    "hookup_filing",
                    "hookup_construction",
                    "hookup_items",
                    "hookup_meters",
                    "hookup_water_on",
                    "hookup_account",
                ),
                "met",
            ),
        )
        self.assertEqual(site.review_ids.mapped("state"), ["passed", "returned"])
        reviews = site.clock_ids.filtered(lambda c: c.limit_code == "hookup_review")
        self.assertEqual(len(reviews), 2, "a clock a round")
        # a returned round, a failed node; a returned plan; each once
        self.assertEqual((site.setbacks, enterprise.setbacks), (2, 1))
        for project in site | enterprise:
            for clock in project.clock_ids:
                replayed = clock._replay()
                self.assertEqual(
                    (replayed.state, replayed.due_at), (clock.state, clock.due_at)
                )
        figures = self.env["haerun.hookup.report"].search(
            [("project_id", "in", (site | enterprise).ids)]
        )
        self.assertEqual(set(figures.mapped("state")), {"closed"})
        self.assertEqual(set(figures.mapped("on_time")), {100.0})
        self.assertEqual(set(figures.mapped("one_go")), {0.0})
        days = {figure.project_id: figure for figure in figures}
        for project, held in ((site, SITE_HELD), (enterprise, ENTERPRISE_HELD)):
            for holder in ("company", "customer", "design", "construction", "permit"):
                hours = sum(row[3] for row in held if row[1] == holder)
                self.assertAlmostEqual(
                    days[project][f"{holder}_days"], hours / 7, places=2, msg=holder
                )

    def assertHeld(self, project, expected):
        found = [
            (row.step, row.holder, row.acting_user_id.name, round(row.work_hours, 4))
            for row in project.holding_ids
        ]
        self.assertEqual(
            found, [(*row[:3], round(row[3], 4)) for row in expected], project.number
        )

    def _site_until_design(self):
        with self.at("2026-09-07 09:00"):
            site = self._take_in(
                "site", applicant_name="海润花园项目部", diameter="200"
            )
        self.assertEqual(
            site.step, "handed_over", "complete: handed over at once (R16)"
        )
        with self.at("2026-09-07 10:00"):
            survey = self._fix_survey(site, "2026-09-08 09:30")
            survey.invitation_ids.with_user(self.user_branch).action_accept()
        with self.at("2026-09-08 11:00"):
            self._find(survey, outside_line="needed").action_record()
            self._stopped(site, "plan_submitted", "has not signed the survey record")
        with self.at("2026-09-08 11:10"):
            self._sign(survey)
        with self.at("2026-09-09 16:00"):
            plan = self._plan(
                site, diameter="200", meter_diameter="20", meter_count=600
            )
            plan.action_submit()
            self._stopped(site, "plan_approved", "has not decided")
        self._approve(site, "2026-09-10 10:00", "2026-09-10 10:30", "2026-09-10 15:00")
        with self.at("2026-09-11 09:00"):
            site.plan_id.sudo().with_user(self.user_a)._receive(
                "李经理", self._signature(), "counter"
            )
            self._stopped(site, "design_finished", "not chosen a design unit")
            self._design(site)
        return site

    def _enterprise_until_design(self):
        with self.at("2026-09-07 09:10"):
            project = self._take_in(
                "large",
                missing=1,
                applicant_name="青岛恒信机械有限公司",
                diameter="150",
            )
        with self.at("2026-09-07 09:20"):
            project.with_user(self.user_clerk)._give_notice()
            self._stopped(project, "handed_over", "materials are still missing")
        with self.at("2026-09-10 10:00"):
            project.with_user(self.user_clerk).material_ids.write({"received": True})
        self.assertEqual(project.owner_id, self.rep_a)
        with self.at("2026-09-10 11:00"):
            survey = self._fix_survey(project, "2026-09-11 14:00")
        with self.at("2026-09-11 15:00"):
            self._find(survey, outside_line="simple").action_record()
        with self.at("2026-09-11 15:10"):
            survey._refuse("对接水点有异议")
            self._stopped(project, "plan_submitted", "refused to sign.*对接水点有异议")
        with self.at("2026-09-11 16:00"):
            survey = self._fix_survey(project, "2026-09-14 09:00")
        with self.at("2026-09-14 10:00"):
            self._find(survey, outside_line="simple").action_record()
        with self.at("2026-09-14 10:30"):
            self._sign(survey)
        with self.at("2026-09-14 16:00"):
            self._plan(project, diameter="150", meter_diameter="150").action_submit()
        with self.at("2026-09-15 09:00"):
            project.plan_id.with_user(self.user_head)._return("消防用水未单列，补充")
        with self.at("2026-09-15 15:00"):
            plan = project.plan_id.with_user(self.user_a)
            plan.action_revise()
            project.plan_id.with_user(self.user_a).action_submit()
        self.assertEqual(sorted(project.plan_ids.mapped("version")), [1, 2])
        self._approve(
            project, "2026-09-16 09:00", "2026-09-16 09:30", "2026-09-16 10:00"
        )
        with self.at("2026-09-16 14:00"):
            project.plan_id.with_user(self.user_a)._receive(
                "赵总", self._signature(), "visit"
            )
            self._design(project, unit_name="青岛给排水设计所")
        return project

    def _enterprise_until_construction(self, project):
        with self.at("2026-09-18 10:00"):
            review = self._finish(project, self.user_a)
        with self.at("2026-09-21 14:00"):
            review.opinion = "符合规范，同意"
            review.action_pass()
        self.assertEqual(project.owner_id, self.rep_emd, "EMD has it now (R9)")
        with self.at("2026-09-21 15:00"):
            self._stopped(project, "construction_filed", "not contacted before work")
            self._contact(project)
        with self.at("2026-09-22 10:00"):
            self._file(project)
        permit = self.env.ref("haerun_customer_rep.pause_reason_permit")
        with self.at("2026-09-22 14:00"):
            project.with_user(self.user_csd)._suspend(
                permit, self.at_utc("2026-09-28 09:00"), "占道挖掘许可未下"
            )
            self._stopped(project, "nodes_passed", "it is suspended")

    def _site_review(self, site):
        with self.at("2026-09-21 09:00"):
            first = self._finish(site, self.user_a)
        with self.at("2026-09-21 16:00"):
            self.env["haerun.substitution"].create(
                {
                    "principal_id": self.rep_a.id,
                    "deputy_id": self.rep_b.id,
                    "date_from": self.at_utc("2026-09-22 08:30"),
                    "date_to": self.at_utc("2026-09-24 17:00"),
                    "source": "manual",
                }
            )
        with self.at("2026-09-22 08:30"):
            self._run()
        with self.at("2026-09-22 11:00"):
            mine = first.with_user(self.user_b)
            issues = (
                self.env["haerun.hookup.review.issue"]
                .with_user(self.user_b)
                .create(
                    [
                        {"review_id": first.id, "drawing_no": "S-03", "text": text}
                        for text in ("二次供水泵房进水管径偏小", "缺倒流防止器大样")
                    ]
                )
            )
            mine.opinion = "按意见修改后再报"
            mine.action_return()
        self.assertEqual(issues.mapped("name"), ["1-1", "1-2"])
        with self.at("2026-09-24 14:00"):
            second = self._finish(site, self.user_b)
            self._stopped(site, "review_passed", "not resolved: 1-1、1-2")
        with self.at("2026-09-24 17:00"):
            self._run()
        self.assertEqual(site.acting_user_id, self.user_a, "A is back")
        with self.at("2026-09-28 10:00"):
            for issue in issues.with_user(self.user_a):
                issue.resolution = "已修改"
                issue.action_resolve()
            second = second.with_user(self.user_a)
            second.opinion = "同意"
            second.action_pass()
        self.assertEqual(first.reviewed_for_id, self.user_a, "B for A")
        with self.at("2026-09-28 14:00"):
            self._contact(site)
        with self.at("2026-09-29 10:00"):
            self._file(site)

    def _enterprise_to_the_end(self, project):
        with self.at("2026-09-28 09:00"):
            self._run()
        self.assertFalse(project.suspended_at, "runs on by itself")
        with self.at("2026-09-30 15:00"):
            self._inspect(project, "node")
            project.with_user(self.user_emd).action_pass_nodes()
        with self.at("2026-10-08 14:00"):
            self._inspect(project, "item")
            project.with_user(self.user_emd).action_accept_items()
        with self.at("2026-10-09 10:00"):
            self._stopped(project, "meters_accepted", "to inspect", self.user_emd)
            self._inspect(project, "meter")
            project.with_user(self.user_emd).action_accept_meters()
            project.with_user(self.user_emd)._request_water_on("2026-10-09", "told")
            self._agree(project, "2026-10-09 14:00")
        with self.at("2026-10-09 14:30"):
            self._turn_on(project)
            self._data(project)
        with self.at("2026-10-10 10:00"):
            project.with_user(self.user_marketing)._open_account("100700")
            self._stopped(project, "visited", "is still to be made")
        with self.at("2026-10-12 09:00"):
            self._answer_notices(project)
            self._ask(self._visit(project).with_user(self.user_a), "4")
        self.assertEqual(project.step, "closed")

    def _site_works(self, site):
        mine = site.with_user(self.user_emd)
        with self.at("2026-09-30 10:00"):
            *good, bad = self._lines(site, "node")
            for line in good:
                self._pass(line)
            self._fail(bad)
        with self.at("2026-09-30 10:30"):
            first = self._raise(site, inspection_id=bad.id)
            self._stopped(site, "nodes_passed", "not passed, inspect again")
        with self.at("2026-10-08 11:00"):
            self._report(first)
        with self.at("2026-10-09 10:00"):
            self._stopped(site, "nodes_passed", "rectification is not closed")
            first.with_user(self.user_branch).action_close()
        with self.at("2026-10-09 15:00"):
            self._pass(self._again(bad))
        with self.at("2026-10-10 10:00"):
            mine.action_pass_nodes()
        with self.at("2026-10-12 10:00"):
            self._inspect(site, "item")
            others = [
                self._raise(site, self.user_branch, opinion=text)
                for text in ("井盖标识错误", "水箱人孔未加锁")
            ]
        with self.at("2026-10-12 16:00"):
            for opinion in others:
                self._report(opinion)
        with self.at("2026-10-13 10:00"):
            for opinion in others:
                opinion.with_user(self.user_branch).action_close()
        with self.at("2026-10-13 11:00"):
            mine.action_accept_items()
        rectified = site.rectification_ids
        self.assertEqual(set(rectified.mapped("state")), {"closed"})
        self.assertEqual(set(rectified.clock_ids.mapped("state")), {"met"})
        # raised Wed 09-30 10:30; 5 working days: 10-08, 09, 10, 12, 13
        self.assertEqual(first.clock_ids.due_at, self.at_utc("2026-10-13 17:00"))

    def _site_water_and_end(self, site):
        with self.at("2026-10-13 15:00"):
            site.sudo()._request_water_on("2026-10-22", "page")
        with self.at("2026-10-14 10:00"):
            self._inspect(site, "meter")
            site.with_user(self.user_emd).action_accept_meters()
        with self.at("2026-10-19 09:00"):
            self._stopped(
                site, "water_on", "no time for water-on is agreed", self.user_emd
            )
            self._agree(site, "2026-10-22 09:30")
        with self.at("2026-10-22 00:05"):
            self._run()
        with self.at("2026-10-22 10:00"):
            self._turn_on(site)
        with self.at("2026-10-22 14:00"):
            self._stopped(
                site, "account_opened", "not handed to the branch", self.user_a
            )
            self._data(
                site,
                use_class="residential",
                household_count=600,
                property_contact="海润物业 0532-88880000",
                meter_issue_ids=[
                    (0, 0, {"diameter": "20", "count": 600, "receiver": "宏达管道"})
                ],
            )
        with self.at("2026-10-23 11:00"):
            site.with_user(self.user_marketing)._open_account("100001-100600")
        with self.at("2026-10-26 09:30"):
            self._answer_notices(site)
            visit = self._visit(site).with_user(self.user_a)
            self._ask(visit, "5")
        self.assertEqual(site.step, "closed")
        self.assertEqual(site.ended_at, self.at_utc("2026-10-26 09:30"))
