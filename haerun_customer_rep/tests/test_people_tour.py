from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPeopleTour(HttpCase):
    """Who stands in, on the desk and on the phone."""

    def setUp(self):
        super().setUp()
        head = self._user("tour_head", "Tour Head", "unit_manager")
        employee = self.env["hr.employee"].create(
            {"name": head.name, "user_id": head.id}
        )
        unit = self.env["hr.department"].create(
            {"name": "巡检", "manager_id": employee.id}
        )
        self.a, b = (
            self.env["haerun.representative"].create(
                {
                    "employee_id": self.env["hr.employee"]
                    .create(
                        {
                            "name": name,
                            "user_id": self._user(login, name, "representative").id,
                        }
                    )
                    .id,
                    "unit_id": unit.id,
                    "rep_class": "service",
                }
            )
            for login, name in (("tour_a", "Tour A"), ("tour_b", "Tour B"))
        )
        self.a.deputy_id = b
        now = fields.Datetime.now()
        self.sub = self.env["haerun.substitution"].create(
            {
                "principal_id": self.a.id,
                "date_from": now,
                "date_to": fields.Datetime.add(now, days=2),
            }
        )

    def _user(self, login, name, group):
        return new_test_user(
            self.env,
            login=login,
            name=name,
            groups=f"haerun_customer_rep.group_{group}",
            tz="Asia/Shanghai",
            odoobot_state="disabled",
        )

    def _walk(self):
        self.assertEqual(self.a.acting_user_id.login, "tour_b")
        self.start_tour(
            "/odoo/who-stands-in", "haerun_people_stand_in", login="tour_head"
        )
        self.env.invalidate_all()
        self.assertEqual(self.sub.state, "ended")
        self.assertEqual(self.a.acting_user_id.login, "tour_a")

    def test_desk(self):
        """R121: the head sees B in A's place and ends it; A has the post again."""
        self._walk()

    def test_phone(self):
        """R121: the same with a thumb."""
        self.browser_size = "375x667"
        self.touch_enabled = True
        self._walk()
