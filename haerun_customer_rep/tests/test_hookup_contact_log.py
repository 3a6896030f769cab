from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_hookup_design import DesignCommon


@tagged("-at_install", "post_install")
class TestContactLog(DesignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.logs = cls.env["haerun.contact.log"]
        cls.design_unit = cls.units.create({"kind": "design", "name": "市政设计院"})

    def _plan(self, user=None, **values):
        return self.logs.with_user(user or self.user_a).create(
            {
                "external_unit_id": self.design_unit.id,
                "matter": "图纸进度",
                "planned_at": self.at_utc("2026-09-22 10:00"),
                **values,
            }
        )

    def test_regular_contact_plans_the_next(self):
        """R7, R10: doing a regular contact plans the next in its rhythm."""
        with self.at("2026-09-21 09:00"):
            log = self._plan(mode="regular", every_weeks=2)
            self.assertEqual(log.representative_id, self.rep_a)
            self.assertEqual(log.unit_id, self.unit)
            task = log.activity_ids
            self.assertEqual(task.user_id, self.user_a)
            self.assertEqual(task.date_deadline, date(2026, 9, 22))
        with self.at("2026-09-23 09:00"):
            with self.assertRaisesRegex(
                UserError, "how you were in touch.*what was agreed"
            ):
                log.action_done()
            log.write({"how": "phone", "resolution": "下周出图"})
            log.action_done()
        self.assertEqual((log.state, log.done_by_id), ("done", self.user_a))
        self.assertEqual(log.contact_at, self.at_utc("2026-09-23 09:00"))
        self.assertFalse(log.activity_ids)
        following = self.logs.search([("id", ">", log.id)], limit=1)
        self.assertEqual(following.planned_at, self.at_utc("2026-10-06 10:00"))
        self.assertEqual((following.state, following.mode), ("planned", "regular"))
        self.assertEqual(following.activity_ids.user_id, self.user_a)
        self.assertEqual(following.external_unit_id, self.design_unit)

    def test_next_lies_ahead(self):
        """R7: a rhythm that was missed goes on from now, never in the past."""
        with self.at("2026-09-21 09:00"):
            log = self._plan(mode="regular", every_weeks=1)
        with self.at("2026-10-20 09:00"):
            log.write({"how": "visit", "resolution": "好"})
            log.action_done()
            following = self.logs.search([("id", ">", log.id)], limit=1)
        self.assertEqual(following.planned_at, self.at_utc("2026-10-20 10:00"))

    def test_task_in_my_work(self):
        """R7, R10: a planned contact is among the day's work of who makes it."""
        log = self._plan(planned_at=fields.Datetime.now() + timedelta(hours=1))
        work = self.env["haerun.my.work"].with_user(self.user_a).get_my_work()
        found = [a for a in work["activities"] if a["model"] == log._name]
        self.assertEqual([a["res_id"] for a in found], log.ids)
        log.planned_at += timedelta(days=1)
        self.assertEqual(len(log.activity_ids), 1, "moved, not doubled")

    def test_deputy(self):
        """R121: B makes A's contacts meanwhile, and the entry says for whom."""
        log = self._plan(planned_at=fields.Datetime.now() + timedelta(days=1))
        substitution = self.env["haerun.substitution"].create(
            {
                "principal_id": self.rep_a.id,
                "deputy_id": self.rep_b.id,
                "date_from": fields.Datetime.now() - timedelta(hours=1),
                "date_to": fields.Datetime.now() + timedelta(days=3),
                "source": "manual",
            }
        )
        self.assertEqual(log.acting_user_id, self.user_b)
        self.assertEqual(log.activity_ids.user_id, self.user_b)
        deputys = log.with_user(self.user_b)
        deputys.write({"how": "site", "resolution": "已协调"})
        deputys.action_done()
        self.assertEqual((log.done_by_id, log.done_for_id), (self.user_b, self.user_a))
        other = self._plan(planned_at=fields.Datetime.now() + timedelta(days=9))
        self.assertEqual(other.acting_user_id, self.user_b, "new work too")
        substitution.action_end_now()
        self.assertEqual(other.acting_user_id, self.user_a, "and back")
        self.assertEqual(other.activity_ids.user_id, self.user_a)

    def test_done_is_evidence(self):
        """R10: a done entry is neither changed nor deleted; a follow-up settles it."""
        log = self._plan(planned_at=False)
        with self.assertRaisesRegex(ValidationError, "until when the open point"):
            log.write({"open_point": "井盖未到货"})
        log.write(
            {"open_point": "井盖未到货", "open_until": "2027-01-15", "how": "meeting"}
        )
        with self.assertRaisesRegex(UserError, "set by the system"):
            log.write({"state": "done"})
        log.action_done()
        self.assertEqual(log.open_state, "open")
        for call in (
            lambda: log.write({"resolution": "x"}),
            lambda: log.action_done(),
            lambda: log.action_cancel(),
            lambda: log.sudo().unlink(),
        ):
            with self.assertRaisesRegex(UserError, "stays"):
                call()
        follow_up = self.logs.browse(log.action_follow_up()["res_id"])
        self.assertEqual(follow_up.matter, "井盖未到货")
        self.assertEqual(follow_up.follows_id, log)
        mine = follow_up.with_user(self.user_a)
        mine.write({"how": "phone", "resolution": "已到货"})
        mine.action_done()
        self.assertEqual(log.open_state, "settled")

    def test_overdue(self):
        """R7, R10: what was planned and not done can be filtered."""
        with self.at("2026-09-21 09:00"):
            late = self._plan()
            later = self._plan(planned_at=self.at_utc("2026-09-30 10:00"))
        with self.at("2026-09-23 09:00"):
            self.env.invalidate_all()
            found = self.logs.search(
                [("overdue", "=", True), ("id", "in", (late | later).ids)]
            )
            self.assertEqual(found, late)
            self.assertTrue(late.overdue)
            with self.assertRaisesRegex(UserError, "why it is dropped"):
                late.action_cancel()
            late.resolution = "对方改期"
            late.action_cancel()
            self.assertFalse(late.overdue or late.activity_ids)

    def test_what_is_entered(self):
        """R10: with whom, how often and when it was must make sense."""
        with self.assertRaisesRegex(ValidationError, "Choose the unit"):
            self._plan(external_unit_id=False)
        with self.assertRaisesRegex(ValidationError, "Choose the matter"):
            self._plan(with_whom="customer")
        with self.assertRaisesRegex(ValidationError, "every 1 to 52 weeks"):
            self._plan(mode="regular", every_weeks=0)
        with self.assertRaisesRegex(ValidationError, "lies in the past"):
            self._plan(contact_at=fields.Datetime.now() + timedelta(hours=1))
        for name, value in (
            ("done_by_id", self.user_b.id),
            ("before_work", True),
            ("owner_user_id", self.user_b.id),
            ("state", "done"),
        ):
            with self.assertRaisesRegex(UserError, "set by the system"):
                self._plan(**{name: value})
        forged = self.logs.with_user(self.user_a).with_context(
            default_state="done", default_before_work=True, default_done_at="2020-01-01"
        )
        log = forged.create({"external_unit_id": self.design_unit.id, "matter": "试"})
        self.assertEqual(
            (log.state, log.before_work, log.done_at), ("planned",) + (False,) * 2
        )

    def test_rights(self):
        """R5, R10: own ones and those of readable projects; unit; class; section."""
        project = self._delivered()
        mine = self._plan()
        of_project = self._plan(project_id=project.id)
        for user, expected in (
            (self.user_a, (True, True, True, True)),
            (self.user_branch, (False, False, True, False)),
            (self.user_other, (False, False, False, False)),
            (self.user_emd, (False, False, False, False)),
            (self.user_head, (True, True, True, True)),
            (self.user_csd, (True, True, True, True)),
            (self.user_section, (True, False, True, False)),
            (self.user_rules, (True, False, True, False)),
            (self.user_clerk, (False, False, False, False)),
        ):
            self.env.invalidate_all()
            found = tuple(
                log.with_user(user).has_access(operation)
                for log in (mine, of_project)
                for operation in ("read", "write")
            )
            self.assertEqual(found, expected, user.name)
        with self.assertRaises(AccessError):
            self._plan(self.user_other, project_id=project.id)
        branchs = self._plan(self.user_branch, project_id=project.id)
        self.assertEqual(branchs.representative_id, self.rep_branch, "R29")

    def test_branch_with_the_departments(self):
        """R29: the branch logs its contact with CSD and EMD on a project."""
        project = self._delivered()
        with self.assertRaisesRegex(ValidationError, "Choose the department"):
            self._plan(self.user_branch, with_whom="internal", external_unit_id=False)
        log = self._plan(
            self.user_branch,
            with_whom="internal",
            external_unit_id=False,
            department_id=self.emd.id,
            project_id=project.id,
        )
        self.assertIn(self.emd.name, log.display_name)
        log.write({"how": "phone", "resolution": "水表周五到场"})
        log.action_done()
        self.assertIn(log, project.contact_log_ids, "CSD reads it with the project")
        follow_up = self.logs.browse(log.action_follow_up()["res_id"])
        self.assertEqual(follow_up.department_id, self.emd)

    def test_form(self):
        """R10: opened from a project, the entry knows it."""
        project = self._delivered()
        action = project.action_log_contact()
        form = Form(self.logs.with_user(self.user_a).with_context(**action["context"]))
        form.external_unit_id = self.design_unit
        form.matter = "联系"
        log = form.save()
        self.assertEqual(log.project_id, project)
        self.assertEqual(project.contact_log_ids, log)
