from odoo.tests import tagged

from .figures_common import PERIOD, RATES, FiguresCommon


@tagged("-at_install", "post_install")
class TestFiguresRates(FiguresCommon):
    """The overview of reading, by figures worked out by hand (R58, R63, R65)."""

    def test_rates(self):
        """R58, R63: read, actual, estimate, on-day rates of eight points."""
        plan = self._everything()
        figures = self._figures([("plan_id", "=", plan.id)])
        expected = {
            "due_count": 8,
            "read_count": 4,
            "actual_count": 3,  # not what the customer reported
            "remote_count": 1,
            "on_day_count": 3,  # F2 came a day late
            "held_count": 1,
            "unread_count": 2,  # one with a reason, one not read yet
            "skipped_count": 1,
            "estimated_count": 1,
            "read_rate": 50,
            "actual_rate": 37.5,
            "estimate_rate": 12.5,
            "on_day_rate": 75,
            "accuracy": False,  # nothing was rechecked: no data
        }
        self.assertEqual({name: figures[name] for name in expected}, expected)
        self.assertGreaterEqual(figures["flagged_count"], 1)

    def test_accuracy(self):
        """R59: 1 − wrong ÷ rechecked; a correction to the same dial is none."""
        plan = self._everything()
        with self.at("2026-03-12 10:00"):
            self._reading(plan, "F8")._accept("看过照片")
        figures = self._figures([("plan_id", "=", plan.id)])
        self.assertEqual(figures["rechecked_count"], 1)
        self.assertEqual(figures["accuracy"], 100)
        with self.at("2026-03-12 11:00"):
            self._reading(plan, "F1")._correct(109, "看错一位")
            self._reading(plan, "F2")._correct(111, "复核无误")
        figures = self._figures([("plan_id", "=", plan.id)])
        self.assertEqual((figures["rechecked_count"], figures["wrong_count"]), (2, 1))
        self.assertEqual(figures["accuracy"], 50)
        # a correction changes neither who read first nor on which day
        self.assertEqual((figures["actual_count"], figures["on_day_count"]), (4, 4))

    def test_rejected_is_wrong(self):
        """R59: what an auditor rejects was wrong, and is to be read anew."""
        plan = self._everything()
        with self.at("2026-03-12 10:00"):
            self._reading(plan, "F8")._reject("看反了")
        figures = self._figures([("plan_id", "=", plan.id)])
        self.assertEqual(figures["accuracy"], 0)
        self.assertEqual((figures["held_count"], figures["unread_count"]), (0, 3))

    def test_nothing_to_divide_by(self):
        """RULES, Indicators: a zero denominator is no data, never 0 %."""
        plan = self._planned()
        figures = self._figures([("plan_id", "=", plan.id)])
        self.assertIs(type(figures["read_rate"]), float)
        self.assertEqual(figures["read_rate"], 0)
        self.assertIs(figures["on_day_rate"], False)
        self.assertIs(figures["accuracy"], False)
        nothing = self._figures([("plan_id", "=", plan.id), ("period", "=", 190001)])
        self.assertTrue(all(nothing[rate] is False for rate in RATES))

    def test_rates_are_those_of_sums(self):
        """A group's rate is that of its sums, not a mean of rates."""
        plan = self._everything()
        self._read("F6", 114)
        rows = self.Report.search([("plan_id", "=", plan.id)])
        self.assertEqual(len(rows), 3, "by mode and exception")
        mean = sum(rows.mapped("read_rate")) / len(rows)
        rate = self._figures([("plan_id", "=", plan.id)])["read_rate"]
        self.assertEqual(rate, 62.5)
        self.assertNotAlmostEqual(mean, rate)
        by_kind = self.Report.formatted_read_group(
            [("plan_id", "=", plan.id)], ["meter_kind"], ["read_rate:avg"]
        )
        self.assertEqual(
            {row["meter_kind"]: row["read_rate:avg"] for row in by_kind},
            {"mechanical": 100 * 4 / 7, "remote": 100},
        )
        by_exception = self.Report._read_group(
            [("plan_id", "=", plan.id), ("exception_id", "!=", False)],
            ["exception_id"],
            ["skipped_count:sum"],
        )
        self.assertEqual(by_exception, [(self.locked, 1)])

    def test_history_is_frozen(self):
        """A book, an account, a meter that changes hands rewrites no history."""
        plan = self._everything()
        before = self._figures([("plan_id", "=", plan.id)])
        other = self.env["hr.department"].create(
            {"name": "市南营业分公司(试)", "haerun_level": "branch"}
        )
        self.book.write({"unit_id": other.id, "reader_id": self.reader2.id})
        self.points.account_id.write({"use_class": "special"})
        for settled in (False, True):
            if settled:
                self._settle(plan)
            rows = self.Report.search([("plan_id", "=", plan.id)])
            self.assertEqual(rows.unit_id, self.branch)
            self.assertEqual(rows.reader_id, self.reader)
            self.assertEqual(set(rows.mapped("use_class")), {"residential"})
            self.assertEqual(self._figures([("plan_id", "=", plan.id)]), before)
        self.assertFalse(self.Report.search([("unit_id", "=", other.id)]))
        following = self._planned(202604, "2026-04-01 09:00")
        rows = self.Report.search([("plan_id", "=", following.id)])
        self.assertEqual((rows.unit_id, rows.reader_id), (other, self.reader2))

    def test_rights(self):
        """R3: a reader sees his rounds, a branch its own, supervision all."""
        plan = self._everything()
        domain = [("period", "=", PERIOD), ("plan_id", "=", plan.id)]
        for user, seen in (
            (self.user_reader, 8),
            (self.user_reader2, 0),
            (self.user_auditor, 8),
            (self.user_branch_head, 8),
        ):
            found = self._figures(domain, user)["due_count"] or 0
            self.assertEqual(found, seen, user.name)
        plan.sudo().acting_user_id = self.user_reader2
        self.assertEqual(self._figures(domain, self.user_reader2)["due_count"], 8)
        elsewhere = self._user("test_elsewhere", "外人", "unit_manager")
        other = self.env["hr.department"].create(
            {"name": "崂山营业分公司(试)", "haerun_level": "branch"}
        )
        other.manager_id = self._employee(elsewhere, other)
        self.assertFalse(self._figures(domain, elsewhere)["due_count"])
        supervisor = self._user("test_supervisor", "督查", "supervision")
        self.assertEqual(self._figures(domain, supervisor)["due_count"], 8)

    def test_streak(self):
        """R65: who is estimated twice in a row is listed, until the dial is seen."""
        self._read("F7", 110, "2026-02-10")
        streak = self.env["haerun.reading.streak"]
        mine = [("unit_id", "=", self.branch.id)]
        for period, month in ((202603, "03"), (202604, "04")):
            self.assertFalse(streak.search(mine))
            plan = self._planned(period, f"2026-{month}-01 09:00")
            with self.at(f"2026-{month}-12 09:00"):
                self._task(plan, "F7")._estimate()
        [line] = streak.search(mine)
        self.assertEqual((line.meter_id.number, line.streak), ("F7", 2))
        self.assertEqual((line.since, line.plan_id), (202603, plan))
        self.assertEqual(line.previous_value, 110)
        self.assertGreater(line.volume, 0)
        seen = streak.with_user(self.user_reader2).search(mine)
        self.assertFalse(seen, "another's round")
        self._read("F7", 150, "2026-05-02")
        self.env.invalidate_all()
        self.assertFalse(streak.search(mine))
