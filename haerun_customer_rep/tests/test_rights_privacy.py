"""Attacks that read: what a role may not see, by whatever way it asks."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .hookup_common import PIXEL
from .rights_common import RightsCommon

STRANGERS = ("clerk2", "branch", "csd_m", "account", "reader", "plain", "portal")


@tagged("-at_install", "post_install")
class TestRightsPrivacy(RightsCommon):
    def _as(self, role, record):
        self.env.invalidate_all()
        return record.with_user(self.users[role])

    def _denied(self, attack):
        """Whether the attack is refused, as forbidden or as no such thing."""
        try:
            with self.undone():
                attack()
        except (UserError, ValueError, NotImplementedError):
            return True
        return False

    # ------------------------------------------------- phone and ID number

    def test_phone_is_not_guessed(self):
        """R15: whoever may not ask for a contact cannot find it out by searching."""
        for role in ("collab", "rules"):
            projects = self._as(role, self.projects)
            self.assertIn(self.project, projects.search([]), role)
            for domain in (
                [("phone", "=", "13812345678")],
                [("phone", "ilike", "5678")],
                [("phone", "ilike", "13812345678")],
                [("id_number", "=", "11010519491231002X")],
                [("id_number", "ilike", "002X")],
                ["!", ("phone", "!=", "13812345678")],
                [("survey_ids.project_id.phone", "=", "13812345678")],
                [("material_ids.project_id", "any", [("phone", "=", "13812345678")])],
            ):
                self.assertFalse(projects.search(domain), f"{role} {domain}")
                self.assertFalse(projects.search_count(domain), f"{role} {domain}")
        with self.assertRaises(UserError):
            self._as("csd_e", self.projects).search(
                [("phone", "in", ["13812345678", "13812345679"])]
            )
        for operator in (">", "<=", "=like", "not like"):
            try:
                found = self._as("collab", self.projects).search(
                    [("phone", operator, "1381234%")]
                )
            except (UserError, ValueError, NotImplementedError):
                continue
            if operator != "not like":
                self.assertNotIn(self.project, found)

    def test_plain_numbers_are_out_of_reach(self):
        """R15: no domain, group, order, export or path reads the plain fields."""
        for role in ("deputy", "csd_e", "superv", "rules", "clerk"):
            self.users[role].group_ids += self.env.ref("base.group_allow_export")
            project = self._as(role, self.project)
            Survey = project.env["haerun.hookup.survey"]
            Partner = project.env["res.partner"]
            for number, attack in enumerate(
                (
                    lambda p=project: p.read(["phone_plain"]),
                    lambda p=project: p.web_read({"id_number_plain": {}}),
                    lambda p=project: p.export_data(["phone_plain"]),
                    lambda p=project: p.search([("phone_plain", "=like", "138%")]),
                    lambda p=project: p.search([], order="phone_plain"),
                    lambda p=project: p.formatted_read_group([], ["phone_plain"]),
                    lambda p=project: p.formatted_read_group([], ["phone"]),
                    lambda p=project: p.formatted_read_group(
                        [], [], ["phone_plain:max"]
                    ),
                    lambda p=project: p.search(
                        [("partner_id.haerun_phone", "=like", "138%")]
                    ),
                    lambda p=project: p.search(
                        [("partner_id", "any", [("haerun_phone", "!=", False)])]
                    ),
                    lambda p=project: p.search(
                        [("partner_id", "any!", [("haerun_phone", "!=", False)])]
                    ),
                    lambda s=Survey: s.search(
                        [("project_id.phone_plain", "=like", "138%")]
                    ),
                    lambda s=Survey: s.formatted_read_group(
                        [], ["project_id.phone_plain"]
                    ),
                    lambda p=Partner: p.search([("haerun_phone", "=like", "138%")]),
                    lambda p=Partner: p.search([], order="haerun_phone"),
                    lambda p=Partner: p.formatted_read_group([], ["haerun_phone"]),
                    lambda p=project: p.partner_id.read(["haerun_phone"]),
                    lambda p=project: p.write({"phone_plain": "13900000000"}),
                )
            ):
                self.assertTrue(self._denied(attack), f"{role}, attack {number}")

    def test_onchange_tells_no_names(self):
        """R15: only who accepts applications learns a name by its phone."""
        for role in STRANGERS:
            if role == "clerk2":
                continue
            try:
                answer = self._as(role, self.projects).onchange(
                    {"phone": "13812345678"},
                    ["phone"],
                    {"phone": {}, "applicant_name": {}},
                )
            except AccessError:
                continue
            self.assertNotIn("王芳", str(answer), role)

    def test_full_number_only_for_the_holder(self):
        """R15: the full number is computed for who holds the matter, and not cached."""
        self.assertEqual(self._as("deputy", self.project).phone_full, "13812345678")
        holder = self.project.with_user(self.user_b)
        self.assertTrue(holder.phone_full)
        for role in ("collab", "head", "csd_e", "superv", "rules"):
            self.assertFalse(self.project.with_user(self.users[role]).phone_full, role)

    # -------------------------------------------------------- files and chatter

    def test_files_of_others(self):
        """R18: files follow the matter they lie with, whichever way one asks."""
        files = self.env["ir.attachment"]
        for record in (
            self.project,
            self.survey,
            self.window,
            self.project.material_ids[0],
        ):
            files += files.create(
                {
                    "name": "机密.png",
                    "datas": PIXEL,
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
        for role in STRANGERS:
            found = self._as(role, files)
            self.assertFalse(found.search([("id", "in", files.ids)]), role)
            self.assertFalse(found.search([("name", "=", "机密.png")]), role)
            for file in found:
                for attack in (
                    lambda f=file: f.read(["datas"]),
                    lambda f=file: f.copy(),
                    lambda f=file: f.write({"public": True}),
                    lambda f=file: f.unlink(),
                ):
                    with self.assertRaises(AccessError, msg=role):
                        attack()

    def test_messages_of_others(self):
        """R5: what is said on a matter is read by who may read the matter."""
        secret = self.project.with_user(self.user_b).message_post(body="机密")
        tracking = self.project.message_ids - secret
        for role in STRANGERS:
            messages = self._as(role, secret)
            self.assertFalse(messages.search([("body", "like", "机密")]), role)
            self.assertFalse(
                messages.search(
                    [("model", "=", self.project._name), ("res_id", "=", secret.res_id)]
                ),
                role,
            )
            for message in messages | tracking.with_user(self.users[role]):
                with self.assertRaises(AccessError, msg=role):
                    message.read(["body"])
            project = self._as(role, self.project)
            partner = self.users[role].partner_id
            with self.undone():
                project.message_subscribe(partner.ids)  # does nothing, quietly
                self.assertNotIn(partner, self.project.message_partner_ids, role)
            for number, attack in enumerate(
                (
                    lambda p=project: p.message_post(body="x"),
                    lambda p=project: p.activity_schedule(
                        "mail.mail_activity_data_todo"
                    ),
                    lambda p=project: p.read(["message_ids"]),
                    lambda p=project: p.env["mail.followers"].create(
                        {
                            "res_model": p._name,
                            "res_id": p.id,
                            "partner_id": p.env.user.partner_id.id,
                        }
                    ),
                )
            ):
                self.assertTrue(self._denied(attack), f"{role}, attack {number}")

    def test_following_gives_nothing(self):
        """R5: following a matter, even put there by its holder, opens it to nobody."""
        for role in ("branch", "plain"):
            user = self.users[role]
            self._as("deputy", self.project).message_subscribe(user.partner_id.ids)
            with self.assertRaises(AccessError):
                self._as(role, self.project).read(["applicant_name"])

    def test_activities_of_others(self):
        """R5: the tasks of a matter are seen by who may see the matter."""
        activities = self.project.activity_ids | self.survey.activity_ids
        self.assertTrue(activities)
        for role in STRANGERS:
            mine = self._as(role, activities)
            if role != "portal":
                self.assertFalse(mine.search([("id", "in", activities.ids)]), role)
            with self.assertRaises(AccessError):
                mine.read(["summary"])
            with self.assertRaises(AccessError):
                mine.write({"user_id": self.users[role].id})

    def test_rights_end_with_the_substitution(self):
        """R121: B's rights end at once, and B hears no more of A's matters."""
        project = self._as("deputy", self.project)
        self.assertTrue(project.has_access("write"))
        project.message_subscribe(self.user_b.partner_id.ids)
        self.project.message_subscribe(self.user_head.partner_id.ids)
        # B was invited to this survey himself, and so stays a collaborator: not here
        self.project.collaborator_ids = self.rep_collab
        self.invitation.unlink()
        self.substitution.with_user(self.user_a).action_end_now()
        project = self._as("deputy", self.project)
        self.assertFalse(project.has_access("read"))
        self.assertNotIn(self.user_b.partner_id, self.project.message_partner_ids)
        self.assertIn(self.user_head.partner_id, self.project.message_partner_ids)
        said = self.project.with_user(self.user_a).message_post(
            body="机密", subtype_xmlid="mail.mt_comment"
        )
        with self.assertRaises(AccessError):
            said.with_user(self.user_b).read(["body"])

    # ----------------------------------------------------------- other people's

    def test_coordinators_keep_to_their_class(self):
        """R5, R40: a coordinator sees the clocks and notices of the own class."""
        records = (self.clock, self.clock.event_ids[:1], self.notice)
        for record in records:
            self.assertTrue(self._as("csd_e", record).has_access("read"))
            for role in ("csd_m", "csd_s"):
                self.assertFalse(self._as(role, record).has_access("read"), role)

    def test_import_journal_of_another(self):
        """R15: a clerk's wizard shows no file of another clerk."""
        run = self.env["haerun.import.run"].create(
            {
                "name": "甲.csv",
                "target": "haerun.hookup.import",
                "user_id": self.user_clerk.id,
                "reject_file": PIXEL,
            }
        )
        wizards = self._as("clerk2", self.env["haerun.hookup.import"])
        with self.assertRaises(AccessError):
            wizards.create({"run_id": run.id}).reject_file  # noqa: B018
        wizard = wizards.create({})
        with self.assertRaises(AccessError):
            wizard.run_id = run
        with self.assertRaises(AccessError):
            self._as("clerk2", run).read(["reject_file"])

    def test_withdraw_own_notice(self):
        """R90: nobody takes back what was written to him, whatever his rank."""
        matter = self._accept().with_env(self.env)
        head = self._representative(self.user_head)
        matter._assign(head)
        notice = matter._issue_notices("supervise", "请办理")
        with self.assertRaises(AccessError):
            self._as("head", notice).action_withdraw("误发")
        self._as("csd_e", notice).action_withdraw("误发")
        self.assertEqual(notice.state, "withdrawn")

    # -------------------------------------------------------------- more rights

    def test_nobody_promotes_himself(self):
        """R3, R120: no role gives itself a unit, a post, a group or a deputy."""
        for role, user in self.users.items():
            if role in ("rules", "public"):
                continue
            me = self._as(role, user)
            group = self.env.ref("haerun_customer_rep.group_csd_engineering")
            before = (user.all_group_ids, user.haerun_managed_unit_ids)
            for values in (
                {"group_ids": [Command.link(group.id)]},
                {"haerun_managed_unit_ids": [Command.link(self.unit.id)]},
                {"haerun_representative_ids": [Command.link(self.rep_a.id)]},
                {"department_id": self.unit.id},
                {"employee_ids": [Command.link(self.rep_a.employee_id.id)]},
            ):
                with self.undone():
                    try:
                        me.write(values)
                        self.env.flush_all()
                    except (UserError, ValueError):
                        continue
                    self.env.invalidate_all()
                    after = (user.all_group_ids, user.haerun_managed_unit_ids)
                    self.assertEqual(before, after, f"{role} {values}")
                    self.assertEqual(self.rep_a.user_id, self.user_a, role)
            for record, values in (
                (self.unit, {"manager_id": user.employee_id.id}),
                (self.unit, {"haerun_level": "branch"}),
                (self.rep_a.employee_id, {"user_id": user.id}),
                (self.rep_a.employee_id, {"department_id": self.branch.id}),
                (self.rep_a, {"user_id": user.id}),
                (self.rep_a, {"acting_user_id": user.id}),
                (self.rep_a, {"state": "ended"}),
                (self.rep_a, {"name": "forged"}),
                (self.rep_a, {"deputy_approved_by_id": user.id}),
                (self.substitution, {"third_approved_by_id": user.id}),
                (self.substitution, {"state": "ended"}),
            ):
                with self.assertRaises(UserError, msg=f"{role} {values}"):
                    self._as(role, record).write(values)

    def test_areas_stay_with_their_class(self):
        """R3, R40: a coordinator gives areas to representatives of the own class."""
        rep = self._representative(self.users["plain"], rep_class="marketing")
        area = self.env["haerun.service.area"].create({"name": "另一片区"})
        lines = self._as("csd_m", self.env["haerun.area.responsible"])
        line = lines.create({"area_id": area.id, "representative_id": rep.id})
        with self.assertRaises(AccessError):
            line.representative_id = self.rep_branch
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            lines.with_context(default_rep_class="marketing").create(
                {
                    "area_id": area.id,
                    "representative_id": self.rep_branch.id,
                    "rep_class": "marketing",
                }
            )

    def test_who_named_the_third(self):
        """R121: who named the third person is recorded, not typed."""
        kind = self.env["hr.leave.type"].create(
            {"name": "事假", "requires_allocation": False}
        )
        day = self.env["haerun.workday"].search(
            [("kind", "=", "workday"), ("date", ">", "2027-06-01")],
            limit=1,
            order="date",
        )
        leave = (
            self.env["hr.leave"]
            .with_user(self.users["plain"])
            .with_context(default_haerun_third_by_id=self.user_head.id)
            .create(
                {
                    "employee_id": self._employee(self.users["plain"]).id,
                    "holiday_status_id": kind.id,
                    "request_date_from": day.date,
                    "request_date_to": day.date,
                    "haerun_third_by_id": self.user_head.id,
                }
            )
        )
        leave.write({"haerun_third_by_id": self.user_head.id})
        self.assertFalse(leave.sudo().haerun_third_by_id)

    def test_other_documents(self):
        """R15: prints, pictures and outbox are closed to strangers as well."""
        report = self.env["ir.actions.report"]
        for role in STRANGERS:
            for xml_id, record in (
                ("haerun_material_notice_report", self.window_notice),
                ("supervision_notice_report", self.notice),
            ):
                with self.assertRaises(AccessError, msg=f"{role} {xml_id}"):
                    self._as(role, report)._render_qweb_html(
                        f"haerun_customer_rep.{xml_id}", record.ids
                    )
            for model in ("haerun.push", "haerun.access.log", "haerun.import.row"):
                with self.assertRaises(AccessError, msg=f"{role} {model}"):
                    self._as(role, self.env[model]).search([])
