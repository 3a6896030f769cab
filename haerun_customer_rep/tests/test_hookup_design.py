from datetime import date

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .hookup_common import HookupCommon

CHOICE = {
    "unit_name": "青岛市政设计院",
    "qualification_no": "A137012345",
    "qualification_grade": "甲级",
    "qualification_until": "2028-06-30",
    "contact_name": "吴工",
    "contact_phone": "13905320001",
}


class DesignCommon(HookupCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units = cls.env["haerun.external.unit"]

    @classmethod
    def _drawings(cls, user=None, count=1):
        """Drawings that a user has loaded, not yet lying with any record."""
        return (
            cls.env["ir.attachment"]
            .with_user(user or cls.user_a)
            .create(
                [
                    {"name": f"给水总平面图{number}.pdf", "raw": b"%PDF-1.4"}
                    for number in range(count)
                ]
            )
        )

    @classmethod
    def _delivered(cls, **values):
        return cls._standing("plan_delivered", **values).with_user(cls.user_a)

    @classmethod
    def _in_review(cls):
        project = cls._delivered()
        project._choose_design(dict(CHOICE), "told")
        project._finish_design("图纸齐全", cls._drawings(), "told")
        return project


@tagged("-at_install", "post_install")
class TestHookupDesign(DesignCommon):
    def test_choice_by_the_customer(self):
        """R23: unit, qualification as of then, how told, when and by whom are kept."""
        with self.at("2026-09-21 09:00"):
            project = self._delivered()
            drawing = self._drawings()
            design = project._choose_design(
                {**CHOICE, "attachment_ids": drawing.ids}, "written"
            )
        self.assertEqual(project.design_id, design)
        self.assertEqual(design.unit_id.kind, "design")
        self.assertEqual(design.qualification_until, date(2028, 6, 30))
        self.assertEqual(design.chosen_at, self.at_utc("2026-09-21 09:00"))
        self.assertEqual(design.recorded_by_id, self.user_a)
        self.assertEqual(design.phone, "139****0001")
        self.assertEqual(design.phone_full, "13905320001", "for who holds the project")
        self.assertEqual(drawing.res_model, "haerun.hookup.design")
        self.assertEqual(drawing.res_id, design.id)
        with self.assertRaisesRegex(UserError, "evidence"):
            drawing.sudo().unlink()
        # what the register says later does not change what was recorded
        design.unit_id.qualification_no = "B000"
        self.assertEqual(design.qualification_no, "A137012345")

    def test_window_of_the_representative(self):
        """R23: the window opens empty, even where one unit alone is known."""
        self.units.create({"kind": "design", "name": "唯一设计院"})
        project = self._delivered()
        action = project.action_choose_design()
        self.assertEqual(set(action["context"]), {"default_project_id"})
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.user_a)
            .with_context(**action["context"])
        )
        for name in ("unit_id", "unit_name", "qualification_no", "how"):
            self.assertFalse(form[name], name)
        form.unit_name = "另一设计院"
        form.qualification_no = "A2"
        form.qualification_until = "2030-01-01"
        form.how = "told"
        form.save().action_confirm()
        self.assertEqual(project.design_id.unit_name, "另一设计院")

    def test_never_assigned(self):
        """R23: whatever a project goes through, no unit is chosen by the system."""
        self.units.create(
            {
                "kind": "design",
                "name": "唯一设计院",
                "qualification_no": "A1",
                "qualification_until": "2040-01-01",
            }
        )
        project = self._standing("closed")
        self.assertFalse(project.design_ids)
        designs = self.env["haerun.hookup.design"]
        for model in ("haerun.hookup.design", "haerun.hookup.design.choice"):
            for field in self.env[model]._fields.values():
                if field.comodel_name == "haerun.external.unit":
                    self.assertFalse(field.default or field.compute, field)
            self.assertNotIn("unit_id", self.env[model].default_get(["unit_id"]))
        self.assertTrue(project._fields["design_id"].compute, "of choices alone")
        for user in (self.user_a, self.user_csd, self.user_emd, self.user_rules):
            with self.assertRaises(AccessError):
                project.with_user(user).write({"design_id": 1})
            with self.assertRaises(AccessError):
                designs.with_user(user).create({"project_id": project.id})

    def test_new_choice_supersedes(self):
        """R23: append-only: another choice follows, the former stays as it was."""
        project = self._delivered()
        first = project._choose_design(dict(CHOICE), "told")
        second = project._choose_design(
            {**CHOICE, "unit_name": "  青岛  水务设计所 "}, "page"
        )
        self.assertEqual(project.design_id, second)
        self.assertEqual(second.unit_name, "青岛 水务设计所")
        self.assertEqual((first.is_current, second.is_current), (False, True))
        with self.assertRaisesRegex(UserError, "stays as the customer made it"):
            first.write({"unit_name": "x"})
        with self.assertRaisesRegex(UserError, "part of the project's file"):
            first.sudo().unlink()

    def test_register_is_found_and_kept(self):
        """R23: a known unit is found by its name; the page does not renew it."""
        known = self.units.create(
            {
                "kind": "design",
                "name": CHOICE["unit_name"],
                "qualification_no": "A0",
                "qualification_until": "2026-01-31",
                "active": False,
            }
        )
        project = self._delivered()
        design = project.sudo()._choose_design(dict(CHOICE), "page")
        self.assertEqual(design.unit_id, known)
        self.assertEqual(design.qualification_no, CHOICE["qualification_no"])
        self.assertEqual(known.qualification_until, date(2026, 1, 31))
        project._choose_design(dict(CHOICE), "written")
        self.assertEqual(known.qualification_until, date(2028, 6, 30), "shown to us")
        self.assertTrue(known.active)

    def test_choice_says_what_is_missing(self):
        """R23: name, qualification and its end are recorded, or nothing is."""
        project = self._delivered()
        with self.assertRaisesRegex(
            UserError, "Name of the Unit、Qualification Number、Qualified Until"
        ):
            project._choose_design({}, "told")
        with self.assertRaisesRegex(UserError, "is no date"):
            project._choose_design({**CHOICE, "qualification_until": "明年"}, "told")
        with self.assertRaisesRegex(UserError, "how the customer told"):
            project._choose_design(dict(CHOICE), "guess")
        contractor = self.units.create({"kind": "contractor", "name": "施工队"})
        with self.assertRaisesRegex(UserError, "is no design unit"):
            project._choose_design({**CHOICE, "unit_id": contractor.id}, "told")

    def test_when_it_may_be_chosen(self):
        """R22, R23: once the plan is with the customer, and by CSD alone."""
        early = self._standing("plan_approved").with_user(self.user_a)
        with self.assertRaisesRegex(UserError, "it stands at “Plan Approved”"):
            early._choose_design(dict(CHOICE), "told")
        household = self._standing(
            "plan_delivered", service="household", outside_line="none"
        ).with_user(self.user_a)
        with self.assertRaisesRegex(UserError, "needs no design"):
            household._choose_design(dict(CHOICE), "told")
        project = self._in_review()
        with self.assertRaisesRegex(UserError, "round 1 of the review is not conc"):
            project._choose_design(dict(CHOICE), "told")
        for user in (self.user_emd, self.user_branch, self.user_section):
            with self.assertRaises(AccessError):
                project.with_user(user)._choose_design(dict(CHOICE), "told")

    def test_notice_says_what_is_missing(self):
        """R24: a unit, qualified today (until when it was), and a drawing."""
        project = self._delivered()
        with self.assertRaisesRegex(UserError, "not chosen a design unit.*no drawing"):
            project._finish_design("", [], "told")
        project._choose_design({**CHOICE, "qualification_until": "2026-03-31"}, "told")
        with (
            self.at("2026-04-01 00:30"),
            self.assertRaisesRegex(UserError, "was valid until 2026-03-31"),
        ):
            project._finish_design("", self._drawings(), "told")
        with self.at("2026-03-31 23:30"):
            with self.assertRaisesRegex(UserError, "no drawing is attached"):
                project._finish_design("", [], "told")
            project._finish_design("", self._drawings(), "told")
        self.assertEqual(project.step, "design_finished")

    def test_notice_starts_the_review(self):
        """R24, R25: the notice opens a round; three working days run from it."""
        with self.at("2026-09-21 10:00"):
            project = self._delivered()
            self.assertEqual(project.holding_ids[-1].holder, "design")
            project._choose_design(dict(CHOICE), "told")
            drawings = self._drawings(count=2)
            review = project._finish_design("图纸齐全", drawings, "page")
        self.assertEqual(project.step, "design_finished")
        self.assertEqual((review.number, review.state, review.how), (1, "open", "page"))
        self.assertEqual(review.attachment_ids, drawings)
        self.assertEqual(review.design_id, project.design_id)
        clock = project.sudo()._open_clocks()
        self.assertEqual(clock.limit_code, "hookup_review")
        self.assertEqual(clock.due_at, self.at_utc("2026-09-24 17:00"))
        self.assertEqual(project.holding_ids[-1].holder, "company")

    def test_notice_by_the_window(self):
        """R24: the representative records a notice that came by letter."""
        project = self._delivered()
        with self.assertRaisesRegex(UserError, "not chosen a design unit"):
            project.action_finish_design()
        project._choose_design(dict(CHOICE), "told")
        action = project.action_finish_design()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.user_a)
            .with_context(**action["context"])
        )
        form.how = "written"
        form.attachment_ids.add(self._drawings())
        opened = form.save().action_confirm()
        self.assertEqual(opened["res_id"], project.review_id.id)

    def test_no_foreign_file_comes_along(self):
        """R23, R24: only files that one may read oneself lie with a project."""
        secret = self.env["ir.attachment"].create({"name": "工资表", "raw": b"1"})
        project = self._delivered()
        with self.assertRaises(AccessError):
            project._choose_design({**CHOICE, "attachment_ids": secret.ids}, "told")
        project._choose_design(dict(CHOICE), "told")
        with self.assertRaises(AccessError):
            project._finish_design("", secret, "told")

    def test_review_without_a_design_step(self):
        """R24: a service type with review alone starts it by the notice, too."""
        self.env.cr.execute("DELETE FROM haerun_service_step WHERE phase = 'design'")
        self.env.invalidate_all()
        with self.at("2026-09-21 10:00"):
            project = self._delivered()
            self.assertFalse(project.goes_design)
            self.assertEqual(project.holding_ids[-1].holder, "design")
            project._choose_design(dict(CHOICE), "told")
            review = project._finish_design("", self._drawings(), "told")
            self.assertEqual(project.step, "plan_delivered")
            self.assertEqual(project.sudo()._open_clocks().limit_code, "hookup_review")
            self.assertEqual(project.holding_ids[-1].holder, "company")
            with self.assertRaisesRegex(UserError, "round 1 of the review"):
                project._finish_design("", self._drawings(), "told")
            review.opinion = "同意"
            review.action_pass()
        self.assertEqual(project.step, "review_passed")

    def test_deputy_records_for_the_principal(self):
        """R121: what B records says for whom."""
        project = self._delivered()
        self.env["haerun.substitution"].create(
            {
                "principal_id": self.rep_a.id,
                "deputy_id": self.rep_b.id,
                "date_from": fields.Datetime.subtract(fields.Datetime.now(), hours=1),
                "date_to": fields.Datetime.add(fields.Datetime.now(), days=2),
                "source": "manual",
            }
        )
        deputys = project.with_user(self.user_b)
        design = deputys._choose_design(dict(CHOICE), "told")
        self.assertEqual(design.recorded_for_id, self.user_a)
        review = deputys._finish_design("", self._drawings(self.user_b), "told")
        self.assertEqual(review.submitted_for_id, self.user_a)


@tagged("-at_install", "post_install")
class TestExternalUnit(DesignCommon):
    def test_register(self):
        """R7, R10, R23: one entry a kind and name, its phone masked."""
        unit = self.units.with_user(self.user_a).create(
            {
                "kind": "contractor",
                "name": " 宏达  管道 ",
                "credit_code": "91370200 ma3abcde5x",
                "phone": "0532-83835959",
            }
        )
        self.assertEqual(unit.name, "宏达 管道")
        self.assertEqual(unit.credit_code, "91370200MA3ABCDE5X")
        self.assertNotIn("8383", unit.phone)
        self.assertFalse(unit.phone_full)
        unit.action_show_contact()
        log = self.env["haerun.access.log"].search([], limit=1)
        self.assertEqual((log.user_id, log.res_id), (self.user_a, unit.id))
        self.units.create({"kind": "supervisor", "name": "宏达 管道"})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.units.create({"kind": "contractor", "name": "宏达 管道"})
        with self.assertRaisesRegex(UserError, "18 characters"):
            unit.credit_code = "123"

    def test_qualifications_that_end(self):
        """R23: lists flag what is expired and what expires within thirty days."""
        ends = ("2026-09-20", "2026-09-21", "2026-10-21", "2026-10-22", False)
        with self.at("2026-09-21 09:00"):
            units = self.units.create(
                [
                    {
                        "kind": "design",
                        "name": f"资质{number}",
                        "qualification_until": end,
                    }
                    for number, end in enumerate(ends)
                ]
            )
            states = units.mapped("qualification_state")
            self.assertEqual(
                states, ["expired", "expiring", "expiring", "valid", "unknown"]
            )
            for state in set(states):
                found = self.units.search(
                    [("id", "in", units.ids), ("qualification_state", "=", state)]
                )
                self.assertEqual(
                    found,
                    units.filtered(
                        lambda u, state=state: u.qualification_state == state
                    ),
                )

    def test_used_ones_stay(self):
        """R23: a unit in a project's file is archived, neither deleted nor turned."""
        project = self._delivered()
        unit = project._choose_design(dict(CHOICE), "told").unit_id
        with self.assertRaises(AccessError):
            unit.with_user(self.user_a).unlink()
        with self.assertRaisesRegex(UserError, "archive it"):
            unit.with_user(self.user_csd).unlink()
        with self.assertRaisesRegex(UserError, "a unit of its own"):
            unit.with_user(self.user_a).kind = "contractor"
        unused = self.units.create({"kind": "design", "name": "没用过"})
        unused.with_user(self.user_csd).unlink()
        self.assertFalse(unused.exists())
