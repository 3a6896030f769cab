"""Attacks that write: forging through values, contexts, commands and parents."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .hookup_common import PIXEL
from .rights_common import RightsCommon


@tagged("-at_install", "post_install")
class TestRightsForging(RightsCommon):
    def _as(self, role, record):
        self.env.invalidate_all()
        return record.with_user(self.users[role])

    # ------------------------------------------------ what a create drags along

    def test_create_brings_no_children(self):
        """R15, R18: who accepts an application cannot bring its history along."""
        foreign = self.env["ir.attachment"].create({"name": "工资表", "raw": b"1"})
        history = {
            "survey_ids": {
                "planned_at": fields.Datetime.now(),
                "state": "signed",
                "corrects_id": self.survey.id,
            },
            "clock_ids": {
                "limit_id": self.clock.limit_id.id,
                "limit_code": "forged",
                "res_model": "haerun.hookup.project",
                "state": "met",
                "started_at": fields.Datetime.now(),
                "due_at": fields.Datetime.now(),
            },
            "message_ids": {
                "model": "haerun.hookup.project",
                "body": "同意",
                "author_id": self.user_head.partner_id.id,
            },
            "notice_ids": {"kind": "urge", "source": "hand", "body": "forged"},
            "activity_ids": {"summary": "forged", "user_id": self.user_head.id},
        }
        projects = self.projects.with_user(self.user_clerk)
        for name, values in history.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                projects.create(self._values(**{name: [Command.create(values)]}))
            context = {f"default_{name}": [Command.create(values)]}
            with self.subTest(default=name), self.undone():
                project = projects.with_context(**context).create(self._values())
                found = str(project.sudo()[name].read()) if project.sudo()[name] else ""
                for trace in ("同意", "forged", "signed"):
                    self.assertNotIn(trace, found)
        line = {
            "material_type_id": self.window.material_ids[0].material_type_id.id,
            "attachment_ids": [Command.link(foreign.id)],
        }
        with self.assertRaises(AccessError):
            projects.create(self._values(material_ids=[Command.create(line)]))

    def test_create_takes_no_line_of_another(self):
        """R15: a checklist line of another application stays where it is."""
        line = self.project.material_ids[0]
        for command in (
            Command.link(line.id),
            Command.update(line.id, {"received": False}),
            Command.delete(line.id),
            Command.set(line.ids),
        ):
            with self.undone():
                try:
                    self.projects.with_user(self.user_clerk).create(
                        self._values(material_ids=[command])
                    )
                except UserError:
                    continue
                self.env.invalidate_all()
                self.assertEqual(line.project_id, self.project)
                self.assertTrue(line.received)

    # ------------------------------------------------------- default_ contexts

    def test_defaults_of_a_survey(self):
        """R18, R19: a context signs no survey."""
        context = {
            "default_state": "signed",
            "default_signed_at": "2020-01-01 00:00:00",
            "default_recorded_at": "2020-01-01 00:00:00",
            "default_digest": "0" * 64,
            "default_corrects_id": self.survey.id,
            "default_unit_id": self.branch.id,
            "default_reply": "accepted",
            "default_user_id": self.user_other.id,
            "default_invited_at": "2020-01-01 00:00:00",
        }
        survey = (
            self.env["haerun.hookup.survey"]
            .with_user(self.user_b)
            .with_context(**context)
            .create(
                {
                    "project_id": self.project.id,
                    "planned_at": fields.Datetime.now() + timedelta(days=1),
                    "invitation_ids": [Command.create({"department_id": self.unit.id})],
                }
            )
            .with_env(self.env)
        )
        self.assertEqual(survey.state, "planned")
        self.assertFalse(survey.signed_at or survey.recorded_at or survey.digest)
        self.assertFalse(survey.corrects_id)
        self.assertEqual(survey.unit_id, self.unit)
        self.assertEqual(survey.invitation_ids.reply, "none")
        self.assertEqual(survey.invitation_ids.user_id, self.user_b)

    def test_defaults_of_the_machine(self):
        """R1, R16: no context reaches what the system writes: clocks, ledger, outbox.

        A clock born with ``failure`` would never be looked at again, a push born
        with ``sent_at`` never sent.
        """
        context = {
            "default_failure": "forged",
            "default_sent_at": "2020-01-01 00:00:00",
            "default_verdict": "met",
            "default_reason": "forged",
            "default_level_id": self.env["haerun.escalation.level"].search([])[0].id,
            "default_pause_reason_id": self.env.ref(
                "haerun_customer_rep.pause_reason_customer"
            ).id,
            "default_answer": "forged",
            "default_state": "answered",
            "default_urgent": True,
        }
        last_push = self.env["haerun.push"].search([], order="id desc", limit=1).id
        project = (
            self.projects.with_user(self.user_clerk)
            .with_context(**context)
            .create(
                self._values(
                    material_ids=[
                        Command.create({**line, "received": True})
                        for line in self.projects._checklist(
                            self.household.current_version_id
                        )
                    ]
                )
            )
            .with_env(self.env)
        )
        self.assertFalse(project.clock_ids.filtered("failure"))
        self.assertFalse(project.clock_ids.filtered("pause_reason_id"))
        events = project.clock_ids.event_ids
        self.assertFalse(events.filtered("level_id"))
        self.assertFalse(events.filtered(lambda e: e.reason == "forged"))
        self.assertFalse(events.filtered(lambda e: e.kind == "start" and e.verdict))
        pushes = self.env["haerun.push"].search([("id", ">", last_push)])
        self.assertTrue(pushes)
        self.assertFalse(pushes.filtered("sent_at"))
        wizard = (
            self.env["haerun.notice.wizard"]
            .with_user(self.user_csd)
            .with_context(**context)
            .create({"targets": {project._name: project.ids}, "kind": "urge"})
        )
        wizard.action_issue()
        notice = project.notice_ids.sorted("id")[-1:]
        self.assertTrue(notice)
        self.assertEqual(notice.state, "issued")
        self.assertFalse(notice.answer)

    def test_defaults_of_a_substitution(self):
        """R121: a context begins no substitution and approves no third."""
        self.substitution.action_end_now()
        context = {
            "default_state": "active",
            "default_third_approved_by_id": self.user_head.id,
            "default_handed_over_at": "2020-01-01 00:00:00",
            "default_reported_at": "2020-01-01 00:00:00",
            "default_reporter_id": self.user_other.id,
            "default_approved": False,
            "default_unit_id": self.branch.id,
        }
        start = fields.Datetime.now() + timedelta(days=20)
        substitution = (
            self.env["haerun.substitution"]
            .with_user(self.user_a)
            .with_context(**context)
            .create(
                {
                    "principal_id": self.rep_a.id,
                    "date_from": start,
                    "date_to": start + timedelta(days=1),
                }
            )
            .with_env(self.env)
        )
        self.assertEqual(substitution.state, "planned")
        self.assertTrue(substitution.approved)
        self.assertEqual(substitution.unit_id, self.unit)
        for name in (
            "third_approved_by_id",
            "handed_over_at",
            "reported_at",
            "reporter_id",
        ):
            self.assertFalse(substitution[name], name)

    def test_defaults_of_an_appointment(self):
        """R3, R121: a context names nobody as who acts, and approves no deputy."""
        context = {
            "default_acting_user_id": self.user_other.id,
            "default_user_id": self.user_other.id,
            "default_deputy_approved_by_id": self.user_head.id,
            "default_state": "ended",
        }
        employee = self.env["hr.employee"].create({"name": "新人"})
        employee.user_id = self._user("rights_new", "新人", "representative")
        post = (
            self.env["haerun.representative"]
            .with_user(self.user_csd)
            .with_context(**context)
            .create(
                {
                    "employee_id": employee.id,
                    "rep_class": "engineering",
                    "unit_id": self.branch.id,
                }
            )
            .with_env(self.env)
        )
        self.assertEqual(post.user_id, employee.user_id)
        self.assertEqual(post.acting_user_id, employee.user_id)
        self.assertFalse(post.deputy_approved_by_id)
        self.assertEqual(post.state, "valid")

    def test_defaults_of_a_message(self):
        """R121: nobody writes in the name of a principal he does not act for."""
        message = (
            self._as("head", self.project)
            .with_context(default_haerun_acting_for_id=self.user_a.partner_id.id)
            .message_post(body="x")
        )
        self.assertFalse(message.sudo().haerun_acting_for_id)
        mine = self._as("deputy", self.project).message_post(body="y")
        principal = self.user_a.partner_id
        self.assertEqual(mine.sudo().haerun_acting_for_id, principal)
        with self.assertRaises(AccessError):
            mine.haerun_acting_for_id = False

    def test_defaults_of_a_material(self):
        """R15: a paper is stamped by the server."""
        self.window.material_ids[0].unlink()
        kind = self.env["haerun.hookup.material.type"].create(
            {"name": "其他", "code": "rights_other"}
        )
        line = (
            self.env["haerun.hookup.material"]
            .with_user(self.user_clerk)
            .with_context(
                default_received_at="2020-01-01 00:00:00",
                default_received_by_id=self.user_other.id,
            )
            .create({"project_id": self.window.id, "material_type_id": kind.id})
        )
        self.assertFalse(line.received_at or line.received_by_id)

    # -------------------------------------------------- moving to another parent

    def test_survey_stays_with_its_project(self):
        """R17: a survey is not moved to a project of somebody else."""
        mine = self._accept().with_env(self.env)
        survey = self._survey(mine)
        with self.assertRaises(UserError):
            self._as("deputy", survey).project_id = self.window
        for name, value in (
            ("unit_id", self.branch.id),
            ("acting_user_id", self.user_other.id),
            ("owner_user_id", self.user_other.id),
            ("reply_state", "agreed"),
        ):
            with self.assertRaises(UserError, msg=name):
                self._as("deputy", survey).write({name: value})
        with self.assertRaises(UserError):
            self._as("deputy", mine).survey_ids = [Command.link(self.survey.id)]

    def test_invitation_stays_with_its_survey(self):
        """R14, R17: nobody invites himself to a survey by moving an invitation."""
        rep = self._representative(self.users["branch"], self.unit)
        mine = self._accept().with_env(self.env)
        mine.sudo()._assign(rep)
        survey = self._survey(mine, user=rep.user_id)
        invitation = survey.invitation_ids.create(
            {"survey_id": survey.id, "representative_id": rep.id}
        )
        with self.assertRaises(AccessError):
            self._as("branch", self.survey).read(["place"])
        with self.assertRaises(UserError):
            self._as("branch", invitation).survey_id = self.survey
        with self.assertRaises(UserError):
            self._as("branch", invitation).with_context(
                default_survey_id=self.survey.id
            ).copy({"survey_id": self.survey.id, "representative_id": rep.id})
        with self.assertRaises(AccessError):
            self._as("branch", self.survey).read(["place"])

    def test_supervised_fields(self):
        """R5, R16: who holds a matter, by when, and how far it is: by methods alone."""
        for name, value in {
            "owner_id": self.rep_branch.id,
            "acting_user_id": self.users["head"].id,
            "unit_id": self.branch.id,
            "due_at": "2030-01-01 00:00:00",
            "step": "survey_signed",
            "materials_complete": True,
            "missing_count": 0,
            "outside_line": "none",
            "handover_minutes": 1,
            "number": "X",
        }.items():
            for role in ("deputy", "head", "csd_e"):
                with self.assertRaises(UserError, msg=f"{role} {name}"):
                    self._as(role, self.project).web_save({name: value}, {})
                # an import reports refusals in its answer instead of raising
                answer = self._as(role, self.projects).load(
                    [".id", name], [[str(self.project.id), str(value)]]
                )
                self.assertFalse(answer["ids"], f"{role} {name}")

    # ---------------------------------------------------------------- evidence

    def _signed(self):
        survey = self._find(self._as("deputy", self.survey))
        survey.action_record()
        survey.write({"signature": PIXEL, "signer_name": "王芳"})
        survey.action_sign()
        return survey

    def test_signature_is_not_replaced(self):
        """R19: no second file takes the place of the signature."""
        survey = self._signed()
        signature = survey.signature
        other = PIXEL.replace("jhg", "jhh")
        for values in (
            {"res_field": "signature"},
            {"res_field": "photo_ids"},
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                survey.env["ir.attachment"].create(
                    {
                        "name": "signature",
                        "res_model": survey._name,
                        "res_id": survey.id,
                        "datas": other,
                        **values,
                    }
                )
        loose = survey.env["ir.attachment"].create({"name": "x", "datas": other})
        with self.assertRaises(UserError):
            loose.write(
                {
                    "res_model": survey._name,
                    "res_id": survey.id,
                    "res_field": "signature",
                }
            )
        self.env.invalidate_all()
        self.assertEqual(survey.signature, signature)
        for values in ({"public": True}, {"res_field": "x"}, {"mimetype": "x/y"}):
            with self.assertRaises(UserError, msg=values):
                survey.photo_ids.write(values)
        uninstall = survey.photo_ids.with_context(_force_unlink=True)
        with self.assertRaises(UserError):
            uninstall.unlink()

    def test_files_of_others_are_not_taken(self):
        """R15, R18: a link to a file that one may not read does not bring it."""
        secret = self.env["ir.attachment"].create(
            {"name": "工资.png", "datas": PIXEL, "mimetype": "image/png"}
        )
        bound = self.env["ir.attachment"].create(
            {
                "name": "他人.png",
                "datas": PIXEL,
                "res_model": "haerun.hookup.project",
                "res_id": self.window.id,
            }
        )
        material = self.project.material_ids[0]
        for attachment in secret | bound:
            for record, name in (
                (self._as("deputy", self.survey), "photo_ids"),
                (self._as("deputy", material), "attachment_ids"),
            ):
                home = (attachment.res_model, attachment.res_id)
                with self.undone():
                    try:
                        record.write({name: [Command.link(attachment.id)]})
                    except AccessError:
                        continue
                    self.env.flush_all()
                    self.env.invalidate_all()
                    self.assertEqual((attachment.res_model, attachment.res_id), home)
                    with self.assertRaises(AccessError):
                        attachment.with_user(self.user_b).read(["raw"])

    def test_log_messages_stay(self):
        """R5: the log of who got the matter is neither rewritten nor deleted."""
        log = self.project.message_ids.filtered(lambda m: m.message_type != "comment")
        log = log[:1]
        self.assertTrue(log)
        for role in ("deputy", "head", "csd_e"):
            with self.assertRaises(AccessError):
                self._as(role, log).write({"body": "forged"})
            with self.assertRaises(AccessError):
                self._as(role, log).unlink()
            with self.assertRaises(AccessError):
                self._as(role, log).write({"res_id": self.window.id})

    def test_nobody_speaks_for_another(self):
        """R121: a message bears the name of who wrote it."""
        boss = self.users["head"].partner_id
        project = self._as("deputy", self.project)
        with self.assertRaises(AccessError):
            project.message_post(body="同意", author_id=boss.id)
        with self.assertRaises(AccessError):
            project.message_post(body="同意", email_from="boss@example.com")
        with self.assertRaises(AccessError):
            project.env["mail.message"].create(
                {
                    "model": project._name,
                    "res_id": project.id,
                    "body": "同意",
                    "author_id": boss.id,
                }
            )
        mine = project.message_post(body="好")
        self.assertEqual(mine.author_id, self.user_b.partner_id)
        with self.assertRaises(AccessError):
            mine.author_id = boss
