from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_hookup_design import DesignCommon


@tagged("-at_install", "post_install")
class TestHookupFiling(DesignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contractor = cls.units.create(
            {
                "kind": "contractor",
                "name": "宏达管道",
                "qualification_no": "D237",
                "qualification_grade": "市政二级",
                "qualification_until": "2027-12-31",
            }
        )
        cls.supervisor = cls.units.create({"kind": "supervisor", "name": "青建监理"})

    def _passed(self):
        return self._standing("review_passed").with_user(self.user_emd)

    def _contact(self, project):
        """The contact with the customer before work, done."""
        action = project.action_contact_before_work()
        log = (
            self.env["haerun.contact.log"]
            .with_user(self.user_emd)
            .browse(action["res_id"])
        )
        log.write({"how": "visit", "resolution": "10月12日进场"})
        log.action_done()
        return log

    def _filing(self, project, **values):
        return (
            self.env["haerun.hookup.filing"]
            .with_user(self.user_emd)
            .create(
                {
                    "project_id": project.id,
                    "number": "SG2026-031",
                    "authority": "市北区住建局",
                    "filed_on": "2026-09-21",
                    "contractor_id": self.contractor.id,
                    "supervisor_unit_id": self.supervisor.id,
                    "planned_start": "2026-10-12",
                    "planned_end": "2026-11-30",
                    **values,
                }
            )
        )

    def test_contact_then_filing(self):
        """R11, R26: the customer is contacted, the construction filed, work starts."""
        with self.at("2026-09-21 09:00"):
            project = self._passed()
            clocks = project.sudo()._open_clocks().mapped("limit_code")
            self.assertLessEqual({"hookup_contact", "hookup_filing"}, set(clocks))
            log = self._contact(project)
        self.assertTrue(log.before_work)
        self.assertEqual(log.with_whom, "customer")
        self.assertTrue(project.contacted)
        states = {c.limit_code: c.state for c in project.sudo().clock_ids}
        self.assertEqual(states["hookup_contact"], "met")
        self.assertEqual(states["hookup_filing"], "running")
        with self.at("2026-09-22 09:00"):
            filing = self._filing(project)
            filing.action_file()
        self.assertEqual(project.step, "construction_filed")
        self.assertEqual(project.contractor_id, self.contractor)
        self.assertEqual(project.supervisor_unit_id, self.supervisor)
        self.assertEqual(filing.filed_by_id, self.user_emd)
        self.assertEqual(filing.qualification_until, date(2027, 12, 31))
        self.contractor.qualification_no = "D999"
        self.assertEqual(filing.qualification_no, "D237", "as it was when filed")

    def test_gate_says_what_is_missing(self):
        """R11, R26: no start of work without contact and a complete filing."""
        with self.at("2026-09-21 09:00"):
            project = self._passed()
            with self.assertRaisesRegex(
                UserError, "not contacted before work.*no construction filing"
            ):
                project._check_gate("construction_filed")
            filing = self._filing(
                project, number=False, authority=False, planned_end=False
            )
            with self.assertRaisesRegex(
                UserError,
                "not contacted before work.*Filing Number、Filed With、Planned End",
            ):
                filing.action_file()
            self._contact(project)
            filing.write(
                {
                    "number": "1",
                    "authority": "局",
                    "planned_end": "2026-10-01",
                    "filed_on": "2026-09-23",
                }
            )
            with self.assertRaisesRegex(
                UserError, "date lies in the future.*end lies before the start"
            ):
                filing.action_file()
            filing.write({"planned_end": "2026-11-01", "filed_on": "2026-09-20"})
            self.contractor.qualification_until = "2026-09-20"
            with self.assertRaisesRegex(
                UserError, "宏达管道 was valid until 2026-09-20"
            ):
                filing.action_file()
            self.assertEqual((filing.state, project.step), ("draft", "review_passed"))
            self.contractor.qualification_until = "2026-09-21"
            filing.action_file()
        self.assertEqual(filing.state, "filed")

    def test_another_contact_does_not_do(self):
        """R26: a contact with a unit, or a planned one, is none before work."""
        project = self._passed()
        logs = self.env["haerun.contact.log"].with_user(self.user_emd)
        other = logs.create(
            {
                "external_unit_id": self.contractor.id,
                "project_id": project.id,
                "matter": "进场",
                "how": "site",
                "resolution": "好",
            }
        )
        other.action_done()
        project.action_contact_before_work()
        project.action_contact_before_work()
        self.assertEqual(
            len(project.contact_log_ids.filtered("before_work")), 1, "one is planned"
        )
        self.assertFalse(project.contacted)
        self.assertRegex(
            project._gate_construction_filed()[0], "not contacted before work"
        )

    def test_rights(self):
        """R4, R9, R11: EMD files; CSD's representative and the branch do not."""
        project = self._passed()
        self._contact(project)
        filing = self._filing(project)
        for user in (self.user_a, self.user_branch, self.user_section):
            with self.assertRaises(AccessError):
                filing.with_user(user).action_file()
            with self.assertRaises(AccessError):
                project.with_user(user).action_file_construction()
            with self.assertRaises(AccessError):
                project.with_user(user).action_contact_before_work()
            with self.assertRaises(AccessError):
                filing.with_user(user).write({"number": "x"})
        with self.assertRaisesRegex(UserError, "set by the system"):
            filing.write({"state": "filed"})
        with self.assertRaises(AccessError):
            self.env["haerun.hookup.filing"].with_user(self.user_a).create(
                {"project_id": self._passed().id}
            )

    def test_filed_stays(self):
        """R11: a filing is never changed; going back voids it."""
        project = self._passed()
        self._contact(project)
        filing = self._filing(project)
        filing.action_file()
        with self.assertRaisesRegex(UserError, "is filed and stays"):
            filing.write({"number": "x"})
        with self.assertRaisesRegex(UserError, "is filed already"):
            filing.action_file()
        with self.assertRaisesRegex(UserError, "stays"):
            filing.sudo().unlink()
        with self.assertRaisesRegex(UserError, "are filed"):
            project.contractor_id = False
        project.sudo()._go_back("review_passed", "施工单位退场")
        self.assertEqual((filing.state, filing.void_reason), ("void", "施工单位退场"))
        self.assertFalse(project.filing_id)
        project.contractor_id = self.contractor
        self._filing(project).action_file()
        self.assertEqual(project.step, "construction_filed")
        self.assertNotIn(
            "hookup_contact",
            project.sudo()._open_clocks().mapped("limit_code"),
            "the contact holds, no clock runs on",
        )

    def test_new_drawings_want_a_new_contact(self):
        """R26: what was agreed on other drawings does not hold for these."""
        with self.at("2026-09-21 09:00"):
            project = self._in_review()
            project.review_id.opinion = "同意"
            project.review_id.action_pass()
            emds = project.with_user(self.user_emd)
            self._contact(emds)
            self.assertTrue(emds.contacted)
        with self.at("2026-09-22 09:00"):
            project.sudo()._go_back("design_finished", "图纸改")
            project.review_id.opinion = "同意"
            project.review_id.action_pass()
            self.env.invalidate_all()
            self.assertFalse(emds.contacted)
            self._contact(emds)
            self.assertTrue(emds.contacted)

    def test_units_are_what_they_are(self):
        """R10, R11: a supervisor does not build."""
        project = self._passed()
        with self.assertRaisesRegex(ValidationError, "not registered as Contractor"):
            project.contractor_id = self.supervisor
        with self.assertRaisesRegex(ValidationError, "not registered as Supervisor"):
            self._filing(project, supervisor_unit_id=self.contractor.id)

    def test_form(self):
        """R11: the filing opens with what the project knows, later the same one."""
        project = self._passed()
        project.contractor_id = self.contractor
        action = project.action_file_construction()
        form = Form(
            self.env["haerun.hookup.filing"]
            .with_user(self.user_emd)
            .with_context(**action["context"])
        )
        self.assertEqual(form.contractor_id, self.contractor)
        form.number = "SG1"
        filing = form.save()
        self.assertEqual(project.action_file_construction()["res_id"], filing.id)
