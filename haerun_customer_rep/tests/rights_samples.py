"""A record of every model, and what to create and write, for the rights tests."""

from datetime import timedelta

from odoo import fields

from .hookup_common import PIXEL
from .rights_common import RightsCommon
from .rights_samples_accountability import SamplesAccountability
from .rights_samples_assessment import SamplesAssessment
from .rights_samples_monthly import SamplesMonthly
from .rights_samples_way import Sample, SamplesWay


class SamplesCommon(
    SamplesMonthly, SamplesAccountability, SamplesAssessment, SamplesWay, RightsCommon
):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.samples = {
            **cls._samples_rules(),
            **cls._samples_people(),
            **cls._samples_time(),
            **cls._samples_hookup(),
            **cls._samples_design(),
            **cls._samples_works(),
            **cls._samples_water(),
            **cls._samples_visit(),
            **cls._samples_assessment(),
            **cls._samples_accountability(),
            **cls._samples_monthly(),
        }
        cls.wizards = cls._samples_wizards()
        cls.env.flush_all()

    @classmethod
    def _new(cls, model, /, **values):
        return cls.env[model].create(values)

    @classmethod
    def _samples_rules(cls):
        """What rules administrators keep."""
        env = cls.env
        named = {"name": "新", "code": "rights_new"}
        kind = cls._new("haerun.hookup.material.type", **{**named, "code": "rights_a"})
        service = cls._new("haerun.service.type", **{**named, "code": "rights_a"})
        version = {
            "service_type_id": service.id,
            "promised_amount": 5,
            "date_from": "2020-01-01",
        }
        versions = cls._new("haerun.service.version", **version)
        material = {"version_id": versions.id, "material_type_id": kind.id}
        step = {"version_id": versions.id, "name": "步骤"}
        milestone = {**named, "model": "haerun.hookup.project"}
        ladder = cls._new("haerun.escalation.ladder", name="阶梯")
        level = {"ladder_id": ladder.id, "name": "级"}
        steps = cls._new("haerun.escalation.ladder", name="另一阶梯")
        limit = cls._limit(
            "milestone_hookup_accepted",
            "milestone_hookup_surveyed",
            1,
            "work_day",
            ladder_id=steps.id,
        )
        day = env["haerun.workday"].search([], order="date desc", limit=1)
        after = fields.Date.add(day.date, days=1)
        field = {**named, "target": "haerun.hookup.import"}
        calendar = cls._new("resource.calendar", name="班次")
        attendance = {
            "calendar_id": calendar.id,
            "name": "早",
            "dayofweek": "0",
            "hour_from": 1,
            "hour_to": 2,
        }
        tier = {"name": "复核", "model_id": env["ir.model"]._get_id(cls.plan._name)}
        unit = cls._new("hr.department", name="处室")
        name = {"name": "改"}
        more = {"material_type_id": cls.window.material_ids[0].material_type_id.id}
        new_version = {**version, "version": 2, "date_from": "2030-01-01"}
        of = {
            "haerun.subrole": (
                cls._new("haerun.subrole", **{**named, "code": "rights_a"}),
                named,
                name,
            ),
            "haerun.channel": (
                cls._new("haerun.channel", **{**named, "code": "rights_a"}),
                named,
                name,
            ),
            "haerun.hookup.material.type": (
                cls._new(
                    "haerun.hookup.material.type", **{**named, "code": "rights_b"}
                ),
                named,
                name,
            ),
            "haerun.service.type": (service, named, name),
            "haerun.service.version": (versions, new_version, {"promised_amount": 6}),
            "haerun.service.material": (
                cls._new("haerun.service.material", **material),
                {**material, **more},
                {"required": False},
            ),
            "haerun.service.step": (
                cls._new("haerun.service.step", **step),
                step,
                name,
            ),
            "haerun.milestone": (
                cls._new("haerun.milestone", **{**milestone, "code": "rights_a"}),
                milestone,
                name,
            ),
            "haerun.pause.reason": (
                cls._new("haerun.pause.reason", **{**named, "code": "rights_a"}),
                named,
                name,
            ),
            "haerun.escalation.ladder": (ladder, {"name": "新"}, name),
            "haerun.escalation.level": (
                cls._new("haerun.escalation.level", **level),
                level,
                name,
            ),
            "haerun.time.limit": (
                limit,
                {
                    "name": "新",
                    "code": "rights_new",
                    "start_milestone_id": limit.start_milestone_id.id,
                    "end_milestone_id": limit.end_milestone_id.id,
                    "ladder_id": steps.id,
                    "amount": 1,
                },
                {"amount": 2},
            ),
            "haerun.notice.template": (
                cls._new("haerun.notice.template", name="a", body="b"),
                {"name": "新", "body": "请办理"},
                name,
            ),
            "tier.definition": (
                cls._new("tier.definition", **tier),
                tier,
                name,
            ),
            "haerun.workday": (
                day,
                {"date": after, "kind": "workday"},
                {"name": "节"},
            ),
            "haerun.import.field": (
                cls._new("haerun.import.field", **{**field, "code": "rights_a"}),
                field,
                name,
            ),
            "resource.calendar": (calendar, {"name": "班次"}, name),
            "resource.calendar.attendance": (
                cls._new("resource.calendar.attendance", **attendance),
                {**attendance, "dayofweek": "1"},
                {"hour_to": 3},
            ),
            "hr.department": (unit, {"name": "处室"}, name),
        }
        return {(model, "-"): Sample(*values) for model, values in of.items()}

    @classmethod
    def _samples_people(cls):
        start = fields.Datetime.now() + timedelta(days=30)
        area = cls._new("haerun.service.area", name="片区")
        employee = cls._new("hr.employee", name="新人")
        line = cls.env["haerun.area.responsible"].search(
            [("area_id", "=", cls.area.id)], limit=1
        )
        posts = {}
        for whose, unit in (("of A", cls.unit), ("of a branch", cls.branch)):
            posts["haerun.representative", whose] = Sample(
                cls.rep_a if unit == cls.unit else cls.rep_branch,
                {
                    "employee_id": employee.id,
                    "rep_class": "engineering",
                    "unit_id": unit.id,
                },
                {"deputy_id": False},
            )
        return {
            **posts,
            ("haerun.service.area", "-"): Sample(area, {"name": "新"}, {"name": "改"}),
            ("haerun.area.responsible", "engineering"): Sample(
                line,
                {"area_id": area.id, "representative_id": cls.rep_b.id},
                {"representative_id": cls.rep_b.id},
            ),
            ("haerun.substitution", "of A by B"): Sample(
                cls.substitution,
                {
                    "principal_id": cls.rep_a.id,
                    "deputy_id": cls.rep_b.id,
                    "date_from": start,
                    "date_to": start + timedelta(days=1),
                },
                {"handover_note": "交接"},
            ),
        }

    @classmethod
    def _samples_time(cls):
        push = cls.env["haerun.push"].search([], limit=1)
        run = cls.env["haerun.scan.run"]._begin()
        asked = {
            "name": "关阀",
            "res_model": cls.project._name,
            "res_id": cls.project.id,
            "assistant_id": cls.rep_collab.id,
        }
        tasks = cls.env["haerun.assisting.task"].with_user(cls.user_b)
        cls.task = tasks.create(dict(asked)).with_env(cls.env)
        samples = {}
        for whose, clock in (("of A", cls.clock), ("at the window", cls.window_clock)):
            values = clock.copy_data()[0]
            samples["haerun.clock", whose] = Sample(
                clock, values, {"due_at": "2040-01-01 00:00:00"}
            )
            event = {
                "clock_id": clock.id,
                "kind": "satisfy",
                "at": fields.Datetime.now(),
            }
            samples["haerun.clock.event", whose] = Sample(
                clock.event_ids[0], event, {"reason": "x"}
            )
        return {
            **samples,
            ("haerun.assisting.task", "of B for collab"): Sample(
                cls.task, asked, {"result": "已关"}
            ),
            ("haerun.push", "to B"): Sample(
                push, push.copy_data()[0], {"sent_at": fields.Datetime.now()}
            ),
            ("haerun.rule.change", "-"): cls._sample_change(),
            ("haerun.scan.run", "-"): Sample(
                run, {"started_at": fields.Datetime.now()}, {"taken": 1}
            ),
            ("haerun.supervision.notice", "to B"): Sample(
                cls.notice, {"kind": "urge", "source": "hand"}, {"answer": "x"}
            ),
        }

    @classmethod
    def _sample_change(cls):
        changes = cls.env["haerun.rule.change"]
        values = {
            "at": fields.Datetime.now(),
            "user_id": cls.users["rules"].id,
            "model": "haerun.channel",
            "res_id": cls.env["haerun.channel"].search([], limit=1).id,
            "name": "渠道",
            "action": "write",
        }
        return Sample(changes.create(values), values, {"new_value": "x"})

    @classmethod
    def _samples_hookup(cls):
        kind = cls._new("haerun.hookup.material.type", name="附", code="rights_extra")
        log = cls.env["haerun.access.log"]._record(cls.project, "Phone")
        run = cls._new(
            "haerun.import.run",
            name="甲.csv",
            target="haerun.hookup.import",
            user_id=cls.user_clerk.id,
        )
        cls.env["haerun.import.row"]._claim("rights", ["rights"], run)
        row = cls.env["haerun.import.row"].search([("run_id", "=", run.id)])
        materials = {}
        for whose, project in (("of A", cls.project), ("at the window", cls.window)):
            extra = project.material_ids.create(
                {
                    "project_id": project.id,
                    "material_type_id": project.material_ids[0]
                    .material_type_id.create(
                        {"name": "补", "code": f"rights_{project.id}"}
                    )
                    .id,
                    "required": False,
                }
            )
            materials["haerun.hookup.material", whose] = Sample(
                extra,
                {"project_id": project.id, "material_type_id": kind.id},
                {"remark": "x"},
            )
        facts = {}
        for name, change in (
            ("report", {"accepted": 2}),
            ("stay.report", {"work_days": 1}),
            ("clock.report", {"on_time": 100}),
        ):
            model = f"haerun.hookup.{name}"
            fact = cls.env[model].search(
                [("project_id", "=", cls.project.id)], order="id desc", limit=1
            )
            facts[model, "of A"] = Sample(
                fact, {"project_id": cls.project.id, **change}, change
            )
        notice = cls.window_notice
        given = {
            name: notice[name]
            for name in ("applicant_name", "address", "service_name", "company_name")
        }
        return {
            **materials,
            **facts,
            ("haerun.hookup.project", "of A"): Sample(
                cls.project, cls._values(), {"remark": "x"}
            ),
            ("haerun.hookup.project", "at the window"): Sample(
                cls.window, cls._values(), {"remark": "x"}
            ),
            ("haerun.holding", "of A"): Sample(
                cls.project.holding_ids[-1],
                {
                    "res_model": cls.project._name,
                    "res_id": cls.project.id,
                    "step": "x",
                    "holder": "company",
                    "started_at": fields.Datetime.now(),
                },
                {"holder": "customer"},
            ),
            ("haerun.material.notice", "at the window"): Sample(
                notice,
                {
                    **given,
                    "number": "X",
                    "project_id": cls.project.id,
                    "given_at": fields.Datetime.now(),
                    "given_by_id": cls.user_clerk.id,
                },
                {"number": "X"},
            ),
            ("haerun.material.notice.line", "at the window"): Sample(
                notice.line_ids[0],
                {"notice_id": notice.id, "name": "x"},
                {"remark": "x"},
            ),
            ("haerun.hookup.survey", "of A"): Sample(
                cls.survey,
                {
                    "project_id": cls.project.id,
                    "planned_at": fields.Datetime.now() + timedelta(days=2),
                },
                {"remarks": "x"},
            ),
            ("haerun.hookup.plan", "of A"): Sample(
                cls.plan, {"project_id": cls.ready.id}, {"notes": "x"}
            ),
            ("haerun.survey.invitation", "of A, to B"): Sample(
                cls.invitation,
                {"survey_id": cls.survey.id, "representative_id": cls.rep_branch.id},
                {"note": "x"},
            ),
            ("haerun.access.log", "of A"): Sample(
                log, log.copy_data()[0], {"what": "x"}
            ),
            ("haerun.import.run", "of the clerk"): Sample(
                run, run.copy_data()[0], {"name": "x"}
            ),
            ("haerun.import.row", "-"): Sample(
                row, {"target": "x", "fingerprint": "x"}, {"res_id": 1}
            ),
        }

    @classmethod
    def _samples_wizards(cls):
        """Values of each wizard: everybody opens his own."""
        sheet = {"sheet_id": cls.sheet.id}
        return {
            "haerun.assessment.stating": {**sheet, "text": "x"},
            "haerun.assessment.reviewing": {**sheet, "text": "x"},
            "haerun.assessment.adjusting": {**sheet, "points": 1, "reason": "x"},
            "haerun.assessment.appealing": {**sheet, "text": "x"},
            "haerun.assessment.deciding": {
                "appeal_id": cls.appeal.id,
                "state": "rejected",
                "decision": "x",
            },
            "haerun.contact.reveal": {"name": "x"},
            "haerun.hookup.import": {"file": PIXEL},
            "haerun.area.import": {"file": PIXEL},
            "haerun.hookup.figures": {"date_to": fields.Date.today()},
            "haerun.plan.opinion": {
                "plan_id": cls.pending.id,
                "decision": "approve",
                "opinion": "同意",
            },
            "haerun.plan.handover": {"plan_id": cls.plan.id, "kind": "receive"},
            "haerun.hookup.water.wish": {
                "project_id": cls.watered.id,
                "day": "2040-01-01",
            },
            "haerun.hookup.account.opened": {
                "project_id": cls.watered.id,
                "note": "1",
            },
            "haerun.hookup.turn": {
                "project_ids": cls._link(cls.project),
                "reason": "不办了",
            },
            "haerun.hookup.design.choice": {
                "project_id": cls.project.id,
                "unit_name": "设计院",
                "how": "told",
            },
            "haerun.hookup.design.finish": {
                "project_id": cls.project.id,
                "how": "told",
            },
            "haerun.survey.reason": {
                "survey_id": cls.survey.id,
                "kind": "cancel",
                "reason": "改期",
            },
            "haerun.import.column": {
                "wizard_model": "haerun.hookup.import",
                "wizard_id": cls.env["haerun.hookup.import"].create({}).id,
            },
            "haerun.notice.wizard": {
                "kind": "urge",
                "body": "请办理",
                "targets": {cls.project._name: cls.project.ids},
            },
            "haerun.clock.wizard": {
                "clock_id": cls.clock.id,
                "action": "extend",
                "note": "x",
            },
            "haerun.notice.answer": {"notice_id": cls.notice.id, "answer": "已办"},
            "haerun.notice.withdraw": {
                "notice_ids": cls._link(cls.notice),
                "reason": "误发",
            },
            "haerun.limit.told": {
                "res_model": cls.project._name,
                "res_id": cls.project.id,
                "how": "phone",
            },
            "haerun.inspection.reason": {
                "reason": "未到场",
                "kind": "drop",
                "inspection_ids": cls._link(cls.inspection),
            },
            "haerun.visit.call": {
                "visit_id": cls.visit.id,
                "outcome": "call_back",
                "next_at": fields.Datetime.now() + timedelta(days=1),
            },
            "haerun.visit.reason": {"redo_id": cls.redo.id, "reason": "不成立"},
            "haerun.quiet.hours": {"quiet_from": 21, "quiet_to": 7},
            **cls._wizards_accountability(),
        }
