from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .hookup_common import HookupCommon


@tagged("-at_install", "post_install")
class TestHoldingBar(HookupCommon):
    """Who held a project how long, for whoever may read the project."""

    def test_bar_of_a_morning(self):
        """R20: a quarter here, a day there, each with step and holder."""
        with self.at("2026-09-21 09:00"):  # a Monday, 7 working hours
            project = self._accept(complete=False)
        with self.at("2026-09-21 09:15"):
            project._give_notice()
        with self.at("2026-09-22 09:00"):
            # the customer took 09:15-12:00, 13:30-17:00 and half an hour
            project.sudo().material_ids.received = True
        with self.at("2026-09-22 10:00"):
            self.env.invalidate_all()
            bar = project.with_user(self.user_clerk).holding_bar
        found = [
            (row["holder"], round(row["hours"], 4), row["open"]) for row in bar["rows"]
        ]
        self.assertEqual(
            found,
            [
                ("company", 0.25, False),
                ("customer", 6.75, False),
                ("company", 1.0, True),
            ],
        )
        hours = self.unit._haerun_calendar().hours_per_day
        self.assertAlmostEqual(bar["totals"]["company"], 1.25 / hours, 4)
        self.assertAlmostEqual(bar["totals"]["customer"], 6.75 / hours, 4)
        self.assertAlmostEqual(bar["company"], 1.25 / hours, 4)
        self.assertEqual(bar["promised"], 5.5)  # the outside line is not known yet
        self.assertEqual(bar["rows"][0]["from"], "2026-09-21 01:00:00")

    def test_promise_follows_the_survey(self):
        """R1: without outside line a household is promised one working day."""
        project = self._standing("plan_submitted", "household", outside_line="none")
        self.assertEqual(project.holding_bar["promised"], 1.0)

    def test_after_water_on_does_not_count_against_the_promise(self):
        """R1: account opening and return visit lie behind what was promised."""
        with self.at("2026-09-21 09:00"):
            project = self._standing("water_on", "household", outside_line="none")
        with self.at("2026-09-23 17:00"):
            self.env.invalidate_all()
            bar = project.holding_bar
        self.assertGreater(bar["totals"]["company"], 2)
        self.assertLess(bar["company"], 1)

    def test_whoever_reads_the_project_sees_the_bar_and_no_holdings(self):
        """R5: the clerk reads the bar; posts and persons stay with those concerned."""
        project = self._standing("survey_signed")
        holdings = project.sudo().holding_ids
        clerk = project.with_user(self.user_clerk)
        self.assertTrue(clerk.holding_bar["rows"])
        self.assertEqual(
            set(clerk.holding_bar["rows"][0]),
            {"step", "next", "holder", "from", "to", "open", "hours", "days"},
        )
        with self.assertRaises(AccessError):
            holdings.with_user(self.user_clerk).read(["owner_id"])
        with self.assertRaises(AccessError):
            project.with_user(self.user_other).read(["holding_bar"])

    def test_many_bars_cost_few_queries(self):
        """R2: the holdings of many projects are read at once."""
        projects = self._accept()
        for _number in range(7):
            projects |= self._accept().with_env(projects.env)
        projects = projects.sudo()
        self.env.flush_all()

        def queries(records):
            self.env.invalidate_all()
            records.mapped("step")
            before = self.env.cr.sql_log_count
            records.mapped("holding_bar")
            return self.env.cr.sql_log_count - before

        few, many = queries(projects[:2]), queries(projects)
        self.assertLessEqual(many, few + 2)

    @settings(max_examples=40, deadline=None)
    @given(
        hours=st.lists(st.integers(0, 60), min_size=1, max_size=6),
        holders=st.lists(
            st.sampled_from(["company", "customer", "design", "permit"]),
            min_size=6,
            max_size=6,
        ),
    )
    def test_parts_add_up_to_the_whole(self, hours, holders):
        """R20: whatever happened, the parts of the bar are the whole way, no gap."""
        project = self.projects.new({"step": "accepted"})
        holdings = self.env["haerun.holding"]
        start = datetime(2026, 9, 21, 1)
        parts = holdings.browse()
        for length, holder in zip(hours, holders, strict=False):
            end = start + timedelta(hours=length)
            worked, days = holdings._work(self.unit, start, end)
            parts |= holdings.new(
                {
                    "step": "accepted",
                    "holder": holder,
                    "unit_id": self.unit.id,
                    "started_at": start,
                    "ended_at": end,
                    "work_hours": worked,
                    "work_days": days,
                }
            )
            start = end
        steps = dict(self.projects._fields["step"]._description_selection(self.env))
        bar = project._holding_bar_of(parts, steps, start)
        whole, _days = holdings._work(self.unit, datetime(2026, 9, 21, 1), start)
        self.assertAlmostEqual(sum(row["hours"] for row in bar["rows"]), whole, 6)
        self.assertAlmostEqual(
            sum(bar["totals"].values()), sum(row["days"] for row in bar["rows"])
        )
        for one, two in zip(bar["rows"], bar["rows"][1:], strict=False):
            self.assertEqual(one["to"], two["from"])
