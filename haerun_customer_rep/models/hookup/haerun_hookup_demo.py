import base64
import csv
import io
from contextlib import contextmanager
from unittest.mock import patch

from PIL import Image, ImageDraw

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import file_open

#: people of the demo by the step they take
CLERKS = ("user_wanglei", "user_dingxia")


class HookupDemo(models.AbstractModel):
    """Plays a working week of hookup projects through the real methods (demo only).

    Every project of ``demo/hookup/projects.csv`` is accepted, handed over, surveyed
    and signed at working hours counted back from now, so that the board shows all
    steps and some overdue whenever the demo is made. Those of ``ways.csv`` go on.
    """

    _name = "haerun.hookup.demo"
    _description = "Demo of Hookup Projects"

    @api.model
    def _build(self):
        """Make the demo's projects once."""
        projects = self.env["haerun.hookup.project"]
        if not self.env.su or projects.search_count([], limit=1):
            return
        # what the demo writes down is in Chinese: the terms come after the demo
        self.env.ref("base.module_haerun_customer_rep")._update_translations(["zh_CN"])
        self = self.with_context(lang="zh_CN")
        self._forget_english()
        worktime = self.env["haerun.workday"]._worktime(
            self.env.company.resource_calendar_id
        )
        now = fields.Datetime.now()

        def ago(hours: str):
            return worktime.back(now, float(hours), "work_hour")

        with file_open("haerun_customer_rep/demo/hookup/projects.csv") as file:
            rows = list(csv.DictReader(file))
        made = {}
        for index, row in enumerate(rows):
            clerk = self._user(CLERKS[index % len(CLERKS)])
            with self._at(ago(row["accepted"])):
                project = self._accept(row, clerk, index)
            if row["noticed"]:
                with self._at(ago(row["noticed"])):
                    project._give_notice()
            if row["completed"]:
                with self._at(ago(row["completed"])):
                    project.material_ids.write({"received": True})
            if row["planned"]:
                with self._at(ago(row["planned"])):
                    self._plan(project, row, worktime)
            if row["surveyed"]:
                with self._at(ago(row["surveyed"])):
                    self._survey(project, row)
            if row["signed"]:
                with self._at(ago(row["signed"])):
                    self._sign(project, row)
            if row["withdrawn"]:
                project.sudo()._withdraw(row["withdrawn"])
            made[row["applicant"]] = (project, row["signed"])
        self._go_on(made, worktime, now)

    def _forget_english(self):
        """Drop the notes that the demo's tables left before the terms came."""
        self.env["mail.message"].search(
            [
                ("model", "in", ("haerun.representative", "haerun.substitution")),
                "|",
                ("tracking_value_ids", "!=", False),
                ("body", "=like", "<span>%</span>"),
            ]
        ).unlink()

    @contextmanager
    def _at(self, moment):
        """Let the engine's clock stand at ``moment``; for the demo alone."""
        messages = self.env["mail.message"]
        last = messages.search([], order="id desc", limit=1)
        with patch.object(fields.Datetime, "now", lambda *args: moment):
            yield
            self.env.flush_all()
        # their default does not ask the clock above
        messages.search([("id", ">", last.id)]).write({"date": moment})

    def _user(self, name):
        return self.env.ref(f"haerun_customer_rep.{name}")

    def _accept(self, row, clerk, index):
        service = self.env.ref(f"haerun_customer_rep.service_type_{row['service']}")
        projects = self.env["haerun.hookup.project"].with_user(clerk)
        checklist = projects._checklist(service.current_version_id)
        missing = int(row["missing"] or 0)
        lines = [
            Command.create({**line, "received": position >= missing})
            for position, line in enumerate(checklist)
        ]
        return projects.create(
            {
                "channel_id": self.env.ref(
                    f"haerun_customer_rep.channel_{row['channel']}"
                ).id,
                "external_no": f"{row['channel'].upper()}{index:04d}"
                if row["channel"] in ("wechat", "website", "app")
                else False,
                "applicant_name": row["applicant"],
                "phone": f"13{5 + index % 5}{(index * 7919 + 10000000):08d}",
                "address": row["address"],
                "service_type_id": service.id,
                "diameter": row["diameter"],
                "expected_use": float(row["use"]),
                "material_ids": lines,
            }
        )

    def _plan(self, project, row, worktime):
        holder = project.sudo().acting_user_id
        start = fields.Datetime.now()
        survey = (
            self.env["haerun.hookup.survey"]
            .with_user(holder)
            .create(
                {
                    "project_id": project.id,
                    "planned_at": worktime.plan(
                        start, float(row["survey_in"]), "work_hour"
                    ).replace(minute=0, second=0),
                    "meeting_point": row["place"],
                    "invitation_ids": [
                        Command.create(
                            {
                                "department_id": self.env.ref(
                                    f"haerun_customer_rep.hr_department_{unit}"
                                ).id
                            }
                        )
                        for unit in row["units"].split()
                    ],
                }
            )
        )
        for invitation, reply in zip(
            survey.invitation_ids, row["replies"].split(), strict=False
        ):
            if reply != "none" and invitation.user_id:
                invitation.with_user(invitation.user_id)._reply(reply)

    def _survey(self, project, row):
        survey = project.survey_id.with_user(project.sudo().acting_user_id)
        pipe, pressure, line, place, remarks = row["findings"].split("|")
        survey.write(
            {
                "existing_pipe": pipe,
                "pressure": float(pressure),
                "outside_line": line,
                "meter_place": place,
                "remarks": remarks or False,
                "place": row["place"],
                "latitude": 36.06 + project.id % 17 / 100,
                "longitude": 120.33 + project.id % 23 / 100,
                "photo_ids": [
                    Command.create(
                        {
                            "name": f"现场{number}.jpg",
                            "datas": self._photo(project.id + number),
                        }
                    )
                    for number in (1, 2)
                ],
            }
        )
        survey.action_record()

    def _sign(self, project, row):
        survey = project.survey_id.with_user(project.sudo().acting_user_id)
        if row["refused"]:
            survey._refuse(row["refused"])
            return
        name = row["applicant"] if len(row["applicant"]) < 5 else "李经理"
        survey.write(
            {
                "signer_name": name,
                "signer_role": "self" if name == row["applicant"] else "agent",
                "signature": self._scribble(project.id),
            }
        )
        survey.action_sign()

    def _photo(self, seed) -> bytes:
        """A stand-in for a photo: sky, wall, ground and a pipe."""
        image = Image.new("RGB", (640, 480), (170, 200, 225))
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 150, 640, 330), fill=(190 - seed * 13 % 60, 170, 150))
        draw.rectangle((0, 330, 640, 480), fill=(110, 105, 95))
        left = 60 + seed * 37 % 200
        draw.rectangle((left, 380, left + 330, 410), fill=(60, 90, 140))
        draw.ellipse((left + 140, 340, left + 210, 410), fill=(40, 60, 90))
        return self._encoded(image, "JPEG")

    def _scribble(self, seed) -> bytes:
        """A stand-in for a signature."""
        image = Image.new("RGBA", (480, 160), (255, 255, 255, 0))
        points = [
            (40 + i * 9, 80 + (i * (seed + 31) * 17) % 70 - 35) for i in range(45)
        ]
        ImageDraw.Draw(image).line(points, fill=(10, 20, 90), width=4, joint="curve")
        return self._encoded(image, "PNG")

    def _encoded(self, image, kind) -> bytes:
        buffer = io.BytesIO()
        image.save(buffer, kind)
        return base64.b64encode(buffer.getvalue())
