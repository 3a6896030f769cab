"""The world in which the time room's tests live: one office, its A, B and head."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

GROUP = "haerun_customer_rep.group_%s"


def local(text):
    """Return the naive UTC datetime of a Beijing wall clock ``2026-09-29 09:00``."""
    return fields.Datetime.subtract(fields.Datetime.to_datetime(text + ":00"), hours=8)


class HaerunCommon(BaseCommon):
    """A customer service department with principal A, deputy B and a head."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tz": "Asia/Shanghai"})
        cls.unit = cls.env["hr.department"].create(
            {"name": "客户服务部(试)", "haerun_level": "csd"}
        )
        cls.user_a = cls._user("test_a", "张伟", "representative")
        cls.user_b = cls._user("test_b", "李娜", "representative")
        cls.user_head = cls._user("test_head", "刘洋", "unit_manager")
        cls.user_other = cls._user("test_other", "孙浩", "representative")
        cls.user_csd = cls._user("test_csd", "陈静", "csd_engineering")
        cls.user_section = cls._user("test_section", "赵敏", "supervision")
        cls.user_clerk = cls._user("test_clerk", "王磊", "intake_clerk")
        cls.user_rules = cls._user("test_rules", "吴芳", "rules_admin")
        cls.unit.manager_id = cls._employee(cls.user_head)
        cls.rep_a = cls._representative(cls.user_a)
        cls.rep_b = cls._representative(cls.user_b)
        cls.rep_a.deputy_id = cls.rep_b
        cls.rep_b.deputy_id = cls.rep_a

    @classmethod
    def _user(cls, login, name, role):
        return new_test_user(
            cls.env,
            login,
            groups=GROUP % role,
            name=name,
            tz="Asia/Shanghai",
            notification_type="inbox",
        )

    @classmethod
    def _employee(cls, user, unit=None):
        return user.employee_id or cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "department_id": (unit or cls.unit).id,
            }
        )

    @classmethod
    def _representative(cls, user, unit=None, rep_class="engineering"):
        return cls.env["haerun.representative"].create(
            {
                "employee_id": cls._employee(user, unit).id,
                "rep_class": rep_class,
                "unit_id": (unit or cls.unit).id,
                "date_from": "2020-01-01",
            }
        )

    @classmethod
    def _limit(cls, start, end, amount, unit, **values):
        """Create a limit between two milestones (xml ids) with the usual ladder."""
        return cls.env["haerun.time.limit"].create(
            {
                "name": f"{start}→{end}",
                "code": f"test_{start}_{end}",
                "start_milestone_id": cls.env.ref(f"haerun_customer_rep.{start}").id,
                "end_milestone_id": cls.env.ref(f"haerun_customer_rep.{end}").id,
                "amount": amount,
                "unit": unit,
                "ladder_id": cls.env.ref("haerun_customer_rep.ladder_standard").id,
                "date_from": "2020-01-01",
                **values,
            }
        )

    @classmethod
    def _silence_demo(cls):
        """Keep out of a test's figures what demo data left running or unsent."""
        cls.env.cr.execute("UPDATE haerun_clock SET next_event_at = NULL")
        cls.env.cr.execute("DELETE FROM haerun_push")
        # a case passes to another body when somebody's superior changes
        cls.env.cr.execute("UPDATE haerun_accountability_case SET state = 'closed'")

    def at(self, text):
        """Freeze the time at a Beijing wall clock."""
        return freeze_time(local(text))

    def at_instant(self, moment):
        """Freeze the time at a naive UTC datetime."""
        return freeze_time(moment)

    def at_utc(self, text):
        """The naive UTC datetime of a Beijing wall clock."""
        return local(text)


class SupervisedCommon(HaerunCommon):
    """Engine tests on notices, the one supervised matter that the room owns."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        cls.reason = cls.env.ref("haerun_customer_rep.pause_reason_customer")
        # only the limits that a test makes shall run
        cls.env["haerun.time.limit"].search([]).active = False
        cls.issued = "milestone_notice_issued"
        cls.acknowledged = "milestone_notice_acknowledged"
        cls.answered = "milestone_notice_answered"

    @classmethod
    def _matter(cls, rep=None, **values):
        """Return one open matter of ``rep`` (A) whose milestone ``issued`` is now."""
        return cls._matters(1, rep, **values)

    @classmethod
    def _matters(cls, count, rep=None, **values):
        rep = rep or cls.rep_a
        return cls.env["haerun.supervision.notice"]._issue(
            [
                {
                    "kind": "urge",
                    "source": "hand",
                    "owner_id": rep.id,
                    "owner_user_id": rep.user_id.id,
                    "acting_user_id": rep.acting_user_id.id,
                    "unit_id": rep.unit_id.id,
                    "res_name": f"试验小区{number}号楼",
                    "body": "请办理",
                    **values,
                }
                for number in range(1, count + 1)
            ]
        )

    def _scan(self, text):
        """Run the scheduled action's work at a Beijing wall clock; no commit."""
        with self.at(text):
            self.env["haerun.clock"]._scan_all()
            self.env.invalidate_all()
