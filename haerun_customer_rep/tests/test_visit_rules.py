from unittest.mock import patch

from hypothesis import given, strategies

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from odoo.addons.haerun_customer_rep.tools.sampling import drawn

from .visit_common import VisitCommon

SEEDS = strategies.text(min_size=1, max_size=32)
SHARES = strategies.floats(min_value=0.1, max_value=100)


class TestSampling(BaseCase):
    @given(seed=SEEDS, share=SHARES)
    def test_share_and_sample(self, seed, share):
        """R38: about the share is drawn; the same seed draws the same ones."""
        keys = [f"haerun.hookup.project,{number}" for number in range(2000)]
        sample = [key for key in keys if drawn(seed, key, share)]
        expected = len(keys) * share / 100
        spread = (len(keys) * share / 100 * (1 - share / 100)) ** 0.5
        self.assertLessEqual(abs(len(sample) - expected), 6 * spread + 3)
        again = [key for key in reversed(keys) if drawn(seed, key, share)]
        self.assertEqual(sample, again[::-1], "neither order nor neighbours matter")

    @given(seed=SEEDS, share=SHARES, more=SHARES, key=strategies.text())
    def test_more_only_adds(self, seed, share, more, key):
        """R38: a bigger share leaves in the sample whoever was in it."""
        small, big = sorted((share, more))
        self.assertLessEqual(drawn(seed, key, small), drawn(seed, key, big))
        self.assertTrue(drawn(seed, key, 100))

    @given(one=SEEDS, other=SEEDS)
    def test_the_seed_matters(self, one, other):
        """R38: who does not know the seed cannot tell the sample."""
        keys = [str(number) for number in range(400)]
        same = all(drawn(one, key, 50) == drawn(other, key, 50) for key in keys)
        self.assertEqual(same, one == other)


@tagged("-at_install", "post_install")
class TestVisitRules(VisitCommon):
    def test_due_at_the_milestone_once(self):
        """R8: the account is opened, the CSD representative has a visit to make."""
        self._every()
        project = self._opened()
        visits = project._visits()
        self.assertEqual(
            sorted(visits.mapped("visitor")), ["coordinator", "section"], "decided"
        )
        mine = self._visit(project)
        self.assertEqual(mine.owner_id, self.rep_a)
        self.assertEqual(mine.acting_user_id, self.user_a)
        self.assertEqual(mine.customer, "王芳")
        self.assertFalse(mine.counts)
        clock = mine.clock_ids
        self.assertEqual(clock.limit_code, "visit_hookup")
        self.assertEqual((clock.amount, clock.unit), (2, "work_day"))
        self.assertEqual(clock.acting_user_id, self.user_a, "charged to the visitor")
        section = self._visit(project, "section")
        self.assertTrue(section.counts)
        self.assertFalse(section.acting_user_id)
        self.assertEqual(section.unit_id.haerun_level, "section")
        project._reach("account_opened")
        self.assertEqual(project._visits(), visits)

    def test_questions_follow_the_way(self):
        """R38: nobody is asked about a part the project did not go through."""
        self._every()
        household = self._visit(self._opened())
        asked = set(household.answer_ids.mapped("phase"))
        self.assertNotIn("construction", asked)
        self.assertLessEqual({"intake", "survey", "plan", "account"}, asked)
        site = self._visit(self._gone())
        self.assertIn("construction", site.answer_ids.mapped("phase"))
        offered = site.answer_ids.fields_get(["phase"])["phase"]["selection"]
        self.assertLessEqual(
            set(site.answer_ids.mapped("phase")), {code for code, _name in offered}
        )
        self.assertIn("2026-03-02  Plan Approved", site.steps)

    def test_condition_and_validity(self):
        """R120, R122: a rule applies where its filter holds, and while it is valid."""
        self.rule_csd.condition = "[('applicant_name', '=', '李四')]"
        self.assertFalse(self._visit(self._opened()))
        self.assertTrue(self._visit(self._opened(applicant_name="李四")))
        with self.assertRaisesRegex(UserError, "is in use"):
            self.rule_csd.condition = "[]"
        with self.assertRaisesRegex(UserError, "is in use"):
            self.rule_csd.question_ids[0].name = "？"
        with self.assertRaises(ValidationError):
            self.rule_big.condition = "[('nothing', '=', 1)]"

    def test_new_version(self):
        """R122: a rule in use gets a next version, with its questions."""
        self._opened()
        action = self.rule_csd.action_new_version()
        new = self.rules.browse(action["res_id"])
        self.assertEqual(new.version, 2)
        self.assertEqual(len(new.question_ids), len(self.rule_csd.question_ids))
        new.condition = "[('applicant_name', '=', '李四')]"

    def test_sample(self):
        """R38: the section's sample is drawn by the secret number alone."""
        projects = self.projects
        for _number in range(6):
            projects |= self._accept().with_env(self.env)
        self.rule_section.share = 50
        sample = self.rule_section._sampled(projects)
        self.assertEqual(
            sample,
            projects.filtered(
                lambda p: drawn(
                    self.rule_section.sudo().seed, f"haerun.hookup.project,{p.id}", 50
                )
            ),
        )
        more = self._accept().with_env(self.env)
        self.assertEqual(self.rule_section._sampled(projects | more) - more, sample)

    def test_disabled_milestones(self):
        """R38: short visits after the plan are there, and off until CSD wants them."""
        rule = self.env.ref("haerun_customer_rep.visit_rule_plan")
        self.assertFalse(rule.active)
        self.assertFalse(self._standing("plan_delivered")._visits())
        rule.active = True
        visit = self._visit(self._standing("plan_delivered"))
        self.assertEqual(set(visit.answer_ids.mapped("phase")), {"survey", "plan"})

    def _schedule(self):
        self.env.flush_all()
        with patch.object(type(self.env["ir.cron"]), "_commit_progress") as progress:
            progress.return_value = 1
            self.rules._cron_schedule()

    def test_big_customers_over_the_months(self):
        """R38: a big customer is visited every six months, a small one never."""

        def scheduled():
            found = big._visits().filtered(lambda v: v.origin == "schedule")
            self.assertEqual(
                found,
                self.visits.sudo().search(
                    [("origin", "=", "schedule"), ("rule_id", "=", self.rule_big.id)]
                ),
            )
            return found

        with self.at("2026-02-02 09:00"):
            big = self._opened(diameter="150")
            self._opened(diameter="15")
            self._schedule()
            self.assertFalse(scheduled())
        with self.at("2026-08-01 09:00"):
            self._schedule()
            self.assertFalse(scheduled(), "not yet")
        with self.at("2026-08-03 09:00"):
            self._schedule()
            visit = scheduled()
            self.assertEqual(len(visit), 1)
            self.assertEqual(visit.visitor, "section")
            self._schedule()
            self.assertEqual(scheduled(), visit, "once")
            self._ask(visit.with_user(self.user_section))
        with self.at("2027-01-20 09:00"):
            self._schedule()
            self.assertEqual(scheduled(), visit)
        with self.at("2027-02-03 09:00"):
            self._schedule()
            self.assertEqual(len(scheduled()), 2)

    def test_ended_and_gone_back(self):
        """R8: no visit of a project withdrawn; a project gone back is visited anew."""
        project = self._opened()
        self._visit(project).flush_recordset()
        project.with_user(self.user_csd)._go_back("water_on", "水表装错")
        old = self.visits.search([("res_id", "=", project.id), ("void", "=", True)])
        self.assertIn("cancelled", old.mapped("state"))
        self.assertEqual(set(old.clock_ids.mapped("state")), {"cancelled"})
        project._advance("account_opened")
        self.assertEqual(self._visit(project).state, "due")
        self.assertNotIn(self._visit(project), old)
        project.with_user(self.user_csd)._withdraw("不办了")
        self.assertEqual(self._visit(project).state, "cancelled")
