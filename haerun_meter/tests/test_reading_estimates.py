from collections import Counter
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import given, settings, strategies

from odoo import fields
from odoo.tests import tagged

from .meter_common import MeterCommon

DAY = timedelta(days=1)

methods = strategies.fixed_dictionaries(
    {
        "basis": strategies.sampled_from(
            ["average", "last_year", "previous", "area_class", "maximum", "hand"]
        ),
        "months": strategies.sampled_from([3, 6, 12]),
        "streak_from": strategies.sampled_from([1, 1, 2]),
        "multiplier": strategies.sampled_from([1, 1, 2]),
        "bypass": strategies.booleans(),
    }
)
#: months in which a dial was read, and the m³ of each
pasts = strategies.dictionaries(
    strategies.integers(-14, -1), strategies.integers(0, 60), max_size=5
)
#: what happens in the three periods: read, estimated, estimated and read after all
turns = strategies.sampled_from(
    ["real", "estimate", "estimate", "hand", "estimate_real", "exchange_estimate"]
)


@tagged("-at_install", "post_install")
class TestReadingEstimates(MeterCommon):
    """Estimates against a slow oracle, and against what the dial says afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what is held waits for a person; here everything shall count
        cls.env["haerun.reading.rule"].search([]).severity = "1"
        cls.env["haerun.estimate.method"].search([]).active = False
        cls.Reading = cls.env["haerun.meter.reading"]
        cls.locked = cls.env.ref("haerun_meter.exception_locked")
        cls.bypass = cls.env.ref("haerun_meter.exception_bypass")

    @settings(max_examples=8, deadline=None)
    @given(
        strategies.lists(methods, max_size=4),
        strategies.tuples(pasts, pasts),
        strategies.lists(turns, min_size=2, max_size=3),
        strategies.sampled_from([1, 1, 10]),
        strategies.none() | strategies.tuples(*[strategies.integers(0, 4)] * 2),
    )
    def test_first_that_has_a_base(self, ways, past, turns, multiplier, correction):
        """R65: the first method with a base; one a period; settled by a reading."""
        savepoint = self.env.cr.savepoint()
        try:
            self._go(ways, past, turns, multiplier, correction)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _go(self, ways, past, turns, multiplier, correction):
        self.methods = self.env["haerun.estimate.method"].create(
            [
                {
                    **{name: way[name] for name in way if name != "bypass"},
                    "name": f"办法{number}",
                    "sequence": number,
                    "exception_ids": self.bypass.ids if way["bypass"] else False,
                }
                for number, way in enumerate(ways)
            ]
        )
        self.points = self.env["haerun.service.point"]
        self.stands = {}
        for number, months in enumerate(past):
            point = self._fitted(
                f"E{number}", "2024-09-01", 100, digits=6, multiplier=multiplier
            )
            self.points |= point
            self.stands[point] = 100
            for month in sorted(months):
                day = fields.Date.add(self._day("2026-03-10"), months=month)
                self._real(point, day, months[month])
        first = self.points[0]
        for turn, what in enumerate(turns):
            self._period(202603 + turn, f"2026-0{3 + turn}", what, turn)
            if correction and turn == 0:
                self._correct(first, *correction)
            self._assert_one_each()
        for point in self.points:
            self._real(point, self._day("2026-07-10"), 9)
            self._assert_settled(point)

    def _real(self, point, day, volume):
        self.stands[point] += volume
        with self.at(f"{day} 12:00"):
            answer = self._take(
                point.meter_id.number, f"{day} 03:00:00", self.stands[point]
            )
        self.assertIsNone(answer["code"])

    def _period(self, period, month, what, turn):
        with self.at(f"{month}-01 09:00"):
            plan = self.env["haerun.reading.plan"]._make(period, self.book)
        cause = self.bypass if turn % 2 else self.locked
        for task in plan.task_ids:
            if what == "real":
                self._real(task.point_id, self._day(f"{month}-10"), 7)
                continue
            with self.at(f"{month}-10 12:00"):
                if what == "exchange_estimate":
                    point = task.point_id
                    number = f"{point.meter_id.number}-{turn}"
                    old = point.meter_id
                    point._exchange(
                        self._meter(number, digits=6, multiplier=old.multiplier),
                        self._day(f"{month}-05"),
                        self.stands[point],
                        3,
                        "到期轮换",
                    )
                    self.stands[point] = 3
                self._take(
                    task.point_id.meter_id.number,
                    f"{month}-10 03:00:00",
                    None,
                    exception_id=cause.id,
                )
        if what == "real":
            return
        self._estimate(plan, month, what)
        if what == "estimate_real":
            for task in plan.task_ids:
                self._real(task.point_id, self._day(f"{month}-14"), 5)
            self.assertEqual(set(plan.task_ids.mapped("state")), {"read"})
        for point in self.points:
            self._assert_settled(point)

    def _estimate(self, plan, month, what):
        with self.at(f"{month}-12 16:00"):
            if what == "hand":
                for task in plan.task_ids:
                    task.with_user(self.user_auditor)._estimate_by_hand(
                        "邻户", volume=4
                    )
                self.assertEqual(set(plan.task_ids.mapped("state")), {"estimated"})
                return
            wanted = {task: self._wanted(task, plan) for task in plan.task_ids}
            plan.task_ids._estimate()
        for task, found in wanted.items():
            estimate = task.reading_id
            if not found:
                self.assertEqual((task.state, task.inestimable), ("unread", True))
                continue
            method, volume = found
            self.assertEqual(
                (task.state, estimate.source, estimate.estimate_method_id),
                ("estimated", "estimate", method),
            )
            self.assertEqual(estimate.volume, int(estimate.volume))
            self.assertLessEqual(abs(estimate.volume - volume), 0.501, found)
            self.assertFalse(estimate.is_real)

    def _wanted(self, task, plan):
        """``(method, m³)`` of the first method that fits, by plain counting."""
        hung = task.point_id.installation_id
        counts = self.Reading.search(
            [("point_id", "=", task.point_id.id), ("state", "=", "accepted")]
        )
        real = counts.filtered("is_real").sorted(lambda one: (one.read_at, one.id))
        last = real.filtered(lambda one: one.installation_id == hung)[-1]
        since = counts.filtered(
            lambda one: (
                one.source == "estimate"
                and one.installation_id == hung
                and one.read_at > last.read_at
            )
        )
        counted_at = max([last.read_at, *since.mapped("read_at")])
        days = (fields.Datetime.now() - counted_at) / DAY
        # no average is not the same as an average of nothing
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, daily_last_year, expected, previous_at"
            "  FROM haerun_reading_task WHERE plan_id = %s",
            [plan.id],
        )
        rows = {number: row for number, *row in self.env.cr.fetchall()}
        for method in self.methods:
            causes = method.exception_ids
            if causes and task.exception_id not in causes:
                continue
            if len(since) + 1 < method.streak_from:
                continue
            daily = self._daily(method, real, last, hung, rows, task)
            if daily is not None and daily * method.multiplier >= 0:
                return method, max(0, daily * method.multiplier * days)
        return None

    def _daily(self, method, real, last, hung, rows, task):
        if method.basis == "average":
            since = last.read_at - relativedelta(months=method.months)
            some = [one for one in real if one.days > 0 and one.read_at > since]
            days = sum(one.days for one in some)
            return sum(one.use for one in some) / days if days else None
        if method.basis == "previous":
            return last.use / last.days if last.days else None
        if method.basis == "last_year":
            year_ago = rows[task.id][0]
            return None if year_ago is None else float(year_ago)
        if method.basis == "area_class":
            some = [row for row in rows.values() if row[1] is not None]
            now = fields.Datetime.now()
            days = sum(max(1, (now - at) / DAY) for _year, _expected, at in some)
            return float(sum(row[1] for row in some)) / days if some else None
        return 1.25 * hung.q3 * 24 if method.basis == "maximum" else None

    def _correct(self, point, number, less):
        """Correct a reading of the past; what came after is estimated already."""
        readings = point.reading_ids.filtered(
            lambda one: (
                one.source == "manual" and one.state == "accepted" and one.is_real
            )
        ).sorted("read_at")
        if readings:
            wrong = readings[number % len(readings)]
            if wrong == readings[-1] and wrong.installation_id == point.installation_id:
                self.stands[point] -= less
            wrong._correct(wrong.value - less, "看错")

    def _assert_one_each(self):
        counts = self.Reading.search(
            [
                ("point_id", "in", self.points.ids),
                ("source", "=", "estimate"),
                ("state", "=", "accepted"),
            ]
        )
        each = Counter((one.point_id, one.period) for one in counts)
        self.assertLessEqual(max(each.values(), default=0), 1)
        self.assertFalse(any(counts.mapped("is_real")))

    def _assert_settled(self, point):
        """Since the last real reading but one, volumes and use are the same."""
        for hung in point.installation_ids:
            counts = self.Reading.search(
                [("installation_id", "=", hung.id), ("state", "=", "accepted")]
            ).sorted(lambda one: (one.read_at, one.id))
            real = counts.filtered("is_real")
            upto = counts.filtered(lambda one, at=real[-1].read_at: one.read_at <= at)
            self.assertAlmostEqual(
                sum(upto.mapped("volume")),
                (real[-1].value - hung.start_reading) * hung.multiplier,
                3,
                [(r.source, str(r.read_at), r.value, r.volume) for r in upto],
            )
