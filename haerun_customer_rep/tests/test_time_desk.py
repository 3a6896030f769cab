from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import SupervisedCommon


@tagged("post_install", "-at_install")
class TestSupervisionDesk(SupervisedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._limit(cls.issued, cls.answered, 1, "work_day")
        cls.branch = cls.env["hr.department"].create(
            {"name": "城阳分公司(试)", "haerun_level": "branch"}
        )
        cls.rep_far = cls._representative(cls.user_other, cls.branch)
        # nothing but what the tests make shall be counted
        cls.env.cr.execute(
            "UPDATE haerun_clock SET state = 'met' WHERE state IN ('running', 'paused')"
        )
        cls.env.invalidate_all()
        # other add-ons add deadlines of their own
        desk = type(cls.env["haerun.supervision.desk"])
        cls.classPatch(desk, "_others", lambda self, filters: {})

    def setUp(self):
        super().setUp()
        with self.at("2026-06-01 10:00"):  # due 06-02 17:00
            self.old = self._matters(3)
        with self.at("2026-06-02 10:00"):  # due 06-03 17:00
            self.mid = self._matters(2, self.rep_b)
        with self.at("2026-06-03 09:00"):  # due 06-04 17:00
            self.far = self._matters(1, self.rep_far)

    def _desk(self, user, **cell):
        with self.at("2026-06-03 10:00"):
            return self.env["haerun.supervision.desk"].with_user(user).get_desk(**cell)

    def test_figures(self):
        """R20: the desk counts red and yellow by unit and person."""
        desk = self._desk(self.user_csd)
        zero = {"red": 0, "yellow": 0, "green": 0, "paused": 0}
        self.assertEqual(desk["totals"], {**zero, "red": 3, "yellow": 2, "green": 1})
        near, far = desk["units"]
        self.assertEqual(near["name"], self.unit.name)
        self.assertEqual(near["counts"], {**zero, "red": 3, "yellow": 2})
        self.assertEqual(
            [(owner["name"], owner["counts"]["red"]) for owner in near["owners"]],
            [("张伟", 3), ("李娜", 0)],
        )
        self.assertEqual(far["counts"], {**zero, "green": 1})
        self.assertEqual(desk["count"], 5)
        shown = [row["res_id"] for row in desk["clocks"]]
        self.assertEqual(set(shown[:3]), set(self.old.ids))
        self.assertEqual(set(shown[3:]), set(self.mid.ids))

    def test_cell(self):
        """R20: a cell shows its own clocks, and so does the list it opens."""
        desk = self._desk(
            self.user_csd, unit_id=self.unit.id, owner_id=self.rep_b.id, colour="yellow"
        )
        shown = {row["res_id"] for row in desk["clocks"]}
        self.assertEqual(shown, set(self.mid.ids))
        with self.at("2026-06-03 10:00"):
            clocks = self.env["haerun.clock"].search(desk["domain"])
        self.assertEqual(set(clocks.mapped("res_id")), set(self.mid.ids))
        self.assertEqual(desk["totals"]["red"], 3)

    def test_rights(self):
        """R5: a head sees his units, the section all, a representative no desk."""
        self.assertEqual(self._desk(self.user_section)["totals"]["green"], 1)
        desk = self._desk(self.user_head)
        self.assertEqual(desk["totals"]["red"], 3)
        self.assertEqual([unit["id"] for unit in desk["units"]], [self.unit.id])
        for user in (self.user_a, self.user_clerk, self.user_rules):
            with self.assertRaisesRegex(AccessError, "My Work"):
                self._desk(user)

    def test_urge_selected(self):
        """R89: chosen clocks are urged as the matters they belong to, each once."""
        clocks = self.old[:2].clock_ids.with_user(self.user_head)
        with self.at("2026-06-03 10:00"):
            # the clock of a notice stands for the matter the notice is about
            with self.assertRaisesRegex(UserError, "at least one matter"):
                clocks.action_urge()
            self.old[:2].write({"res_model": self.old._name, "res_id": self.mid[0].id})
            action = clocks.action_urge()
        self.assertEqual(
            action["context"]["default_targets"], {self.old._name: [self.mid[0].id]}
        )

    def test_scan_line(self):
        """R20: the desk says when the scan ran and warns when it does not run."""
        run = self.env["haerun.scan.run"]
        run.search([]).unlink()
        self.assertTrue(self._desk(self.user_head)["scan"]["stale"])
        with self.at("2026-06-03 09:58"):
            run._begin()._end(taken=4, pushed=2, failed=0, seconds=0.3)
        scan = self._desk(self.user_head)["scan"]
        self.assertFalse(scan["stale"])
        self.assertEqual((scan["taken"], scan["pushed"], scan["seconds"]), (4, 2, 0.3))
        with self.at("2026-06-03 10:14"):
            scan = self.env["haerun.supervision.desk"].with_user(self.user_head)
            self.assertTrue(scan.get_desk()["scan"]["stale"])

    def test_flagged(self):
        """R20: a clock the scan could not deal with is shown and can be released."""
        clock = self.old[0].clock_ids
        clock.failure = "ValueError: x"
        self.assertEqual(self._desk(self.user_section)["scan"]["flagged"], 1)
        with self.assertRaises(AccessError):
            clock.with_user(self.user_head).action_retry()
        clock.with_user(self.user_section).action_retry()
        self.assertFalse(clock.failure)
        self.assertEqual(self._desk(self.user_section)["scan"]["flagged"], 0)

    def test_wizard_several_models(self):
        """R89: one window serves matters of several kinds."""
        action = self.old.with_user(self.user_head).action_supervise()
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.user_head)
            .with_context(**action["context"])
        )
        self.assertEqual(wizard.count, 3)
        wizard.save().action_issue()
        self.assertEqual(self.old.notice_ids.mapped("kind"), ["supervise"] * 3)

    # -------------------------------------------------------------- press
    def _press(self, user, kind="urge", **what):
        with self.at("2026-06-03 10:00"):
            desk = self.env["haerun.supervision.desk"].with_user(user)
            return desk.press(kind, **what)

    def test_press(self):
        """R89, R90: rows, or all of a cell, for who supervises; others are refused."""
        about = {"res_model": self.old._name, "res_id": self.mid[0].id}
        self.old.write(about)
        self.far.write(about)
        targets = {self.old._name: [self.mid[0].id]}
        clock = self.old[:1].clock_ids
        action = self._press(self.user_head, keys=[f"haerun.clock,{clock.id}", "x,1"])
        self.assertEqual(action["context"]["default_targets"], targets)
        action = self._press(
            self.user_head, "supervise", unit_id=self.unit.id, colour="red"
        )
        self.assertEqual(action["context"]["default_kind"], "supervise")
        self.assertEqual(action["context"]["default_targets"], targets)
        # what he may not see he does not press
        far = self.far.clock_ids
        with self.assertRaisesRegex(UserError, "nothing that somebody holds"):
            self._press(self.user_head, keys=[f"haerun.clock,{far.id}"])
        with self.assertRaises(AccessError):
            self._press(self.user_a, keys=[f"haerun.clock,{clock.id}"])

    def test_urged_today(self):
        """R89: a row says who urged its matter today; tomorrow it does not."""
        self.old.write({"res_model": self.mid._name, "res_id": self.mid[0].id})
        with self.at("2026-06-03 09:30"):
            self.mid[0].with_user(self.user_head)._issue_notices("urge", "请办理")
        desk = self._desk(self.user_csd)
        urged = {row["res_id"]: row["urged"] for row in desk["clocks"]}
        self.assertEqual(urged[self.old[0].id]["by"], self.user_head.name)
        self.assertFalse(urged[self.mid[1].id])
        with self.at("2026-06-04 09:00"):
            self.assertFalse(self.mid._urged_today())

    def test_matter_access(self):
        """R5: a clock of what one may not read is neither counted nor listed."""
        clocks = self.env["haerun.clock"]
        ids = (self.old | self.far).clock_ids.ids
        domain = [("id", "in", ids), ("matter_access", "=", True)]
        seen = clocks.with_user(self.user_head).search(domain)
        self.assertEqual(seen, self.old.clock_ids)
        self.assertEqual(len(clocks.with_user(self.user_section).search(domain)), 4)
        self.assertTrue(seen[0].matter_access)
