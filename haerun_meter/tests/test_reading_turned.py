from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .meter_common import MeterCommon


@tagged("-at_install", "post_install")
class TestReadingTurned(MeterCommon):
    """A dial that has turned over where the rule's figures do not speak for it."""

    def _reading(self, answer):
        return self.env["haerun.meter.reading"].browse(answer["id"])

    def _held(self, number="T1", start=60_000, value=20):
        """A dial below the last one, too early for the rule: held as backwards."""
        self._fitted(number, on="2026-01-01", start=start)
        with self.at("2026-02-01 12:00"):
            held = self._reading(self._take(number, "2026-02-01 03:00:00", value))
        self.assertEqual((held.state, held.use), ("held", value - start))
        self.assertIn("negative", held.hit_ids.mapped("code"))
        return held

    def _decide(self, reading, user, reason="现场照片:表盘已翻转"):
        mine = reading.with_user(user)
        action = mine.action_turn_over()
        window = Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
        )
        window.reason = reason
        shown = window.turned_use, window.expected
        window.save().action_confirm()
        return shown

    def _after(self, reading):
        return self.env["haerun.meter.reading"].search(
            [("supersedes_id", "=", reading.id)]
        )

    def test_turned_over(self):
        """R59, R62: an auditor says so, with a reason; its use is C − r0 + r1."""
        held = self._held()
        with self.at("2026-02-02 09:00"):
            shown = self._decide(held, self.user_auditor)
        self.assertEqual(shown, (40_020, held.expected))
        new = self._after(held)
        self.assertEqual(held.state, "superseded", "what was sent stays as it was")
        self.assertEqual((held.value, held.use, held.turned_over), (20, -59_980, False))
        self.assertEqual(
            (new.state, new.use, new.volume, new.turned_over),
            ("accepted", 40_020, 40_020, True),
        )
        codes = new.hit_ids.mapped("code")
        self.assertIn("rollover", codes)
        self.assertNotIn("negative", codes)
        self.assertEqual(new.reason, "现场照片:表盘已翻转")
        self.assertEqual(new.decided_by_id, self.user_auditor)
        with self.assertRaises(AccessError):
            new.with_user(self.user_auditor).write({"turned_over": False})

    def test_next_measures_from_it(self):
        """R59: what is read next is measured from the dial as it stands now."""
        held = self._held()
        self._decide(held, self.user_auditor)
        with self.at("2026-03-01 12:00"):
            later = self._reading(self._take("T1", "2026-03-01 03:00:00", 35))
        self.assertEqual((later.previous_id, later.use), (self._after(held), 15))
        self.assertFalse(later.turned_over)

    def test_corrected_it_stays_turned(self):
        """R59: another auditor's correction keeps the turn, as long as it is one."""
        held = self._held()
        self._decide(held, self.user_auditor)
        turned = self._after(held)
        with self.assertRaisesRegex(AccessError, "your own"):
            turned.with_user(self.user_auditor)._correct(25, "看错")
        right = turned.with_user(self.user_branch_head)._correct(25, "看错")
        self.assertEqual((right.turned_over, right.use), (True, 40_025))
        again = right.with_user(self.user_auditor)._correct(60_004, "并未翻转")
        self.assertEqual((again.turned_over, again.use), (False, 4))

    def test_follows_a_correction_of_the_one_before(self):
        """R59: the one before is corrected, the turn is measured from there."""
        self._fitted("T2", on="2026-01-01", start=59_990)
        with self.at("2026-02-01 12:00"):
            first = self._reading(self._take("T2", "2026-02-01 03:00:00", 60_000))
        with self.at("2026-03-01 12:00"):
            held = self._reading(self._take("T2", "2026-03-01 03:00:00", 20))
            self._decide(held, self.user_auditor)
        self.assertEqual(self._after(held).use, 40_020)
        first.with_user(self.user_auditor)._correct(60_010, "看错")
        again = self._after(self._after(held))
        self.assertEqual((again.use, again.turned_over), (40_010, True))

    def test_only_what_runs_backwards(self):
        """R59: a dial that stands higher has not turned; one sentence says so."""
        self._fitted("T3", on="2026-01-01", start=0)
        with self.at("2026-02-01 12:00"):
            odd = self._reading(self._take("T3", "2026-02-01 03:00:00", 9_000))
        self.assertEqual(odd.state, "held")
        with self.assertRaisesRegex(UserError, "does not run backwards"):
            odd.with_user(self.user_auditor)._turn_over("不是")

    def test_who_may(self):
        """R59: as with every decision: an auditor, and never who read it."""
        held = self._held()
        with self.assertRaises(AccessError):
            held.with_user(self.user_reader).action_turn_over()
        own = self._held("T4")
        own.sudo().submitted_by_id = self.user_auditor
        with self.assertRaisesRegex(AccessError, "your own"):
            own.with_user(self.user_auditor)._turn_over("自己抄的")

    def test_tried_rule_knows_it(self):
        """R62: the back-test judges it as it was decided."""
        held = self._held()
        self._decide(held, self.user_auditor)
        rule = self.env["haerun.reading.rule"].search([("code", "=", "negative")])
        test = self.env["haerun.reading.backtest"].create(
            {"rule_id": rule.id, "period": 202602, "unit_id": self.branch.id}
        )
        self.assertEqual((test.judged_count, test.now_count), (1, 0))
