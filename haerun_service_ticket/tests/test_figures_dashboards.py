from datetime import date

from odoo.tests import tagged

from odoo.addons.haerun_customer_rep.tests.dashboard_common import (
    check_dashboard,
    read_dashboard,
)

from .figures_common import FiguresCommon

DASHBOARDS = ("group", "branch", "own")


@tagged("-at_install", "post_install")
class TestFiguresDashboards(FiguresCommon):
    """The dashboards of company, branch and oneself, over the frozen facts."""

    def _dashboard(self, name):
        return self.env.ref(f"haerun_service_ticket.dashboard_{name}")

    def _sums(self, rows):
        return {row["formula"]: (row["above:sum"], row["below:sum"]) for row in rows}

    def _all(self, name, user):
        found = read_dashboard(self, self._dashboard(name), user)
        return found, self._sums(found["All figures"])

    # ------------------------------------------------------------ tests
    def test_ask_for_what_exists(self):
        """R2: every model, measure, list and menu is one that there is."""
        for name in DASHBOARDS:
            with self.subTest(dashboard=name):
                check_dashboard(self, self._dashboard(name))

    def test_for_whom(self):
        """R2: who leads sees company and branch, a representative his own."""
        leads, own = {"group", "branch"}, {"own"}
        for user, sees in (
            (self.user_branch_head, leads | own),
            (self.user_csd_service, leads | own),
            (self.user_section, leads),
            (self.user_rules, leads),
            (self.user_handler, own),
            (self.user_clerk, set()),
            (self.user_cashier, set()),
        ):
            with self.subTest(user=user.name):
                found = {
                    name
                    for name in DASHBOARDS
                    if self._dashboard(name)
                    .with_user(user)
                    .search_count([("id", "=", self._dashboard(name).id)])
                }
                self.assertEqual(found, sees)

    def test_rights(self):
        """R2, R4: a head reads his branch, the section all, each his own, no more."""
        self._month()
        self.env["haerun.fact.freeze"]._freeze(date(2026, 3, 1))
        elsewhere = self.env["hr.department"].create(
            {"name": "市南营业分公司(试)", "haerun_level": "branch"}
        )
        stranger = self._user("test_head2", "高强", "unit_manager")
        elsewhere.manager_id = self._employee(stranger, elsewhere)
        self.env.invalidate_all()
        found, head = self._all("branch", self.user_branch_head)
        # A, B, C; F and G are not closed, and F is anonymous
        self.assertEqual(head["ticket_solved"], (2, 3))
        self.assertEqual(head["ticket_satisfied"], (2, 3))
        people = {row["representative_id"][0] for row in found["By representative"]}
        self.assertEqual(people, {self.handler.id, self.deputy.id})
        _found, everything = self._all("group", self.user_section)
        self.assertGreaterEqual(everything["ticket_solved"][1], 3)
        self.assertEqual(self._all("group", stranger)[1], {})
        _found, mine = self._all("own", self.user_handler)
        # A and B; C is the deputy's
        self.assertEqual(mine["ticket_solved"], (1, 2))
        _found, his = self._all("own", self.user_deputy)
        self.assertEqual(his["ticket_solved"], (1, 1))

    def test_wall(self):
        """R2: tickets and readings of today stand on the company's wall."""
        self._month()
        with self.at("2026-03-18 22:00"):
            wall = self.env["haerun.wall"].with_user(self.user_branch_head).get_wall()
        numbers = {row["key"]: row["value"] for row in wall["numbers"]}
        # F, and G of later days
        self.assertEqual((numbers["taken"], numbers["closed"]), (2, 0))
        self.assertEqual(numbers["read"], "0 / 0")
        for word in ("王芳", "13911110006", self.user_handler.name):
            self.assertNotIn(word, str(wall))

    def test_demo(self):
        """The demo has assessments: it is left out silently when it fails."""
        rounds = self.env["haerun.assessment"].search([])
        self.assertEqual(set(rounds.mapped("state")), {"published", "reviewing"})
        self.assertEqual(set(rounds.mapped("period")), {"month", "quarter"})
        appeals = self.env["haerun.assessment.appeal"].search([])
        self.assertLessEqual({"open", "partly", "upheld"}, set(appeals.mapped("state")))
        for lang in ("en_US", "zh_CN"):
            for one in rounds.filtered(lambda one: one.state == "published"):
                # whoever asks, in whatever language
                check = one.with_context(lang=lang).action_verify()
                self.assertEqual(check["params"]["type"], "success")
