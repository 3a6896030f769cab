from unittest import mock

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assessment_common import MARCH, AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentFacts(AssessmentCommon):
    """What is frozen: for whom it counts, and that it stays."""

    def _substitute(self, first, last):
        """A is away from one wall clock to another, B acts."""
        substitution = self.env["haerun.substitution"].create(
            {
                "principal_id": self.rep_a.id,
                "deputy_id": self.rep_b.id,
                "date_from": self.at_utc(first),
                "date_to": self.at_utc(last),
                "source": "manual",
            }
        )
        return substitution

    def _boundary(self, moment):
        with self.at(moment):
            self.env["haerun.substitution"]._cron_boundaries()

    def _credit(self):
        """``[(post, whose matter, met)]`` of the facts of March."""
        return [
            (fact.representative_id, fact.owner_id, bool(fact.above))
            for fact in self._facts()
        ]

    def test_own(self):
        """R2, R42: a limit kept or missed counts for the post that held it."""
        self._met(self.rep_a)
        self._missed(self.rep_b)
        a, b = self.rep_a, self.rep_b
        self.assertEqual(self._credit(), [(a, a, True), (b, b, False)])
        fact = self._facts()[0]
        self.assertEqual(fact.day, fields.Date.to_date("2026-03-03"))
        self.assertEqual(fact.rep_class, "engineering")
        self.assertEqual(fact.action_open_record()["res_model"], "haerun.clock")

    def test_deputy(self):
        """R2, R15: what B does for A counts for B, and says for whom it was."""
        with self.at("2026-03-02 08:00"):
            self._substitute("2026-03-03 08:00", "2026-03-06 18:00")
        self._boundary("2026-03-03 08:00")
        self._met(self.rep_a, "2026-03-04")
        self._boundary("2026-03-06 18:01")
        self._met(self.rep_a, "2026-03-09")
        a, b = self.rep_a, self.rep_b
        self.assertEqual(self._credit(), [(b, a, True), (a, a, True)])
        self.assertEqual(self._facts().mapped("for_another"), [True, False])

    def test_who_let_it_run_out(self):
        """R2, R17: a missed limit is charged to who acted when it ran out."""
        clock = self._notice(self.rep_a, "2026-03-03 09:00")
        self.assertEqual(clock.due_at, self.at_utc("2026-03-05 17:00"))
        with self.at("2026-03-06 08:00"):
            self._substitute("2026-03-06 09:00", "2026-03-13 18:00")
        self._boundary("2026-03-06 09:00")
        notice = self.env["haerun.supervision.notice"].browse(clock.res_id)
        self.assertEqual(notice.acting_user_id, self.user_b)
        with self.at("2026-03-09 10:00"):
            notice.with_user(self.user_b).action_acknowledge()
        self.assertEqual(self._credit(), [(self.rep_a, self.rep_a, False)])

    def test_deputy_lets_it_run_out(self):
        """R2, R17: what runs out while B acts is B's."""
        clock = self._notice(self.rep_a, "2026-03-03 09:00")
        with self.at("2026-03-03 10:00"):
            self._substitute("2026-03-04 09:00", "2026-03-06 18:00")
        self._boundary("2026-03-04 09:00")
        self._boundary("2026-03-06 18:01")
        notice = self.env["haerun.supervision.notice"].browse(clock.res_id)
        with self.at("2026-03-09 10:00"):
            notice.with_user(self.user_a).action_acknowledge()
        self.assertEqual(self._credit(), [(self.rep_b, self.rep_a, False)])

    def test_head_without_a_post(self):
        """R2: who acts without a post of the class counts for the unit alone."""
        clock = self._met(self.rep_c)
        self.env.cr.execute(
            "UPDATE haerun_clock SET acting_user_id = %s WHERE id = %s",
            [self.user_boss.id, clock.id],
        )
        fact = self._facts()
        self.assertFalse(fact.representative_id)
        self.assertEqual(fact.unit_id, self.branch)
        self.assertEqual(fact.rep_class, "engineering")

    def test_transfer(self):
        """R2: a transfer rewrites nothing of what was frozen, nor of older facts."""
        self._met(self.rep_c)
        first = self._facts()
        self.rep_c.deputy_id = False
        self.rep_c.unit_id = self.unit
        self.assertEqual(first.unit_id, self.branch)
        self.assertEqual(self._facts().unit_id, self.branch, "nor when frozen anew")

    def test_local_day(self):
        """R2: the day, and the month, are those of the company's wall clock."""
        self._notice(self.rep_a, "2026-03-31 09:00", "2026-03-31 23:30")
        self._notice(self.rep_a, "2026-03-31 09:00", "2026-04-01 00:30")
        self.assertEqual(str(self._facts().day), "2026-03-31")
        self.assertEqual(str(self._facts(month="2026-04-01").day), "2026-04-01")

    def test_secret(self):
        """R119: matters that no figure may betray give no facts."""
        self._met(self.rep_a)
        formulas = type(self.env["haerun.formula"])
        hidden = ("haerun.supervision.notice",)
        with mock.patch.object(formulas, "_secret_models", lambda self: hidden):
            self.assertFalse(self._facts())

    def test_frozen_anew(self):
        """R2: a month that nothing rests on is frozen anew; nothing is doubled."""
        self._met(self.rep_a)
        first = self._freeze()
        self._met(self.rep_a)
        second = self._freeze()
        self.assertFalse(first.exists())
        self.assertTrue(second.current)
        self.assertEqual(len(self._facts()), 2)

    def test_pinned(self):
        """R2, R42: a month that an assessment rests on never changes."""
        self._met(self.rep_a)
        freeze = self._freeze()
        freeze._pin()
        self._met(self.rep_a)
        self.assertEqual(self._freeze(), freeze)
        self.assertEqual(len(self._facts()), 1)
        self.assertEqual(
            freeze.action_verify()["params"]["message"],
            "The facts are those that were assessed.",
        )
        self.env.cr.execute(
            "UPDATE haerun_fact SET above = 0 WHERE freeze_id = %s", [freeze.id]
        )
        self.assertEqual(freeze.action_verify()["params"]["type"], "danger")

    def test_evidence(self):
        """R42: nobody writes or deletes a fact, not even the rules administrator."""
        self._met(self.rep_a)
        fact = self._facts().with_user(self.user_rules)
        with self.assertRaises(AccessError):
            fact.write({"above": 0})
        with self.assertRaises(UserError):
            fact.unlink()
        with self.assertRaises(AccessError):
            fact.create({"formula": "on_time", "day": MARCH})
        with self.assertRaisesRegex(UserError, "evidence and stays"):
            self._facts().sudo().unlink()

    def test_every_formula(self):
        """R2: every registered formula can be asked, and every fact has its columns."""
        formulas = self.env["haerun.formula"]
        columns = {"day", "unit_id", "owner_id", "user_id", "res_id", "above", "below"}
        for code, formula in formulas._formulas().items():
            with self.subTest(code):
                first, last = (
                    fields.Date.to_date(f"2026-{m}-01") for m in ("01", "12")
                )
                self.env.cr.execute(formulas._facts(code, first, last))
                names = {column.name for column in self.env.cr.description}
                self.assertEqual(names, columns)
                self.assertIn(formula.model, self.env)
                self.assertTrue(formula.label and formula.note)

    def test_rate_of_sums(self):
        """R2: a rate is that of the sums; without facts there is none."""
        for _number in range(3):
            self._met(self.rep_a)
        self._missed(self.rep_b)
        facts = self._facts()
        [(above, below, rate)] = facts._read_group(
            [("id", "in", facts.ids)], [], ["above:sum", "below:sum", "rate:avg"]
        )
        self.assertEqual((above, below, rate), (3, 4, 75.0))
        [(rate,)] = facts._read_group([("id", "=", 0)], [], ["rate:avg"])
        self.assertFalse(rate)
