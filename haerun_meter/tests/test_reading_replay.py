from hypothesis import given, settings, strategies

from odoo.tests import tagged

from .meter_common import MeterCommon

#: what is sent: a usual dial, one below the last, one far too high, or a locked door
inputs = strategies.tuples(
    strategies.sampled_from(["dial", "dial", "low", "high", "locked"]),
    strategies.integers(3, 14),
)
#: in which order, some of them twice; and what the auditor does in between
orders = strategies.lists(
    strategies.integers(0, 4) | strategies.sampled_from(["accept", "reject"]),
    min_size=1,
    max_size=9,
)


@tagged("-at_install", "post_install")
class TestReadingReplay(MeterCommon):
    """How a point stands follows from its readings, whatever came in first."""

    def setUp(self):
        super().setUp()
        self.Reading = self.env["haerun.meter.reading"]
        self.locked = self.env.ref("haerun_meter.exception_locked")
        self.point = self._fitted("P1", start=100)
        for month in (1, 2):
            with self.at(f"2026-0{month}-10 12:00"):
                self._take("P1", f"2026-0{month}-10 03:00:00", 100 + 10 * month)
        with self.at("2026-02-26 09:00"):
            plan = self.env["haerun.reading.plan"]._make(202603, self.book)
        self.task = plan.task_ids

    @settings(max_examples=15, deadline=None)
    @given(strategies.lists(inputs, min_size=5, max_size=5), orders)
    def test_state_follows_from_readings(self, sent, order):
        """R58, R59, R62: sent twice, late, in any order: the point stands the same."""
        stood = []
        for _time in range(2):
            savepoint = self.env.cr.savepoint()
            try:
                with self.at("2026-03-20 12:00"):
                    self._replay(sent, order)
                stood.append(self._stands())
            finally:
                savepoint.close(rollback=True)
                self.env.invalidate_all()
        self.assertEqual(*stood)

    def _replay(self, sent, order):
        for turn in order:
            if isinstance(turn, int):
                self._send(turn, *sent[turn])
            else:
                self._decide(turn)
            self._assert_follows()
        # the phone never heard our answers and sends everything once more
        before = self._stands()
        for turn in dict.fromkeys(turn for turn in order if isinstance(turn, int)):
            known = self.Reading.search([("uuid", "=", f"replay-{turn}")])
            answer = self._send(turn, *sent[turn])
            if known:
                self.assertEqual((answer["code"], answer["id"]), ("known", known.id))
                self.assertEqual(self._stands(), before)

    def _send(self, number, kind, day):
        value = {"dial": 120 + day / 4, "low": 110, "high": 900, "locked": None}[kind]
        return self._take(
            "P1",
            f"2026-03-{day:02} 0{number}:00:00",
            value,
            uuid=f"replay-{number}",
            period=202603,
            exception_id=self.locked.id if kind == "locked" else None,
        )

    def _decide(self, kind):
        held = self._readings().filtered(lambda one: one.state == "held")
        if kind == "accept":
            last = self.Reading._last_real(self.point.installation_id)
            held = held.filtered(lambda one: one.read_at > last.read_at)
        if held:
            getattr(held.sorted("id")[0], f"_{kind}")("看过照片")

    def _readings(self):
        return self.Reading.search([("task_id", "=", self.task.id)], order="id")

    def _assert_follows(self):
        """The newest look at the dial decides; a locked door without any."""
        readings = self._readings()
        looks = readings.filtered(
            lambda one: one.has_value and one.state in ("accepted", "held")
        )
        if looks:
            last = looks.sorted(lambda one: (one.read_at, one.id))[-1]
            wanted = {"accepted": "read", "held": "held"}[last.state], last
            self.assertEqual((self.task.state, self.task.reading_id), wanted)
        elif "rejected" in readings.mapped("state"):
            self.assertIn(self.task.state, ("due", "unread"), "to be read anew")
        else:
            self.assertEqual(self.task.state, "unread" if readings else "due")
        counts = self.Reading.search(
            [("point_id", "=", self.point.id), ("state", "=", "accepted")]
        )
        last = self.Reading._last_real(self.point.installation_id)
        self.assertAlmostEqual(sum(counts.mapped("volume")), last.value - 100, 3)

    def _stands(self):
        """Whatever is kept of the point, but for ids."""
        return (
            self.task.state,
            self.task.reading_id.uuid if self.task.reading_id.state == "held" else None,
            self.task.exception_id,
            [
                (
                    one.value,
                    str(one.read_at),
                    one.source,
                    one.state,
                    one.use,
                    one.volume,
                    one.severity,
                )
                for one in self._readings()
            ],
        )

    def test_estimated_stays_so(self):
        """R65: with its held reading rejected, an estimate stands, and is no second."""
        with self.at("2026-03-10 12:00"):
            self._take("P1", "2026-03-10 03:00:00", None, exception_id=self.locked.id)
            self.task._estimate()
            estimate = self.task.reading_id
            self.assertEqual(self.task.state, "estimated")
        with self.at("2026-03-12 12:00"):
            held = self._take("P1", "2026-03-12 03:00:00", 20)
            self.assertEqual((held["state"], self.task.state), ("held", "held"))
            self.Reading.browse(held["id"])._reject("看错")
        self.assertEqual(
            (self.task.state, self.task.reading_id), ("estimated", estimate)
        )

    def test_missed_again(self):
        """R65: what a rejected reading has caught up is on the re-read list again."""
        with self.at("2026-03-10 12:00"):
            self._take("P1", "2026-03-10 03:00:00", None, exception_id=self.locked.id)
        held = []
        for value in (20, 10):
            with self.at("2026-04-25 12:00"):
                answer = self._take("P1", f"2026-04-{30 - value} 03:00:00", value)
            held.append(self.Reading.browse(answer["id"]))
        self.assertEqual(self.task.caught_up_id, held[0])
        held[0]._reject("看错")
        self.assertFalse(self.task.caught_up_id)
        with self.at("2026-05-10 12:00"):
            answer = self._take("P1", "2026-05-10 03:00:00", 150)
        self.assertEqual(self.task.caught_up_id.id, answer["id"])
