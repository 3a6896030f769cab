from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .assessment_common import AssessmentCommon

UNITS = "odoo.addons.haerun_customer_rep.models.assessment.haerun_wall.UNITS"


@tagged("post_install", "-at_install")
class TestAssessmentWall(AssessmentCommon):
    """The company's wall screen: rates, deadlines, places, and nobody's name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only the test's own figures: whatever the demo did is not asked
        cls.env["haerun.indicator"].search([]).active = False
        cls.env.cr.execute("UPDATE haerun_assessment SET state = 'confirming'")
        cls.env.cr.execute("UPDATE haerun_fact_freeze SET current = FALSE")
        cls.env["haerun.indicator"].create(
            {
                "name": "及时率",
                "code": "test_on_time",
                "formula": "on_time",
                "target": 95,
                "zero_at": 55,
                "weight": 20,
                "date_from": "2026-01-01",
            }
        )

    def setUp(self):
        super().setUp()
        # CSD: 4 of 5 in March; the branch: one in time in February, none in March
        self._met(self.rep_c, "2026-02-03")
        for _number in range(3):
            self._met(self.rep_a)
        self._missed(self.rep_a)
        self._met(self.rep_b)
        self._missed(self.rep_c)
        self._freeze("2026-02-01")
        self._freeze()

    def _wall(self, user, at="2026-03-31 09:00"):
        wall = self.env["haerun.wall"].with_user(user)
        with self.at(at), patch(UNITS, 99):
            return wall.get_wall()

    def test_rates(self):
        """R2: the month beside the one before and the target, by colour."""
        wall = self._wall(self.user_boss)
        [rate] = wall["rates"]
        self.assertEqual((rate["value"], rate["before"]), (0.0, 100.0))
        self.assertEqual(
            (rate["target"], rate["direction"], rate["verdict"]),
            (95.0, "higher", "bad"),
        )
        [line] = wall["lines"]
        past = dict(zip(wall["months"], line["values"], strict=True))
        self.assertEqual((past["2026-02-01"], past["2026-03-01"]), (100.0, 0.0))
        self.assertTrue(wall["frozen_at"])

    def test_no_data(self):
        """R2: a month of which nothing is frozen has no data, which is not 0 %."""
        wall = self._wall(self.user_boss, "2026-04-01 00:10")
        [rate] = wall["rates"]
        self.assertEqual((rate["value"], rate["before"]), (None, 0.0))
        self.assertIsNone(rate["verdict"])
        self.assertFalse(wall["frozen_at"])

    def test_units(self):
        """R2, R20: a row a unit, with its rates and its open deadlines."""
        with self.at("2026-03-26 09:00"):
            self._matter(self.rep_a)
            self._matter(self.rep_c)
        wall = self._wall(self.user_head)
        rows = {row["name"]: row for row in wall["units"]}
        csd, branch = rows[self.unit.name], rows[self.branch.name]
        self.assertEqual(csd["rates"], [{"value": 80.0, "verdict": "fair"}])
        self.assertEqual(branch["rates"], [{"value": 0.0, "verdict": "bad"}])
        self.assertEqual((csd["red"], csd["open"]), (1, 1))
        self.assertEqual((branch["red"], branch["open"]), (1, 1))
        [numbers] = [self._numbers(self._wall(self.user_boss))]
        self.assertEqual((numbers["open"], numbers["red"]), (1, 1))

    def _numbers(self, wall):
        return {row["key"]: row["value"] for row in wall["numbers"]}

    def test_ranking(self):
        """R2, R42: the branches of the last published month, and no other period."""
        one = self._round()
        self.assertFalse(self._wall(self.user_boss)["ranked"])
        one.sudo().sheet_ids.filtered("has_score").write(
            {"confirmed_at": fields.Datetime.now(), "state": "confirmed"}
        )
        one.sudo().state = "confirming"
        one.with_user(self.user_head).action_publish()
        wall = self._wall(self.user_boss)
        self.assertEqual(wall["ranked"], "2026年03月考核")
        places = {row["name"]: row for row in wall["ranking"]}
        self.assertEqual(places[self.branch.name]["score"], 0.0)
        self.assertEqual(places[self.branch.name]["listed"], "red")

    def test_of_nobody(self):
        """R2: no name of a person on the wall, not even of who leads a unit."""
        text = str(self._wall(self.user_head))
        for user in self.user_a | self.user_b | self.user_other | self.user_boss:
            self.assertNotIn(user.name, text)

    def test_for_whom(self):
        """R2, R4: heads, CSD and the section have it; representatives do not."""
        for user in self.user_boss | self.user_head | self.user_csd | self.user_section:
            self.assertTrue(self._wall(user)["numbers"])
        for user in self.user_a | self.user_clerk | self.user_rules:
            with self.assertRaisesRegex(AccessError, "wall screen is for"):
                self._wall(user)

    def test_cheap(self):
        """R20: so many statements, however many facts and deadlines there are."""

        def statements():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._wall(self.user_section)
            return self.env.cr.sql_log_count - before

        statements()
        few = statements()
        with self.at("2026-03-26 09:00"):
            self._matters(20, self.rep_a)
        for _number in range(5):
            self._met(self.rep_a)
        self._freeze()
        statements()
        self.assertEqual(statements(), few)
