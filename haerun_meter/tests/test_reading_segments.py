from hypothesis import given, settings, strategies

from odoo.tests import tagged

from .meter_common import MeterCommon

#: m³ that run through before a step; a digit slip or a burst pipe now and then
amounts = strategies.integers(0, 60) | strategies.sampled_from([150, 400])
steps = strategies.one_of(
    strategies.tuples(strategies.just("read"), amounts),
    strategies.tuples(strategies.just("wrong"), amounts),
    strategies.tuples(strategies.just("correct"), strategies.integers(0, 3)),
    strategies.tuples(strategies.just("accept"), strategies.integers(0, 3)),
    strategies.tuples(strategies.just("reject"), strategies.integers(0, 3)),
    strategies.tuples(strategies.just("exchange"), amounts),
)


@tagged("-at_install", "post_install")
class TestReadingSegments(MeterCommon):
    """Whatever happens to a point, its volumes are what its dials ran through."""

    def setUp(self):
        super().setUp()
        self.Reading = self.env["haerun.meter.reading"]

    @settings(max_examples=25, deadline=None)
    @given(
        strategies.integers(4, 6),
        strategies.sampled_from([1, 1, 10]),
        strategies.integers(1, 150),
        strategies.lists(steps, min_size=2, max_size=8),
    )
    def test_volumes_are_what_ran_through(self, digits, multiplier, before_turn, way):
        """R59: (old removal − r0) + (r1 − new start); a turn adds 10^digits."""
        savepoint = self.env.cr.savepoint()
        try:
            self._go(digits, multiplier, before_turn, way)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _go(self, digits, multiplier, before_turn, way):
        plate = {"digits": digits, "multiplier": multiplier}
        turn = 10**digits
        start = turn - before_turn
        point = self._fitted("S0", on="2026-01-01", start=start, **plate)
        # where the dial stands, had it no last digit: by reading
        self.ran = {point.reading_ids.id: start}
        self.wrong = {}
        stands = start
        for number, (kind, figure) in enumerate(way, 1):
            day = f"2026-{number + 1:02}-10"
            with self.at(f"{day} 12:00"):
                if kind in ("read", "wrong", "exchange"):
                    stands += figure
                if kind in ("read", "wrong"):
                    # a wrong one is too high, but no turn of the dial
                    slip = 37 if kind == "wrong" and stands % turn < turn / 2 else 0
                    answer = self._take(
                        point.meter_id.number,
                        f"{day} 03:00:00",
                        (stands + slip) % turn,
                    )
                    self.assertIsNone(answer["code"])
                    self.ran[answer["id"]] = stands + slip
                    if slip:
                        self.wrong[answer["id"]] = stands
                elif kind == "exchange":
                    start = 11 * number
                    known = point.reading_ids
                    point._exchange(
                        self._meter(f"S{number}", **plate),
                        self._day(day),
                        stands % turn,
                        start,
                        "到期轮换",
                    )
                    for reading in point.reading_ids - known:
                        new = reading.source == "fitted"
                        self.ran[reading.id] = start if new else stands
                    stands = start
                else:
                    self._decide(kind, figure, turn)
            self._assert_counted(point, multiplier)

    def _decide(self, kind, number, turn):
        """Correct a wrong one, or accept or reject a held one, of any age."""
        if kind == "correct":
            found = self.Reading.browse(self.wrong).filtered(
                lambda one: one.state in ("held", "accepted")
            )
        else:
            # one that runs backwards is the auditor's word against the dial's
            found = self.Reading.browse(self.ran).filtered(
                lambda one: (
                    one.state == "held"
                    and (
                        kind == "reject" or "negative" not in one.hit_ids.mapped("code")
                    )
                    and (
                        kind == "reject"
                        or self.Reading._last_real(one.installation_id).read_at
                        < one.read_at
                    )
                )
            )
        if not found:
            return
        chosen = found.sorted("id")[number % len(found)]
        before = self.Reading.search([("point_id", "=", chosen.point_id.id)])
        if kind == "correct":
            chosen._correct(self.wrong[chosen.id] % turn, "看错")
        elif kind == "accept":
            chosen._accept("看过照片")
        else:
            chosen._reject("看错")
        after = self.Reading.search([("point_id", "=", chosen.point_id.id)])
        for new in (after - before).sorted("id"):
            old = new.supersedes_id.id
            stood = self.ran[old]
            if kind == "correct" and old == chosen.id:
                stood = self.wrong.pop(old)
            self.ran[new.id] = stood
            if old in self.wrong:
                self.wrong[new.id] = self.wrong.pop(old)

    def _assert_counted(self, point, multiplier):
        for hung in point.installation_ids:
            readings = self.Reading.search([("installation_id", "=", hung.id)])
            counts = readings.filtered(lambda one: one.state == "accepted")
            first, last = counts.sorted("read_at")[0], counts.sorted("read_at")[-1]
            self.assertEqual(first.source, "fitted")
            self.assertAlmostEqual(
                sum(counts.mapped("volume")),
                (self.ran[last.id] - self.ran[first.id]) * multiplier,
                3,
                [(r.id, r.source, r.state, r.value, r.volume) for r in readings],
            )

    def test_correction_of_a_corrected(self):
        """R59, R72: corrected one after the other, what follows begins at the last."""
        point = self._fitted("C1", on="2026-01-01", start=100)
        taken = []
        for month, value in ((2, 110), (3, 120), (4, 130)):
            with self.at(f"2026-0{month}-10 12:00"):
                answer = self._take("C1", f"2026-0{month}-10 03:00:00", value)
                taken.append(self.Reading.browse(answer["id"]))
        taken[0]._correct(112, "看错")
        second = self.Reading.search([("supersedes_id", "=", taken[1].id)])
        second._correct(125, "看错")
        counts = point.reading_ids.filtered(lambda one: one.state == "accepted")
        self.assertEqual(counts.sorted("read_at").mapped("volume"), [0, 12, 13, 5])

    def test_correction_after_the_meter_moved(self):
        """R59: a correction stays where it was read, wherever the meter hangs now."""
        point = self._fitted("M1", on="2026-01-01", start=0)
        with self.at("2026-02-10 12:00"):
            wrong = self._take("M1", "2026-02-10 03:00:00", 12)
        with self.at("2026-02-20 12:00"):
            meter = point.meter_id
            point._exchange(
                self._meter("M2"), self._day("2026-02-20"), 15, 3, "到期轮换"
            )
            other = self._point(self._account("李强"))
            other._fit(meter, self._day("2026-02-20"), 15)
            new = self.Reading.browse(wrong["id"])._correct(10, "看错")
        self.assertEqual(new.point_id, point)
        self.assertEqual(other.reading_ids.source, "fitted")
        counts = point.reading_ids.filtered(lambda one: one.state == "accepted")
        self.assertEqual(
            [(one.source, one.volume) for one in counts.sorted("id")],
            [("fitted", 0), ("fitted", 0), ("correction", 10), ("removed", 5)],
        )
