from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .figures_common import FiguresCommon

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["read", "late", "low", "locked", "accept", "reject", "correct", "same"]
            + ["estimate", "settle"]
        ),
        st.integers(0, 7),
    ),
    max_size=12,
)


@tagged("-at_install", "post_install")
class TestFiguresSettled(FiguresCommon):
    """Settled figures are those of the points, at any moment."""

    def _touched(self, plan):
        return self.env["haerun.reading.touch"].search([("plan_number", "=", plan.id)])

    def test_settled(self):
        """The same figures live and settled, and nothing is counted twice."""
        plan = self._everything()
        self.assertTrue(self._touched(plan))
        self._assert_counted(plan)
        live = self._figures([("plan_id", "=", plan.id)])
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.Figure._cron_settle()
        self.assertFalse(self._touched(plan))
        self.assertTrue(self.Figure.search([("plan_id", "=", plan.id)]))
        self._assert_counted(plan)
        self.assertEqual(self._figures([("plan_id", "=", plan.id)]), live)

    def test_never_stale(self):
        """R59: whatever moves a settled plan is seen at once: also once audited."""
        plan = self._everything()
        self._settle(plan)
        moves = {
            "read": lambda: self._read("F6", 120),
            "decided": lambda: self._reading(plan, "F8")._accept("看过照片"),
            "another day": lambda: plan.sudo().write({"planned_on": "2026-03-11"}),
            "estimated": lambda: self._task(plan, "F5")._estimate(),
            "corrected after the audit": lambda: self._reading(plan, "F1")._correct(
                108, "看错"
            ),
        }
        for name, move in moves.items():
            with self.subTest(name), self.at("2026-03-13 09:00"):
                self._settle(plan)
                before = self._figures([("plan_id", "=", plan.id)])
                move()
                self.env.flush_all()
                self.assertTrue(self._touched(plan))
                self._assert_counted(plan)
                self.assertNotEqual(self._figures([("plan_id", "=", plan.id)]), before)

    def test_exchange_counts(self):
        """An exchange in the period adds what the old meter has passed."""
        plan = self._everything()
        self._settle(plan)
        before = self._figures([("plan_id", "=", plan.id)])["volume"]
        with self.at("2026-03-14 09:00"):
            self._take("F2", "2026-03-14 00:30:00", 115, source="removed")
        figures = self._figures([("plan_id", "=", plan.id)])
        self.assertAlmostEqual(figures["volume"], before + 4, 3)
        self._assert_counted(plan)

    def test_a_plan_that_goes(self):
        """A plan that is deleted leaves no figures."""
        plan = self._planned()
        self._settle(plan)
        number = plan.id
        self.env.cr.execute(
            "DELETE FROM haerun_clock WHERE res_model = 'haerun.reading.plan'"
            " AND res_id = %s",
            [number],
        )
        self.env.cr.execute("DELETE FROM haerun_reading_plan WHERE id = %s", [number])
        self.env.invalidate_all()
        self.assertFalse(self._figures([("plan_id", "=", number)])["due_count"])

    @given(STEPS)
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def test_always_what_is_counted(self, steps):
        """After any steps, settled in between or not, the report counts right."""
        with self.env.cr.savepoint() as savepoint:
            plan = self._everything()
            for step, number in steps:
                self._step(plan, step, plan.task_ids.sorted("id")[number])
                self._assert_counted(plan)
            self.env.invalidate_all()
            savepoint.rollback()
        self.env.invalidate_all()

    def _step(self, plan, step, task):
        reading, number = task.reading_id, task.meter_id.number
        with self.at("2026-03-15 09:00"):
            if step == "settle":
                self._settle(plan)
            elif step in ("read", "late", "low"):
                value = {"read": 120, "late": 125, "low": 1}[step]
                self._take(number, "2026-03-15 00:00:00", value)
            elif step == "locked":
                self._take(
                    number, "2026-03-15 00:00:00", None, exception_id=self.locked.id
                )
            elif step == "estimate" and task.state in ("due", "unread"):
                task._estimate()
            elif step == "reject" and reading.state == "held":
                reading._reject("不对")
            elif step == "accept" and reading.state == "held":
                last = reading._last_real(reading.installation_id)
                if last.read_at < reading.read_at:
                    reading._accept("对的")
            elif (
                step in ("correct", "same")
                and reading.is_real
                and reading.state in ("accepted", "held")
            ):
                value = reading.value + (3 if step == "correct" else 0)
                reading._correct(value, "更正")
