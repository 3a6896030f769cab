from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools import hookup_route
from .dashboard_common import check_dashboard
from .figures_common import BACK, DAY, LATE, FiguresCommon


@tagged("-at_install", "post_install")
class TestHookupReport(FiguresCommon):
    """On-time rate, days by step and holder, done in one go, satisfaction (R2)."""

    def _facts(self, name, *projects, user=None):
        model = self.env[f"haerun.hookup.{name}"]
        ids = [project.id for project in projects or (self.late, self.back, self.open)]
        return model.with_user(user or self.user_csd), [("project_id", "in", ids)]

    def _group(self, name, groupby, aggregates, *projects, user=None):
        facts, domain = self._facts(name, *projects, user=user)
        return facts._read_group(domain, groupby, aggregates)

    # ----------------------------------------------------------- a project
    def test_a_row_a_project(self):
        """R2: verdicts, days and posts of one project, against figures by hand."""
        facts, domain = self._facts("report", self.late)
        (row,) = facts.search(domain)
        self.assertEqual((row.on_time, row.one_go, row.setbacks), (0, 100, 0))
        self.assertAlmostEqual(row.total_days, sum(LATE.values()) / DAY, 6)
        self.assertAlmostEqual(row.company_days, sum(LATE.values()) / DAY, 6)
        self.assertEqual(row.customer_days, 0)
        # 7 of 7 promised hours until water-on
        self.assertEqual(row.within_promise, 100)
        self.assertEqual(row.coordinator_id, self.rep_a)
        self.assertEqual(row.emd_rep_id, self.rep_emd)
        self.assertEqual(row.branch_id, self.branch)
        self.assertEqual(row.state, "closed")
        self.assertEqual(row.action_open_project()["res_id"], self.late.id)

    def test_rates_are_averages_of_closed_projects(self):
        """R2: one of two on time, one of two in one go; the open one has no verdict."""
        names = ["accepted:sum", "closed:sum", "on_time:avg", "one_go:avg"]
        names += ["satisfaction:avg", "rated:sum"]
        found = self._group("report", [], names)
        self.assertEqual(found, [(3, 2, 50.0, 50.0, 4.0, 1)])

    def test_no_data_is_not_zero(self):
        """R2: where nothing is closed there is no rate."""
        names = ["on_time:avg", "one_go:avg", "within_promise:avg", "satisfaction:avg"]
        names.append("total_days:avg")
        ((*rates,),) = self._group("report", [], names, self.open)
        self.assertEqual(rates, [False] * 5)
        self.assertTrue(all(rate is False for rate in rates))
        ((days,),) = self._group("stay.report", [], ["project_days:avg"], self.projects)
        self.assertIs(days, False)

    def test_withdrawn_projects_have_no_verdict(self):
        """R2: who takes the application back is neither late nor on time."""
        self.open._withdraw("不办了")
        (row,) = self._group(
            "report", ["state"], ["closed:sum", "on_time:avg"], self.open
        )
        self.assertEqual(row, ("withdrawn", 0, False))

    def test_breach_of_the_promise(self):
        """R1, R2: one minute more than promised until water-on is a breach."""
        version = self.late.service_version_id
        self.env.cr.execute(
            "UPDATE haerun_service_version SET promised_amount = 0.95 WHERE id = %s",
            [version.id],
        )
        facts, domain = self._facts("report", self.late, self.back)
        verdicts = {row.project_id: row.within_promise for row in facts.search(domain)}
        self.assertEqual(verdicts, {self.late: 0, self.back: 100})

    # -------------------------------------------------------------- stays
    def test_days_by_phase_and_holder(self):
        """R2: hours of each phase, worked out by hand, as days a project."""
        found = self._group(
            "stay.report", ["phase", "holder"], ["project_days:avg"], self.late
        )
        by_phase = {phase: days for phase, _holder, days in found}
        by_phase = {phase: days for phase, days in by_phase.items() if days}
        self.assertEqual(set(by_phase), set(LATE))
        for phase, hours in LATE.items():
            self.assertAlmostEqual(by_phase[phase], hours / DAY, 6, phase)
        self.assertEqual({holder for _phase, holder, _days in found}, {"company"})

    def test_days_a_project_count_all_parts_of_a_step(self):
        """R2: 5 h in three parts and 1 h in three: 3 h a project, not 1 h a part."""
        found = dict(
            self._group(
                "stay.report", ["phase"], ["project_days:avg"], self.late, self.back
            )
        )
        for phase in LATE:
            mean = (LATE[phase] + BACK[phase]) / 2 / DAY
            self.assertAlmostEqual(found[phase], mean, 6, phase)

    def test_phases_come_in_order(self):
        """R2: charts and pivots show the way from its beginning to its end."""
        order = [code for code, _name in hookup_route.PHASES]
        for groups in (["phase"], ["phase", "holder"]):
            found = self._group("stay.report", groups, ["__count"])
            ranks = [order.index(row[0]) for row in found]
            self.assertEqual(ranks, sorted(ranks))
        facts, domain = self._facts("stay.report")
        backwards = facts._read_group(
            domain, ["unit_id", "phase"], ["__count"], order="phase desc, unit_id"
        )
        ranks = [order.index(phase) for _unit, phase, _count in backwards]
        self.assertEqual(ranks, sorted(ranks, reverse=True))

    def test_units_are_frozen(self):
        """R2: what EMD held counts for EMD, whoever has the project later."""
        found = dict(
            self._group("stay.report", ["unit_id"], ["work_hours:sum"], self.late)
        )
        self.assertAlmostEqual(found[self.emd], 2.0, 6)
        self.assertAlmostEqual(found[self.unit], 7.0, 6)
        self.rep_emd.unit_id.parent_id = self.unit
        again = self._group("stay.report", ["unit_id"], ["work_hours:sum"], self.late)
        self.assertEqual(dict(again), found)

    def test_phase_follows_the_rules_of_the_type(self):
        """R2: a delivered plan waits for design at a site, else for the meters."""
        with self.at("2026-09-21 09:00"):
            site = self._standing("plan_delivered")
        with self.at("2026-09-21 11:00"):
            site._advance("design_finished")
        with self.at("2026-09-21 11:30"):
            site._advance("review_passed")
        found = self._group(
            "stay.report",
            ["phase", "holder"],
            ["work_hours:sum"],
            site,
        )
        hours = {(phase, holder): value for phase, holder, value in found if value}
        self.assertEqual(hours, {("design", "design"): 2.0, ("review", "company"): 0.5})

    def test_lists_show_what_lies_now(self):
        """R5: the holding that still runs is a row, without days yet."""
        facts, domain = self._facts("stay.report", self.open)
        running = facts.search([*domain, ("ended_at", "=", False)])
        self.assertEqual(running.mapped("step"), ["plan_submitted"])
        ((days,),) = facts._read_group(
            [("id", "in", running.ids)], [], ["work_days:sum"]
        )
        self.assertFalse(days)

    # ------------------------------------------------------------- clocks
    def test_on_time_rate_of_clocks(self):
        """R2: clocks met of those concluded, as an independent count says."""
        clocks = (self.late | self.back).sudo().clock_ids
        met = len(clocks.filtered(lambda clock: clock.state == "met"))
        missed = len(clocks.filtered(lambda clock: clock.state == "missed"))
        self.assertEqual(missed, 1)
        found = self._group(
            "clock.report",
            [],
            ["concluded:sum", "on_time:avg"],
            self.late,
            self.back,
        )
        ((count, rate),) = found
        self.assertEqual(count, met + missed)
        self.assertAlmostEqual(rate, 100 * met / (met + missed))
        late = self._group(
            "clock.report", ["limit_id"], ["on_time:avg"], self.late, self.back
        )
        rates = {limit.code: rate for limit, rate in late}
        self.assertEqual(rates["hookup_plan_none"], 50.0)

    # ------------------------------------------------------------- rights
    def test_who_sees_which_figures(self):
        """R4, R5: a post its own, a head the unit, coordinators and section all."""
        seen = {}
        for name in ("report", "stay.report", "clock.report"):
            for user in (
                self.user_a,
                self.user_emd,
                self.user_branch,
                self.user_other,
                self.user_head,
                self.user_csd,
                self.user_section,
                self.user_rules,
            ):
                facts, domain = self._facts(name, self.late, user=user)
                seen[name, user.login] = len(facts.search(domain))
        every = {
            name: seen[name, "test_csd"]
            for name in ("report", "stay.report", "clock.report")
        }
        self.assertEqual(every["report"], 1)
        for name, count in every.items():
            self.assertEqual(seen[name, "test_section"], count)
            self.assertEqual(seen[name, "test_rules"], count)
            self.assertEqual(seen[name, "test_other"], 0)
            self.assertEqual(seen[name, "test_branch"], 0)
        # A holds it again at the end; EMD's holdings are EMD's, and not A's
        self.assertEqual(seen["report", "test_a"], 1)
        self.assertEqual(seen["report", "test_emd"], 0)
        self.assertEqual(seen["report", "test_head"], 1)
        emd = seen["stay.report", "test_emd"]
        self.assertEqual(emd, 2)
        self.assertEqual(
            seen["stay.report", "test_a"], seen["stay.report", "test_head"]
        )
        self.assertLess(seen["stay.report", "test_a"], every["stay.report"])

    def test_no_figures_for_others(self):
        """R4: clerks have no figures at all, and a sum tells no more than its rows."""
        for name in ("report", "stay.report", "clock.report"):
            facts, domain = self._facts(name, user=self.user_clerk)
            with self.assertRaises(AccessError):
                facts._read_group(domain, [], ["__count"])
            facts, domain = self._facts(name, user=self.user_other)
            self.assertEqual(facts._read_group(domain, [], ["__count"]), [(0,)])

    def test_dashboard_is_for_who_leads(self):
        """R2: managers, CSD, section and rules administrator have the dashboard."""
        dashboard = self.env.ref("haerun_customer_rep.dashboard_hookup")
        for user, sees in (
            (self.user_head, True),
            (self.user_csd, True),
            (self.user_section, True),
            (self.user_rules, True),
            (self.user_a, False),
            (self.user_clerk, False),
        ):
            found = dashboard.with_user(user).search([("id", "=", dashboard.id)])
            self.assertEqual(bool(found), sees, user.login)

    def test_dashboard_asks_for_what_exists(self):
        """R2: every model, measure and group of the dashboard is one that there is."""
        dashboard = self.env.ref("haerun_customer_rep.dashboard_hookup")
        check_dashboard(self, dashboard)
