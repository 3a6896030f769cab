import csv
from datetime import datetime, timedelta
from typing import NamedTuple

from PIL import Image, ImageDraw

from odoo import api, models
from odoo.fields import Command
from odoo.tools import file_open

from ...tools.worktime import WorkTime

ISSUES = [
    (
        "S-03",
        "引入管未设倒流防止器，请补充大样并标明型号",
        "GB 50015-2019 3.3.7",
        "major",
    ),
    (
        "S-05",
        "水表井与化粪池净距不足，请调整井位",
        "GB 50015-2019 3.13.11",
        "mandatory",
    ),
]
#: service type → what its plan says of supply, pipe, meter, backflow and fire water
SUPPLY = {
    "household": ("direct", "ppr", "remote", "none", "none"),
    "small": ("direct", "pe", "remote", "check_valve", "none"),
    "large": ("direct", "ductile", "ultrasonic", "preventer", "separate"),
    "site": ("mixed", "ductile", "remote", "preventer", "separate"),
}


class Way(NamedTuple):
    """A row of ``ways.csv``: which steps a project takes, at which hours ago."""

    row: dict
    before: float
    worktime: WorkTime
    now: datetime

    def at(self, step: str, share: float = 1.0) -> datetime:
        """When the step is reached, or an earlier share of the way to it."""
        hours = float(self.row[step])
        return self.ago(self.before + (hours - self.before) * share)

    def ago(self, hours: float) -> datetime:
        return self.worktime.back(self.now, hours, "work_hour")

    def turns(self, name: str) -> bool:
        return name in self.row["turns"].split()

    def last(self, step: str) -> bool:
        """Whether the project stands at this step in the end."""
        steps = list(self.row)
        return not any(self.row[later] for later in steps[steps.index(step) + 1 :])


class HookupDemo(models.AbstractModel):
    """Plan, design, review and filing of the demo's projects, by those who do it.

    A column of ``ways.csv`` is a step, gone by the method ``_go_<column>``; its cell
    says how many hours of work ago. ``turns`` names what else happens on the way.
    """

    _inherit = "haerun.hookup.demo"

    @api.model
    def _go_on(self, made, worktime, now):
        """Carry on the projects of ``ways.csv``.

        :param made: ``{applicant: (project, hours since the survey was signed)}``
        """
        with file_open("haerun_customer_rep/demo/hookup/ways.csv") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            project, before = made[row["applicant"]]
            for column, hours in row.items():
                go = getattr(self, f"_go_{column}", None)
                if not go or not hours:
                    continue
                go(project, Way(row, float(before), worktime, now))
                before = hours

    def _acting(self, project):
        """The project, as who holds it works on it."""
        return project.with_user(project.sudo().acting_user_id)

    # ------------------------------------------------------------- plan
    def _go_plan_submitted(self, project, way):
        mine = self._acting(project)
        with self._at(way.at("plan_submitted", 0.3)):
            mine.action_compile_plan()
            mine.plan_id.write(self._plan_content(mine))
        if way.turns("returned"):
            with self._at(way.at("plan_submitted", 0.6)):
                mine.plan_id.action_submit()
            with self._at(way.at("plan_submitted", 0.8)):
                self._decider(project)._return("消防用水量未单列，请核算后补充")
            with self._at(way.at("plan_submitted", 0.9)):
                mine.plan_id.action_revise()
                mine.plan_id.notes = "已补充消防用水量核算，室外消防20L/s，单独设表。"
        with self._at(way.at("plan_submitted")):
            mine.plan_id.action_submit()
        if way.turns("half"):
            with self._at(way.ago(float(way.row["plan_submitted"]) / 2)):
                self._decider(project)._approve("管径与水量核算合理，同意")

    def _go_plan_approved(self, project, way):
        with self._at(way.at("plan_approved")):
            while project.plan_id.state == "pending":
                self._decider(project)._approve("同意")

    def _go_plan_delivered(self, project, way):
        name = project.applicant_name if len(project.applicant_name) < 5 else "李经理"
        mine = self._acting(project)
        with self._at(way.at("plan_delivered")):
            mine.plan_id._receive(name, self._scribble(project.id), "counter")
        if way.turns("design"):
            with self._at(way.ago(float(way.row["plan_delivered"]) - 6)):
                self._choose(mine)

    def _decider(self, project):
        """The plan, as one of those sees it who decide on it now."""
        plan = project.sudo().plan_id
        return plan.with_user(plan.approver_ids[:1])

    def _plan_content(self, project):
        service = project.service_type_id.code
        mode, pipe, meter, backflow, fire = SUPPLY[service]
        outside = project.survey_id.outside_line
        return {
            "supply_mode": mode,
            "pipe_material": pipe,
            "meter_kind": meter,
            "meter_count": 320 if service == "site" else 1,
            "backflow": backflow,
            "fire_water": fire,
            "outside_length": {"simple": 38, "needed": 160}.get(outside, 0),
            "attachment_ids": [Command.set(self._drawing(project, "供水方案图").ids)]
            if outside != "none"
            else [],
        }

    # ----------------------------------------------------------- design
    def _choose(self, project):
        """The customer names his own design unit in writing."""
        unit = self._user(
            ("external_unit_design_haichuan", "external_unit_design_qingshui")[
                project.id % 2
            ]
        )
        project._choose_design(
            {
                "unit_id": unit.id,
                "unit_name": unit.name,
                "qualification_no": unit.qualification_no,
                "qualification_grade": unit.qualification_grade,
                "qualification_until": unit.qualification_until,
                "contact_name": unit.contact_name,
            },
            "written",
        )

    def _go_design_finished(self, project, way):
        mine = self._acting(project)
        with self._at(way.at("design_finished", 0.1)):
            self._choose(mine)
        if way.turns("rounds"):
            with self._at(way.at("design_finished", 0.5)):
                self._finish(mine, "施工图已完成，请审查")
            with self._at(way.at("design_finished", 0.6)):
                self._raise_issues(mine)
                mine.review_id.opinion = "按意见修改后再报"
                mine.review_id.action_return()
        with self._at(way.at("design_finished")):
            self._finish(mine, "施工图已按方案完成，请审查")
        if way.last("design_finished") and way.turns("issues"):
            with self._at(way.ago(float(way.row["design_finished"]) / 2)):
                if way.turns("rounds"):
                    self._resolve(mine.review_issue_ids[:1])
                else:
                    self._raise_issues(mine)

    def _finish(self, project, note):
        drawings = self._drawing(project, "给水总平面图", "水表井大样图")
        project._finish_design(note, drawings, "written")

    def _raise_issues(self, project):
        self.env["haerun.hookup.review.issue"].with_user(project.env.user).create(
            [
                {
                    "review_id": project.review_id.id,
                    "drawing_no": drawing,
                    "text": text,
                    "clause": clause,
                    "severity": severity,
                }
                for drawing, text, clause, severity in ISSUES
            ]
        )

    def _resolve(self, issues):
        for issue in issues:
            issue.resolution = "已按意见修改，图面核对无误"
            issue.action_resolve()

    def _go_review_passed(self, project, way):
        mine = self._acting(project)
        with self._at(way.at("review_passed")):
            self._resolve(
                mine.review_issue_ids.filtered(lambda issue: issue.state == "open")
            )
            mine.review_id.opinion = "符合规范和供水方案，同意施工"
            mine.review_id.action_pass()

    # ----------------------------------------------------------- filing
    def _go_contacted(self, project, way):
        mine = self._acting(project)
        with self._at(way.at("contacted")):
            contact = self.env["haerun.contact.log"].with_user(mine.env.user)
            contact = contact.browse(mine.action_contact_before_work()["res_id"])
            contact.write(
                {
                    "how": "visit",
                    "person": "李经理",
                    "resolution": "约定进场时间、施工便道和停水告知方式",
                }
            )
            contact.action_done()
        if way.turns("draft"):
            with self._at(way.ago(float(way.row["contacted"]) - 2)):
                self._filing(mine)

    def _filing(self, project):
        today = self.env.company._haerun_today()
        contractor = (
            "external_unit_contractor_hongrun",
            "external_unit_contractor_tongda",
        )[project.id % 2]
        return (
            self.env["haerun.hookup.filing"]
            .with_user(project.env.user)
            .create(
                {
                    "project_id": project.id,
                    "number": f"SG{today:%Y%m}{project.id:04d}",
                    "authority": "青岛市住房和城乡建设局",
                    "filed_on": today,
                    "contractor_id": self._user(contractor).id,
                    "supervisor_unit_id": self._user(
                        "external_unit_supervisor_zhengxin"
                    ).id,
                    "planned_start": today + timedelta(days=3),
                    "planned_end": today + timedelta(days=24),
                }
            )
        )

    def _go_construction_filed(self, project, way):
        mine = self._acting(project)
        with self._at(way.at("construction_filed")):
            self._filing(mine).action_file()
        if way.last("construction_filed"):
            self._inspect_nodes(mine, way, float(way.row["construction_filed"]), 0)

    # ------------------------------------------------------------ files
    def _drawing(self, project, *names):
        """Stand-ins for drawings, one page each, loaded by who works on it."""
        image = Image.new("L", (842, 595), 255)
        draw = ImageDraw.Draw(image)
        draw.rectangle((20, 20, 822, 575), outline=0, width=2)
        draw.rectangle((560, 500, 822, 575), outline=0)
        draw.line([(60, 420), (420, 420), (420, 140), (760, 140)], fill=0, width=4)
        for at in ((420, 420), (420, 140), (240, 420)):
            draw.ellipse(
                [at[0] - 9, at[1] - 9, at[0] + 9, at[1] + 9], outline=0, width=2
            )
        data = self._encoded(image, "PDF")
        return (
            self.env["ir.attachment"]
            .with_user(project.env.user)
            .create([{"name": f"{name}.pdf", "datas": data} for name in names])
        )
