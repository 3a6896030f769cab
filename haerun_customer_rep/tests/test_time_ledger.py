from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.haerun_customer_rep.tools import clock_ledger, ladder
from odoo.addons.haerun_customer_rep.tools.clock_ledger import Event, LedgerError
from odoo.addons.haerun_customer_rep.tools.worktime import Day, WorkTime

SHIFT = [(30600, 43200), (48600, 61200)]
DAYS = {
    day: Day(day.weekday() if day.weekday() < 5 else None)
    for day in (date(2025, 1, 1) + timedelta(days=n) for n in range(900))
}
WORKTIME = WorkTime(dict.fromkeys(range(7), SHIFT), DAYS, "Asia/Shanghai")
BEGIN = datetime(2026, 3, 2)

amounts = st.one_of(
    st.tuples(st.integers(1, 10), st.just("work_day")),
    st.tuples(st.integers(1, 40), st.sampled_from(["hour", "work_hour"])),
    st.tuples(st.integers(1, 600), st.sampled_from(["minute", "work_minute"])),
)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["pause", "resume", "extend", "satisfy", "cancel", "reopen", "escalate"]
        ),
        st.integers(0, 3 * 86400),
    ),
    max_size=12,
)


def possible(first, rest):
    """Return the events that the ledger takes out of random ones, and the state."""
    at = BEGIN
    events = [Event("start", at, amount=first[0], unit=first[1])]
    state = clock_ledger.step(None, events[0], WORKTIME)
    for kind, seconds in rest:
        at += timedelta(seconds=seconds)
        event = Event(kind, at, amount=1, unit=first[1])
        try:
            state = clock_ledger.step(state, event, WORKTIME)
        except LedgerError:
            continue
        events.append(event)
    return events, state


class TestLedger(BaseCase):
    @settings(max_examples=300, deadline=None)
    @given(first=amounts, rest=steps)
    def test_replay(self, first, rest):
        """R20: replaying a ledger gives the state that its events led to."""
        events, state = possible(first, rest)
        self.assertEqual(clock_ledger.fold(events, WORKTIME), state)

    @settings(max_examples=300, deadline=None)
    @given(first=amounts, rest=steps)
    def test_charged_time(self, first, rest):
        """R20: a running clock has as much time left as was allowed and not used."""
        events, state = possible(first, rest)
        self.assertGreaterEqual(state.used, 0)
        if state.state == "running":
            left = WORKTIME.between(state.counted_from, state.due_at, state.kind)
            self.assertAlmostEqual(state.used + left, state.length, delta=1e-3)
        if state.state == "met":
            self.assertLessEqual(state.used, state.length + 1e-3)
        if state.state == "missed":
            self.assertGreaterEqual(state.used, state.length - 1e-3)

    @settings(max_examples=200, deadline=None)
    @given(
        first=amounts, more=st.integers(0, 20), rest=steps, offset=st.integers(0, 10**6)
    )
    def test_grows_with_limit(self, first, more, rest, offset):
        """R1: a longer limit never falls due earlier, whatever pauses it."""
        start = BEGIN + timedelta(seconds=offset)
        short = Event("start", start, amount=first[0], unit=first[1])
        long = Event("start", start, amount=first[0] + more, unit=first[1])
        self.assertLessEqual(
            clock_ledger.fold([short], WORKTIME).due_at,
            clock_ledger.fold([long], WORKTIME).due_at,
        )

    def test_long_pause_then_close(self):
        """R103: closing straight out of a pause longer than the rest is no breach."""
        events = [
            Event("start", datetime(2026, 3, 2, 1), amount=2, unit="work_day"),
            Event("pause", datetime(2026, 3, 3, 1)),
            Event("satisfy", datetime(2026, 3, 20, 1)),
        ]
        state = clock_ledger.fold(events, WORKTIME)
        self.assertEqual(state.state, "met")
        self.assertEqual(state.used, 7 * 3600)  # 6.5 h on Monday, 0.5 h on Tuesday

    def test_overdue_cannot_pause(self):
        """R20: a pause cannot hide that a limit has expired."""
        start = Event("start", datetime(2026, 3, 2, 1), amount=1, unit="hour")
        state = clock_ledger.fold([start], WORKTIME)
        with self.assertRaises(LedgerError) as caught:
            pause = Event("pause", datetime(2026, 3, 2, 2, 0, 1))
            clock_ledger.step(state, pause, WORKTIME)
        self.assertEqual(caught.exception.args[0], "overdue")

    def test_cancelled_is_not_met(self):
        """R20: a matter that lapses is neither met nor missed."""
        events = [
            Event("start", datetime(2026, 3, 2, 1), amount=1, unit="hour"),
            Event("cancel", datetime(2026, 3, 2, 1, 30)),
        ]
        self.assertEqual(clock_ledger.fold(events, WORKTIME).state, "cancelled")


class TestLadder(BaseCase):
    def test_levels(self):
        """R20: 50 %, 80 %, one working day before, at expiry, five days after."""
        start, due = datetime(2026, 3, 2, 1), datetime(2026, 3, 9, 9)
        length = WORKTIME.between(start, due, "work")
        at = {
            level.key: ladder.level_at(level, start, due, length, "work", WORKTIME)
            for level in (
                ladder.Level(1, "share", share=0.5),
                ladder.Level(3, "before", amount=1, unit="work_day"),
                ladder.Level(4, "due"),
                ladder.Level(5, "after", amount=5, unit="work_day"),
            )
        }
        # Monday 09:00 … next Monday 17:00 = 6.5 h + 4 × 7 h + 7 h = 41.5 h of work;
        # half of it, 20.75 h, is up on Thursday at 08:30 + 15 min
        self.assertEqual(length, 41.5 * 3600)
        self.assertEqual(at[1], datetime(2026, 3, 5, 0, 45))
        self.assertEqual(at[3], datetime(2026, 3, 9, 0, 30))
        self.assertEqual(at[4], due)
        self.assertEqual(at[5], datetime(2026, 3, 16, 9))

    def test_short_limit_is_urged_at_once(self):
        """R20: no level falls before the start."""
        start, due = datetime(2026, 3, 2, 1), datetime(2026, 3, 2, 1, 30)
        urge = ladder.Level(1, "before", amount=1, unit="work_day")
        self.assertEqual(
            ladder.level_at(urge, start, due, 1800, "work", WORKTIME), start
        )

    @settings(max_examples=200, deadline=None)
    @given(first=amounts, rest=steps)
    def test_order(self, first, rest):
        """R20: reminders never come after expiry, circulation never before it."""
        _events, state = possible(first, rest)
        figures = (state.started_at, state.due_at, state.length, state.kind, WORKTIME)
        for share in (0.5, 0.8):
            remind = ladder.Level(1, "share", share=share)
            self.assertLessEqual(ladder.level_at(remind, *figures), state.due_at)
        after = ladder.Level(2, "after", amount=5)
        self.assertGreater(ladder.level_at(after, *figures), state.due_at)

    def test_quiet_hours(self):
        """R20: quiet hours may span midnight; equal bounds mean none."""
        night, noon = datetime(2026, 3, 2, 23), datetime(2026, 3, 2, 12)
        self.assertTrue(ladder.within_quiet_hours(night, 21, 7.5))
        self.assertFalse(ladder.within_quiet_hours(noon, 21, 7.5))
        self.assertTrue(ladder.within_quiet_hours(noon, 11.5, 14))
        self.assertFalse(ladder.within_quiet_hours(noon, 0, 0))
