"""A company of its own: CSD with its section, a branch, and who answers for what.

``user_x`` of the branch is concerned, ``user_y`` his deputy, ``user_z`` a colleague,
``user_chief`` their head; ``user_inv`` and ``user_inv2`` investigate for CSD,
``user_section`` for the section; ``user_head`` leads CSD, ``user_boss`` the company.
"""

from datetime import timedelta

from odoo import fields

from .common import HaerunCommon


class AccountabilityCommon(HaerunCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        departments = cls.env["hr.department"]
        # the company of the demo is another one
        departments.search(
            [("haerun_level", "in", ("csd", "section")), ("id", "!=", cls.unit.id)]
        ).haerun_level = "other"
        cls.user_boss = cls._user("test_boss", "马总", "unit_manager")
        cls.user_chief = cls._user("test_chief", "林海", "unit_manager")
        cls.user_x = cls._user("test_x", "肖刚", "representative")
        cls.user_y = cls._user("test_y", "曹宇", "representative")
        cls.user_z = cls._user("test_z", "何婷", "representative")
        cls.user_inv = cls._user("test_inv", "石岩", "accountability")
        cls.user_inv2 = cls._user("test_inv2", "钱敏", "accountability")
        cls.user_section2 = cls._user("test_section2", "高飞", "supervision")
        cls.company_unit = departments.create({"name": "集团(试)"})
        cls.unit.parent_id = cls.company_unit
        cls.section = departments.create(
            {
                "name": "督查科(试)",
                "parent_id": cls.unit.id,
                "haerun_level": "section",
            }
        )
        cls.branch = departments.create(
            {
                "name": "市南(试)",
                "parent_id": cls.company_unit.id,
                "haerun_level": "branch",
            }
        )
        for unit, head in (
            (cls.company_unit, cls.user_boss),
            (cls.branch, cls.user_chief),
            (cls.section, cls.user_section),
        ):
            unit.manager_id = cls._employee(head, unit)
        for user in (cls.user_inv, cls.user_inv2):
            cls._employee(user, cls.unit)
        cls._employee(cls.user_section2, cls.section)
        cls.rep_x = cls._representative(cls.user_x, cls.branch, "service")
        cls.rep_y = cls._representative(cls.user_y, cls.branch, "service")
        cls.rep_z = cls._representative(cls.user_z, cls.branch, "marketing")
        cls.rep_x.deputy_id = cls.rep_y
        cls.rep_y.deputy_id = cls.rep_x
        cls.cases = cls.env["haerun.accountability.case"]
        cls.sanction = cls.env.ref("haerun_customer_rep.sanction_circulate")
        cls.light = cls.env.ref("haerun_customer_rep.sanction_educate")
        cls.heavy = cls.env.ref("haerun_customer_rep.sanction_standby")

    @classmethod
    def _open(cls, users=None, **values):
        """A case about ``users`` (x), as the superuser sees it."""
        users = cls.user_x if users is None else users
        case = cls.cases.with_user(cls.user_inv)._open_case(
            {
                "name": "停水未通知",
                "what": "客户反映停水未提前通知",
                "employees": users.sudo().employee_id,
                **values,
            }
        )
        return case.with_env(cls.env)

    @classmethod
    def _taken(cls, user=None, **values):
        """A case that ``user`` (inv) investigates, in his name."""
        case = cls._open(**values).with_user(user or cls.user_inv)
        case.action_take()
        return case

    @classmethod
    def _found(cls, case, finding="true", sanction=None):
        """Evidence and a verdict on each person; the facts are clear."""
        case.evidence_ids.create({"case_id": case.id, "name": "通话录音"})
        for person in case.person_ids:
            person.write(
                {
                    "finding": finding,
                    "facts": "未按规定通知",
                    "liability": "未履行告知职责",
                    "reasons": "造成负面影响",
                    "sanction_id": finding != "not" and (sanction or cls.sanction).id,
                }
            )
        case.action_investigated()
        return case

    @classmethod
    def _decided(cls, case=None, sanction=None, **values):
        """A case whose decisions are made, in the investigator's name."""
        case = case or cls._taken(**values)
        cls._found(case, sanction=sanction)
        opinion = case._propose("建议按规定处理")
        while opinion.sudo().state == "pending":
            opinion.with_user(opinion.sudo().approver_ids[0])._approve()
        return case

    @classmethod
    def _served(cls, case=None, **values):
        """The decision on x, served, as the superuser sees it."""
        case = cls._decided(case, **values)
        case.action_serve()
        return case.sudo().decision_ids[:1].with_env(cls.env)

    @classmethod
    def _away(cls, rep, deputy=None, days=5):
        """``rep`` is away from now on."""
        now = fields.Datetime.now()
        substitution = cls.env["haerun.substitution"].create(
            {
                "principal_id": rep.id,
                "deputy_id": deputy.id if deputy else False,
                "date_from": now - timedelta(hours=1),
                "date_to": now + timedelta(days=days),
                "source": "manual",
            }
        )
        cls.env["haerun.substitution"]._cron_boundaries()
        return substitution
