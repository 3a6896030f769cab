from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .accountability_common import AccountabilityCommon
from .common import GROUP


@tagged("post_install", "-at_install")
class TestAssessmentSecrecy(AccountabilityCommon):
    """A sanction costs money; nobody near whom it concerns learns of it by that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._silence_demo()
        # the deputy coordinates the class for CSD, and so reads the sheets of it
        cls.user_y.group_ids += cls.env.ref(GROUP % "csd_service")
        rules = cls.env["haerun.bonus.rule"]
        rules.search([("kind", "!=", "sanction")]).active = False
        cls.decision = cls._served()
        cls.decision.sudo().write(
            {"final_on": "2026-03-20", "amount": 200, "finding": "true"}
        )
        cls.one = cls.env["haerun.assessment"].create(
            {"period": "quarter", "date_from": "2026-01-01"}
        )
        cls.one._run_all()
        cls.sheet = cls.one.sheet_ids.filtered(
            lambda sheet: sheet.representative_id == cls.rep_x
        )

    def _facts(self, user):
        facts = self.env["haerun.fact"].with_user(user)
        return facts.search([("formula", "=", "upheld")])

    def _seen(self, user):
        """What a user reads of the sheet's money: ``(lines, sum)``."""
        self.env.invalidate_all()
        sheet = self.sheet.with_user(user)
        return len(sheet.bonus_ids), sheet.bonus

    def test_own(self):
        """R113, R42: whom it concerns sees what the sanction costs, and why."""
        self.assertEqual(self._seen(self.user_x), (1, -200))
        fact = self._facts(self.user_x)
        self.assertEqual(fact.res_id, self.decision.id)
        self.assertEqual(fact.action_open_record()["res_model"], self.decision._name)

    def test_near(self):
        """R119: deputy and head read the sheet, and neither line, sum nor fact."""
        for user in (self.user_y, self.user_chief):
            with self.subTest(user.name):
                self.assertEqual(self._seen(user), (0, 0))
                self.assertFalse(self._facts(user))
                lines = self.env["haerun.assessment.bonus"].with_user(user)
                self.assertFalse(lines.search_count([("sheet_id", "=", self.sheet.id)]))
                groups = lines._read_group([], ["sheet_id"], ["amount:sum"])
                self.assertNotIn(self.sheet, [sheet for sheet, _sum in groups])
                facts = self.env["haerun.fact"].with_user(user)
                counted = facts._read_group([], ["formula"], ["__count"])
                self.assertNotIn("upheld", dict(counted))
                score = self.sheet.with_user(user)
                self.assertEqual(score.score, score.computed_score)

    def test_clocks_of_cases(self):
        """R119: neither case nor report is counted among limits and notices."""
        models = self.env["haerun.formula"]._secret_models()
        self.assertIn("haerun.accountability.case", models)
        self.assertIn("haerun.accountability.report", models)
        clocks = self.env["haerun.clock"].search([("res_model", "in", models)])
        self.assertTrue(clocks)
        month = fields.Date.today().replace(day=1)
        facts = self.env["haerun.fact.freeze"]._freeze(month)
        counted = self.env["haerun.fact"].search(
            [("freeze_id", "=", facts.id), ("formula", "=", "on_time")]
        )
        self.assertFalse(set(counted.mapped("res_id")) & set(clocks.ids))

    def test_nobody_is_measured(self):
        """R119: an indicator of what must not be known would tell it by a score."""
        seed = self.env.ref("haerun_customer_rep.indicator_on_time")
        with self.assertRaisesRegex(ValidationError, "must not be known"):
            seed.copy({"code": "test_upheld", "formula": "upheld"})
        rule = self.env.ref("haerun_customer_rep.bonus_rule_top")
        with self.assertRaisesRegex(ValidationError, "among what may be known"):
            rule.copy({"kind": "count", "formula": "upheld"})

    def test_published(self):
        """R42, R113: what a sanction cost is published with the rest, and sealed."""
        self.one.write({"state": "confirming"})
        self.one.sheet_ids.write({"confirmed_at": fields.Datetime.now()})
        self.one.with_user(self.user_head).action_publish()
        self.assertEqual(self._seen(self.user_x), (1, -200))
        self.assertEqual(self._seen(self.user_y), (0, 0))
        self.assertEqual(self.one.action_verify()["params"]["type"], "success")
