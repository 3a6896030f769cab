"""A service area whose applications go to A (or B), and what an application needs."""

import base64

from .common import HaerunCommon

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


class HookupCommon(HaerunCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls.env["haerun.service.area"].create(
            {"name": "试验片区", "keywords": "试验路、测试街", "unit_id": cls.unit.id}
        )
        cls.env["haerun.area.responsible"].create(
            {"area_id": cls.area.id, "representative_id": cls.rep_a.id}
        )
        cls.channel = cls.env.ref("haerun_customer_rep.channel_window")
        cls.wechat = cls.env.ref("haerun_customer_rep.channel_wechat")
        cls.household = cls.env.ref("haerun_customer_rep.service_type_household")
        cls.projects = cls.env["haerun.hookup.project"]
        cls.branch = cls.env["hr.department"].create(
            {"name": "试验分公司", "haerun_level": "branch"}
        )
        cls.user_branch = cls._user("test_branch", "周杰", "representative")
        cls.rep_branch = cls._representative(cls.user_branch, cls.branch)
        cls.emd = cls.env["hr.department"].create(
            {"name": "试验工程管理部", "haerun_level": "emd"}
        )
        cls.user_emd = cls._user("test_emd", "郑凯", "representative")
        cls.rep_emd = cls._representative(cls.user_emd, cls.emd)

    @classmethod
    def _name_all_levels(cls):
        """The area has its engineering representatives of EMD and branch, too."""
        cls.env["haerun.area.responsible"].create(
            [
                {"area_id": cls.area.id, "representative_id": rep.id}
                for rep in (cls.rep_emd, cls.rep_branch)
            ]
        )

    @classmethod
    def _standing(cls, step, service="site", outside_line="needed", **values):
        """A project that stands at ``step``, survey signed for real, the rest skipped.

        :param service: code of its service type
        """
        if not cls.area.sudo()._responsible("engineering", "emd"):
            cls._name_all_levels()
        kind = cls.env.ref(f"haerun_customer_rep.service_type_{service}")
        values.setdefault("service_type_id", kind.id)
        projects = cls.projects.with_user(cls.user_clerk)
        lines = projects._checklist(kind.current_version_id)
        values.setdefault(
            "material_ids", [(0, 0, {**line, "received": True}) for line in lines]
        )
        project = cls._accept(**values).with_env(cls.env)
        if step in ("accepted", "handed_over"):
            return project
        survey = cls._find(cls._survey(project), outside_line=outside_line)
        survey.action_record()
        survey.write({"signature": cls._signature(), "signer_name": "王芳"})
        survey.action_sign()
        return cls._go_on(project, step)

    @classmethod
    def _go_on(cls, project, step):
        """The steps up to ``step`` are skipped."""
        # milestones beside the way
        beside = {
            "review_passed": "review_concluded",
            "construction_filed": "contacted",
        }
        while project.step != step:
            following = project._next_code()
            if following in beside:
                project._reach(beside[following])
            project._advance(following)
        return project

    @classmethod
    def _values(cls, **values):
        return {
            "channel_id": cls.channel.id,
            "applicant_name": "王芳",
            "phone": "138 1234 5678",
            "id_number": "11010519491231002X",
            "address": "青岛市试验路1号2单元301户",
            "service_type_id": cls.household.id,
            **values,
        }

    @classmethod
    def _accept(cls, complete=True, user=None, **values):
        """An application accepted by ``user`` (the clerk)."""
        projects = cls.projects.with_user(user or cls.user_clerk)
        if complete and "material_ids" not in values:
            version = cls.household.current_version_id
            values["material_ids"] = [
                (0, 0, {**line, "received": True})
                for line in projects._checklist(version)
            ]
        return projects.create(cls._values(**values))

    @classmethod
    def _survey(cls, project, user=None, **values):
        """A survey planned for tomorrow by who acts."""
        planned_at = cls.env["haerun.workday"].plan(cls.env.cr.now(), 1.0, "work_day")
        return (
            cls.env["haerun.hookup.survey"]
            .with_user(user or project.sudo().acting_user_id)
            .create({"project_id": project.id, "planned_at": planned_at, **values})
        )

    @classmethod
    def _photo(cls, user, name="现场.png"):
        return (
            cls.env["ir.attachment"]
            .with_user(user)
            .create(
                {
                    "name": name,
                    "datas": PIXEL,
                    "res_model": "haerun.hookup.survey",
                    "res_id": 0,
                }
            )
        )

    @classmethod
    def _find(cls, survey, **values):
        """Findings of a survey, complete enough to sign."""
        survey.write(
            {
                "outside_line": "none",
                "existing_pipe": "球墨铸铁管 DN200",
                "pressure": 0.32,
                "photo_ids": [(4, cls._photo(survey.env.user).id)],
                **values,
            }
        )
        return survey

    @classmethod
    def _lead_above(cls):
        """A leader above the head of the unit, for plans that need one (R21)."""
        cls.user_boss = cls._user("test_boss", "马志刚", "unit_manager")
        above = cls.env["hr.department"].create({"name": "试验集团"})
        above.manager_id = cls._employee(cls.user_boss, above)
        cls.unit.parent_id = above
        return cls.user_boss

    @classmethod
    def _plan(cls, project, user=None, **values):
        """A plan complete enough to submit, compiled by who acts."""
        user = user or project.sudo().acting_user_id
        project = project.with_user(user)
        project.action_compile_plan()
        plan = project.plan_id
        plan.write(
            {
                "supply_mode": "direct",
                "connection_point": "小区北侧路口",
                "existing_main": "球墨铸铁管 DN300",
                "pipe_material": "ductile",
                "diameter": "40",
                "outside_length": 0 if plan.outside_line == "none" else 120,
                "pressure": 0.32,
                "meter_diameter": "40",
                "meter_kind": "remote",
                "meter_count": 1,
                "backflow": "check_valve",
                "fire_water": "none",
                "attachment_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "外线平面图.png",
                            "datas": PIXEL,
                            "res_model": "haerun.hookup.plan",
                            "res_id": plan.id,
                        },
                    )
                ],
                **values,
            }
        )
        return plan

    @classmethod
    def _signature(cls):
        return base64.b64encode(base64.b64decode(PIXEL))
