"""Samples of what lies along a project's way: design to return visit."""

from datetime import timedelta
from typing import Any, NamedTuple

from odoo import fields

from .hookup_common import PIXEL


class Sample(NamedTuple):
    """``create``: values of a record such as this; ``write``: a change of it."""

    record: Any
    create: dict
    write: dict


class SamplesWay:
    """Mixed into ``SamplesCommon``, whose world it uses."""

    @classmethod
    def _samples_design(cls):
        """What lies with the project of A from the design to the start of work."""
        unit = cls._new("haerun.external.unit", kind="design", name="没用过")
        used = cls._new("haerun.external.unit", kind="design", name="设计院")
        project = {"project_id": cls.project.id}
        now = fields.Datetime.now()
        chosen = {
            **project,
            "unit_id": used.id,
            "unit_name": used.name,
            "qualification_no": "A1",
            "qualification_until": "2040-01-01",
            "how": "told",
            "chosen_at": now,
        }
        opened = {**project, "number": 1, "submitted_at": now, "how": "told"}
        cls.review = cls._new("haerun.hookup.review", **opened)
        raised = {"review_id": cls.review.id, "drawing_no": "S-1", "text": "缺"}
        contact = {**project, "external_unit_id": used.id, "matter": "进度"}
        logs = cls.env["haerun.contact.log"].with_user(cls.user_b)
        filed = {"project_id": cls.window.id, "number": "1"}
        cls.outside = {
            "unit": unit,
            "choice": cls._new("haerun.hookup.design", **chosen),
            "review": cls.review,
            "issue": cls._new("haerun.hookup.review.issue", **raised),
            "contact": logs.create(dict(contact)).with_env(cls.env),
            "filing": cls._new("haerun.hookup.filing", **{**filed, **project}),
        }
        new = {
            "haerun.external.unit": ("unit", {"kind": "design", "name": "新"}),
            "haerun.hookup.design": ("choice", chosen),
            "haerun.hookup.review": ("review", {**opened, "number": 2}),
            "haerun.hookup.review.issue": ("issue", raised),
            "haerun.contact.log": ("contact", contact),
            "haerun.hookup.filing": ("filing", filed),
        }
        changes = {
            "haerun.external.unit": {"note": "x"},
            "haerun.hookup.design": {"note": "x"},
            "haerun.hookup.review": {"opinion": "x"},
            "haerun.hookup.review.issue": {"text": "x"},
            "haerun.contact.log": {"matter": "x"},
            "haerun.hookup.filing": {"number": "x"},
        }
        whose = {"haerun.external.unit": "not used"}
        return {
            (model, whose.get(model, "of A")): Sample(
                cls.outside[name], values, changes[model]
            )
            for model, (name, values) in new.items()
        }

    @classmethod
    def _samples_works(cls):
        """Inspections and opinions of a project that EMD holds and A coordinates."""
        env = cls.env
        photo = cls._new(
            "ir.attachment",
            name="现场.png",
            datas=PIXEL,
            res_model=cls.works._name,
            res_id=cls.works.id,
        )
        item = {"name": "项目", "check_points": "外观"}
        line = {"project_id": cls.works.id, "name": "顶管", "kind": "node"}
        cls.inspection = cls._new("haerun.hookup.inspection", **line)
        point = {"inspection_id": cls.inspection.id, "name": "外观"}
        opinion = {
            "project_id": cls.works.id,
            "opinion": "渗水",
            "photo_ids": cls._link(photo),
        }
        cls.opinion = cls._new("haerun.hookup.rectification", **opinion)
        done = {
            "rectification_id": cls.opinion.id,
            "reported_at": fields.Datetime.now(),
            "reported_by_id": cls.user_emd.id,
        }
        return {
            ("haerun.inspection.item", "-"): Sample(
                env["haerun.inspection.item"].create(item), item, {"name": "改"}
            ),
            ("haerun.hookup.inspection", "of EMD"): Sample(
                cls.inspection, line, {"remark": "x"}
            ),
            ("haerun.inspection.point", "of EMD"): Sample(
                env["haerun.inspection.point"].create(point), point, {"note": "x"}
            ),
            ("haerun.hookup.rectification", "of EMD"): Sample(
                cls.opinion, opinion, {"done": "x"}
            ),
            ("haerun.rectification.round", "of EMD"): Sample(
                env["haerun.rectification.round"].create(done), done, {"reason": "x"}
            ),
        }

    @classmethod
    def _samples_water(cls):
        """Water-on and meters of the project that EMD holds and A coordinates."""
        project = {"project_id": cls.watered.id}
        agreed = {**project, "agreed_at": fields.Datetime.now() + timedelta(days=3)}
        meters = {**project, "diameter": "20", "count": 2, "receiver": "施工队"}
        cls.water_on = cls._new("haerun.hookup.water.on", **agreed)
        return {
            ("haerun.hookup.water.on", "of EMD"): Sample(
                cls.water_on, agreed, {"remark": "x"}
            ),
            ("haerun.hookup.meter.issue", "of EMD"): Sample(
                cls._new("haerun.hookup.meter.issue", **meters), meters, {"remark": "x"}
            ),
        }

    @classmethod
    def _samples_visit(cls):
        """A visit of A, whom B stands in for, one of the section, and a redo of A."""
        rule = cls._new(
            "haerun.visit.rule",
            name="规则",
            code="rights_a",
            milestone_id=cls.env.ref("haerun_customer_rep.milestone_hookup_closed").id,
        )
        question = cls._new("haerun.visit.question", rule_id=rule.id, name="？")
        asked = cls._new(
            "haerun.visit.rule",
            name="问",
            code="rights_b",
            milestone_id=rule.milestone_id.id,
            question_ids=[(0, 0, {"name": "？"})],
        )
        visits = cls.env["haerun.return.visit"]
        cls.visit = visits._plan(cls.project, "coordinator", asked, "hand")
        cls.section_visit = visits._plan(cls.project, "section", asked, "hand")
        cls.visit._log_attempt("no_answer")
        first = visits._plan(cls.project, "coordinator", asked, "hand")
        first.write({"complaint": "慢", "complaint_phase": "intake"})
        cls.redo = cls.env["haerun.visit.redo"]._open_for(
            first, cls.project._visited_holders()
        )
        cls.visit_opinion = cls._new(
            "haerun.visit.opinion", visit_id=cls.visit.id, text="好"
        )
        visit = {
            "res_model": cls.project._name,
            "res_id": cls.project.id,
            "visitor": "coordinator",
            "origin": "hand",
        }
        return {
            ("haerun.visit.rule", "-"): Sample(
                rule,
                {
                    "name": "新",
                    "code": "rights_new",
                    "milestone_id": rule.milestone_id.id,
                },
                {"share": 50},
            ),
            ("haerun.visit.question", "-"): Sample(
                question, {"rule_id": rule.id, "name": "？"}, {"name": "！"}
            ),
            ("haerun.return.visit", "of A"): Sample(cls.visit, visit, {"note": "x"}),
            ("haerun.return.visit", "the section's"): Sample(
                cls.section_visit, {**visit, "visitor": "section"}, {"note": "x"}
            ),
            ("haerun.visit.attempt", "of A"): Sample(
                cls.visit.attempt_ids,
                {
                    "visit_id": cls.visit.id,
                    "at": fields.Datetime.now(),
                    "outcome": "reached",
                },
                {"note": "x"},
            ),
            ("haerun.visit.answer", "of A"): Sample(
                cls.visit.answer_ids,
                {"visit_id": cls.visit.id, "name": "？", "kind": "text"},
                {"text": "x"},
            ),
            ("haerun.visit.opinion", "of A"): Sample(
                cls.visit_opinion,
                {"visit_id": cls.visit.id, "text": "好"},
                {"text": "x"},
            ),
            ("haerun.visit.redo", "of A"): Sample(
                cls.redo,
                {
                    "visit_id": cls.visit.id,
                    "res_model": cls.project._name,
                    "res_id": cls.project.id,
                },
                {"result": "x"},
            ),
        }
