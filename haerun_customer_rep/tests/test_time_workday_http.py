from datetime import datetime, timedelta

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestWorkdayHttp(HttpCase):
    """Other systems ask for deadlines over JSON-2."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(cls.env, "json_planner", groups="base.group_user")
        key = (
            cls.env["res.users.apikeys"]
            .with_user(user)
            ._generate(
                scope="rpc",
                name="planner",
                expiration_date=datetime.now() + timedelta(hours=1),
            )
        )
        cls.headers = {"Authorization": f"Bearer {key}"}

    def _plan(self, **body):
        return self.url_open(
            "/json/2/haerun.workday/plan", json=body, headers=self.headers
        )

    def test_plan(self):
        """R102: named arguments in, a naive UTC date and time out."""
        hall = self.env["hr.department"].create(
            {
                "name": "大厅",
                "haerun_calendar_id": self.env.ref(
                    "haerun_customer_rep.resource_calendar_hall"
                ).id,
            }
        )
        body = {"start": "2026-09-30 08:00:00", "amount": 2, "unit": "work_hour"}
        response = self._plan(**body)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json(), "2026-10-08 01:30:00")
        self.assertEqual(
            self._plan(**body, department=hall.id).json(), "2026-10-01 01:30:00"
        )

    @mute_logger("odoo.http")
    def test_refusals(self):
        start = "2026-09-30 08:00:00"
        for body in (
            {"start": start, "amount": 2, "unit": "day"},
            {"start": start, "amount": -2, "unit": "hour"},
            {"start": start, "amount": 1.5, "unit": "work_day"},
            {"start": start, "amount": "2", "unit": "hour"},
            {"start": "2026-09-30T08:00:00+08:00", "amount": 2, "unit": "hour"},
            {"start": "2050-09-30 08:00:00", "amount": 2, "unit": "hour"},
            {"start": start, "amount": 2, "unit": "hour", "department": -1},
            {"start": start, "amount": 2},
        ):
            response = self._plan(**body)
            self.assertEqual(response.status_code, 422, body)


@tagged("post_install", "-at_install")
class TestWorkdayTour(HttpCase):
    """The rules administrator's screen."""

    def _confirm_a_year(self):
        new_test_user(
            self.env,
            "tour_rules",
            groups="haerun_customer_rep.group_rules_admin",
            lang="en_US",
        )
        self.start_tour(
            "/odoo/action-haerun_customer_rep.haerun_workday_action",
            "haerun_workday_confirm_year",
            login="tour_rules",
        )
        days = self.env["haerun.workday"].search([("year", "=", 2027)])
        self.assertEqual(set(days.mapped("status")), {"official"})

    def test_confirm_a_year_at_the_desk(self):
        """R20, R120: the banner names the estimated years; two clicks settle one."""
        self._confirm_a_year()

    def test_confirm_a_year_on_the_phone(self):
        """R20, R120: the same on a small screen."""
        self.browser_size = "375x667"
        self.touch_enabled = True
        self._confirm_a_year()
