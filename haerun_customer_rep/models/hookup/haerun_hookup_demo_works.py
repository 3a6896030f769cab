from odoo import models
from odoo.fields import Command

FOUND = "接口处渗水，试压压力降超限"
MENDED = "已更换胶圈重新安装，复试压力无下降"


class HookupDemo(models.AbstractModel):
    """Works of the demo's projects on site: inspected, water on, accounts opened."""

    _inherit = "haerun.hookup.demo"

    # ------------------------------------------------------------ nodes
    def _inspect_nodes(self, project, way, since, until):
        """Inspect the nodes one by one between ``since`` and ``until`` hours ago.

        One fails where the row says so: its opinion stays ``open``, is reported as
        ``rectified``, or is closed and the node inspected again (``failed``).
        """
        open_lines = self._open_lines(project)
        bad = open_lines[3:4] if way.row["turns"] else open_lines.browse()
        stays = way.turns("open") or way.turns("rectified")
        for number, line in enumerate(open_lines, 1):
            share = number / (len(open_lines) + 1)
            hours = since + (until - since) * share
            if line == bad:
                self._fail_node(line, way, hours, until)
                if stays:
                    break
                continue
            with self._at(way.ago(hours)):
                self._pass(line)

    def _fail_node(self, line, way, hours, until):
        project = line.project_id
        left = hours - until
        with self._at(way.ago(hours)):
            line.participants = "青岛鸿润管道工程有限公司 薛永刚"
            point = line.point_ids[1:2] or line.point_ids
            (line.point_ids - point).result = "ok"
            point.write({"result": "failed", "note": FOUND})
            line.photo_ids = self._photos(line, 1)
            line.action_fail()
            line.action_raise()
        opinion = line.rectification_ids.with_user(line.env.user)
        if way.turns("open"):
            return
        with self._at(way.ago(hours - left * 0.4)):
            opinion.write({"done": MENDED, "photo_after_ids": self._photos(line, 1)})
            opinion.action_report()
        if way.turns("rectified"):
            return
        with self._at(way.ago(hours - left * 0.5)):
            branch = project.sudo().branch_rep_id.acting_user_id
            opinion.with_user(branch).action_close()
            again = line.browse(line.action_reinspect()["res_id"])
            self._pass(again)

    def _go_nodes_passed(self, project, way):
        mine = self._acting(project)
        hours = float(way.row["nodes_passed"])
        self._inspect_nodes(mine, way, way.before, hours)
        with self._at(way.at("nodes_passed")):
            mine.action_pass_nodes()
        if way.last("nodes_passed") and way.turns("items"):
            with self._at(way.ago(hours / 2)):
                first = self._open_lines(mine)[:1]
                self._join(first)
                self._pass(first)
                self._open_lines(mine).action_invite_branch()

    # ------------------------------------------------------- acceptance
    def _go_items_accepted(self, project, way):
        with self._at(way.at("items_accepted")):
            self._accept_works(project).action_accept_items()

    def _go_meters_accepted(self, project, way):
        with self._at(way.at("meters_accepted")):
            mine = self._accept_works(project)
            mine.action_accept_meters()
        if way.last("meters_accepted") and way.turns("agreed"):
            with self._at(way.ago(1)):
                start = way.worktime.plan(way.now, 3, "work_hour")
                self._agree(mine, start.replace(minute=0, second=0))

    def _accept_works(self, project):
        mine = self._acting(project)
        lines = self._open_lines(mine)
        self._join(lines)
        for line in lines:
            self._pass(line)
        return mine

    def _open_lines(self, project):
        return project.inspection_ids.filtered(
            lambda line: line.standing and line.state == "open"
        )

    def _join(self, lines):
        branch = lines.project_id.sudo().branch_rep_id.acting_user_id
        lines.with_user(branch).action_join()

    def _pass(self, line):
        line.point_ids.result = "ok"
        line.photo_ids = self._photos(line, 1)
        line.place = line.project_id.address
        line.action_pass()

    def _photos(self, record, count):
        photos = (
            self.env["ir.attachment"]
            .with_user(record.env.user)
            .create(
                [
                    {
                        "name": f"现场{number}.jpg",
                        "datas": self._photo(record.id + number),
                    }
                    for number in range(1, count + 1)
                ]
            )
        )
        return [Command.link(photo.id) for photo in photos]

    # --------------------------------------------------------- water-on
    def _agree(self, project, moment):
        """The customer wants the water on a day; the time is agreed with him."""
        day = self.env.company._haerun_local(moment).date()
        project._request_water_on(day, "told")
        self.env["haerun.hookup.water.on"].with_user(project.env.user).create(
            {"project_id": project.id, "agreed_at": moment}
        )

    def _go_water_on(self, project, way):
        mine = self._acting(project)
        done = way.at("water_on")
        with self._at(way.at("water_on", 0.1)):
            self._agree(mine, done)
        with self._at(done):
            appointment = mine.water_on_id
            appointment.write(
                {
                    "connected_main": mine.survey_id.existing_pipe,
                    "pressure": 0.32,
                    "chlorine": 0.35,
                    "turbidity": 0.4,
                    "leak_checked": True,
                    "place": mine.address,
                    "photo_ids": self._photos(appointment, 2),
                }
            )
            appointment.action_done()
        if way.last("water_on") and way.turns("handed"):
            with self._at(way.ago(float(way.row["water_on"]) / 2)):
                self._hand_over(project)

    # --------------------------------------------------------- accounts
    def _hand_over(self, project):
        """Meters are given out; what account opening needs goes to the branch."""
        mine = self._acting(project)
        household = mine.service_type_id.code == "household"
        values = {"use_class": "residential", "household_count": 1}
        if not household:
            values = {"use_class": "other", "invoice_title": mine.applicant_name}
        mine.write(
            {
                **values,
                "reading_mode": "remote",
                "meter_issue_ids": [
                    Command.create(
                        {
                            "diameter": mine.diameter,
                            "count": 1,
                            "issued_on": self.env.company._haerun_today(),
                            "receiver": "表务班 尹建平",
                        }
                    )
                ],
            }
        )
        mine.action_hand_to_account()

    def _go_account_opened(self, project, way):
        with self._at(way.at("account_opened", 0.4)):
            self._hand_over(project)
        with self._at(way.at("account_opened")):
            opener = project.sudo().marketing_rep_id.acting_user_id
            project.with_user(opener)._open_account(f"户号 10{project.id:06d}")
