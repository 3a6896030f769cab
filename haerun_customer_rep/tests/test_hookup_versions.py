from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.hookup.haerun_service_version import NOT_PROMISED
from .hookup_common import HookupCommon

TYPES = ("household", "small", "large", "site", "temporary")


@tagged("-at_install", "post_install")
class TestVersions(HookupCommon):
    """What service types ask and promise, and that it became less."""

    def _type(self, code):
        return self.env.ref(f"haerun_customer_rep.service_type_{code}")

    def test_every_type_has_an_earlier_and_a_present_version(self):
        """R1, R122: five types, each shows a reduction of steps, days and papers."""
        for code in TYPES:
            with self.subTest(code):
                present = self._type(code).current_version_id
                earlier = self._type(code).version_ids - present
                self.assertEqual(len(earlier), 1)
                self.assertLess(earlier.date_to, present.date_from)
                for name in (
                    "step_count",
                    "step_count_line",
                    "promised_amount",
                    "promised_amount_simple",
                    "promised_amount_line",
                    "material_count",
                ):
                    self.assertLess(present[name], earlier[name], name)
                self.assertFalse(present.confirmed or earlier.confirmed)

    def test_promise_is_the_sum_of_the_company_steps(self):
        """R1: with and without outside line, the steps add up to what is promised."""
        for version in self.env["haerun.service.version"].search([]):
            if version.service_type_id not in map(self._type, TYPES):
                continue
            for line in ("none", "needed"):
                with self.subTest(version.display_name, line=line):
                    steps = version.step_ids._applies(line).filtered(
                        lambda step: step.phase not in NOT_PROMISED
                    )
                    self.assertAlmostEqual(
                        sum(steps.mapped("amount")), version._promised(line)
                    )

    def test_outside_line_decides_the_way(self):
        """R1: household never designs, small only with outside line, site always."""
        asked = {
            (code, line): {
                step.phase
                for step in self._type(code).current_version_id.step_ids._applies(line)
            }
            & {"design", "review", "construction"}
            for code in TYPES
            for line in ("none", "needed")
        }
        every = {"design", "review", "construction"}
        self.assertEqual(
            asked,
            {
                ("household", "none"): set(),
                ("household", "needed"): set(),
                ("small", "none"): set(),
                ("small", "needed"): every,
                ("large", "none"): every,
                ("large", "needed"): every,
                ("site", "none"): every,
                ("site", "needed"): every,
                ("temporary", "none"): set(),
                ("temporary", "needed"): set(),
            },
        )

    def test_promise_by_outside_line(self):
        """R1: 0.5, 3 or 5 working days for acceptance and plan, and the rest."""
        version = self.household.current_version_id
        self.assertEqual(
            [version._promised(line) for line in ("none", "simple", "needed", False)],
            [1.0, 3.5, 5.5, 5.5],
        )
        new = self.env["haerun.service.version"].create(
            {
                "service_type_id": self.household.id,
                "version": 9,
                "date_from": "2040-01-01",
                "promised_amount": 14,
                "promised_unit": "work_hour",
            }
        )
        hours = self.env.company.resource_calendar_id.hours_per_day
        self.assertEqual(new.promised_amount_line, 14)
        self.assertAlmostEqual(new._promised("needed"), 14 / hours)

    def test_comparison_side_by_side(self):
        """R1: what fell away, what is new, and by how much, for both cases."""
        data = (
            self.env["haerun.service.type"]
            .with_user(self.user_a)
            .get_version_comparison(self.household.id)
        )
        self.assertEqual(data["type_id"], self.household.id)
        old, new = data["versions"]
        self.assertEqual((old["version"], new["version"]), (1, 2))
        self.assertTrue(new["in_force"] and not old["in_force"])
        self.assertEqual(
            old["figures"]["none"], {"steps": 7, "days": 5.0, "materials": 3}
        )
        self.assertEqual(
            new["figures"]["none"], {"steps": 4, "days": 1.0, "materials": 2}
        )
        (change,) = data["changes"]
        self.assertEqual(
            change["none"],
            {
                "steps_gone": [
                    "受理申请",
                    "现场勘察",
                    "方案编制与审批（无外线）",
                    "水表安装验收",
                    "通水",
                ],
                "steps_new": ["受理、勘察与方案（无外线）", "装表通水"],
                "materials_gone": ["授权委托书及受托人身份证"],
                "materials_new": [],
                "less": {"steps": 3, "days": 4.0, "materials": 1},
            },
        )
        cells = {row["name"]: row["cells"] for row in data["steps"]}
        self.assertIsNone(cells["受理申请"][1])
        self.assertEqual(cells["建账立户"][1]["amount"], 3)
        papers = {row["name"]: row["cells"] for row in data["materials"]}
        self.assertEqual(papers["授权委托书及受托人身份证"], ["required", "optional"])

    def test_lines_of_a_used_version_stay(self):
        """R1, R122: no line is added, changed, moved or deleted once it is in use."""
        version = self._accept().service_version_id
        rules = version.with_user(self.user_rules)
        paper, step = rules.material_ids[0], rules.step_ids[0]
        draft = rules.create(
            {
                "service_type_id": self.household.id,
                "version": 9,
                "date_from": "2040-01-01",
                "promised_amount": 1,
                "step_ids": [(0, 0, {"name": "新步骤"})],
            }
        )
        attempts = {
            "change": lambda: paper.write({"required": False}),
            "delete": step.unlink,
            "add": lambda: step.create({"version_id": version.id, "name": "又一步"}),
            "move in": lambda: draft.step_ids.write({"version_id": version.id}),
            "move out": lambda: step.write({"version_id": draft.id}),
        }
        for name, attempt in attempts.items():
            with self.subTest(name), self.assertRaisesRegex(UserError, "new version"):
                attempt()
        draft.step_ids.name = "草稿可改"

    def test_levels_of_a_used_ladder_stay(self):
        """R120, R122: the same guard serves the levels of a ladder."""
        self._accept()
        ladder = self.env.ref("haerun_customer_rep.ladder_standard").with_user(
            self.user_rules
        )
        for attempt in (
            lambda: ladder.level_ids[0].write({"share": 60}),
            lambda: ladder.level_ids.create({"ladder_id": ladder.id, "name": "级"}),
            lambda: ladder.level_ids[0].unlink(),
        ):
            with self.assertRaisesRegex(UserError, "new version"):
                attempt()
