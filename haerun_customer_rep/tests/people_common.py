from datetime import datetime

from freezegun import freeze_time

from odoo.tests import TransactionCase, new_test_user

# Monday 2026-03-02 10:00 in Qingdao: an ordinary working week
NOW = datetime(2026, 3, 2, 2, 0)


class _Refused:
    def __init__(self, case, exception, words):
        self.case, self.words = case, words
        self.raises = case.assertRaises(exception)

    def __enter__(self):
        return self.raises.__enter__()

    def __exit__(self, *error):
        done = self.raises.__exit__(*error)
        if done:
            self.case.assertIn(self.words, str(error[1]))
        return done


class PeopleCase(TransactionCase):
    """Two offices of engineers who stand in for one another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        frozen = freeze_time(NOW)
        cls.clock = frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.Representative = cls.env["haerun.representative"]
        cls.Substitution = cls.env["haerun.substitution"]
        cls.head_user = cls._user("head", "unit_manager")
        cls.boss_user = cls._user("boss", "unit_manager")
        cls.head = cls._employee(cls.head_user)
        cls.boss = cls._employee(cls.boss_user)
        Department = cls.env["hr.department"]
        cls.company_unit = Department.create(
            {"name": "集团", "manager_id": cls.boss.id}
        )
        cls.unit = Department.create(
            {
                "name": "客服",
                "parent_id": cls.company_unit.id,
                "manager_id": cls.head.id,
                "haerun_level": "csd",
            }
        )
        cls.branch = Department.create(
            {
                "name": "市南",
                "parent_id": cls.company_unit.id,
                "haerun_level": "branch",
            }
        )
        cls.emd = Department.create(
            {"name": "工程部", "parent_id": cls.company_unit.id, "haerun_level": "emd"}
        )
        (cls.head | cls.boss).department_id = cls.unit
        cls.a = cls._post("a")
        cls.b = cls._post("b")
        cls.c = cls._post("c")
        cls.a.deputy_id = cls.b
        cls.b.deputy_id = cls.a
        cls.c.deputy_id = cls.a
        cls.other = cls._post("other", unit_id=cls.branch.id)
        cls.leave_type = cls.env["hr.leave.type"].create(
            {
                "name": "事假",
                "requires_allocation": False,
                "leave_validation_type": "manager",
                "request_unit": "hour",
            }
        )

    def setUp(self):
        super().setUp()
        self.clock.move_to(NOW)

    def refused(self, exception, words=""):
        """Expect a refusal that says ``words``; the database stays as it was."""
        return _Refused(self, exception, words)

    @classmethod
    def _user(cls, login, *groups):
        return new_test_user(
            cls.env,
            login=f"people_{login}",
            name=login.upper(),
            groups=",".join(
                ["base.group_user", *(f"haerun_customer_rep.group_{g}" for g in groups)]
            ),
            tz="Asia/Shanghai",
            notification_type="inbox",
        )

    @classmethod
    def _employee(cls, user):
        return cls.env["hr.employee"].create(
            {"name": user.name, "user_id": user.id, "tz": "Asia/Shanghai"}
        )

    @classmethod
    def _post(cls, login, **vals):
        employee = cls._employee(cls._user(login, "representative"))
        employee.department_id = vals.get("unit_id", cls.unit.id)
        employee.leave_manager_id = cls.head_user
        return cls.Representative.create(
            {
                "employee_id": employee.id,
                "unit_id": cls.unit.id,
                "rep_class": "engineering",
                "date_from": "2026-01-01",
                **vals,
            }
        )

    def _leave(self, post, first, last, user=None, approve=True, **vals):
        """Time off of whole days, asked for by its employee, approved by the head."""
        leave = (
            self.env["hr.leave"]
            .with_user(user or post.user_id)
            .create(
                {
                    "holiday_status_id": self.leave_type.id,
                    "employee_id": post.employee_id.id,
                    "request_date_from": first,
                    "request_date_to": last,
                    **vals,
                }
            )
        )
        if approve:
            leave.with_user(self.head_user).action_approve()
        return leave.with_user(self.env.user)

    def _go(self, moment):
        """The clock of the world moves on, and the boundary job runs."""
        self.clock.move_to(moment)
        self.Substitution._cron_boundaries()

    def _move(self, leave, **vals):
        """Change approved time off, as Odoo does when a public holiday splits it."""
        leave.sudo().with_context(leave_skip_state_check=True).write(vals)
