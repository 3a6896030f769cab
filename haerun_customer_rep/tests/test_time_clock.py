from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import SupervisedCommon, local


@tagged("post_install", "-at_install")
class TestClock(SupervisedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limit = cls._limit(
            cls.issued, cls.answered, 2, "work_day", pause_reason_ids=cls.reason.ids
        )

    def _clock(self, text="2026-09-28 09:00"):
        with self.at(text):
            return self._matter().clock_ids

    # ------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------

    def test_start(self):
        """R20: a matter's limit starts with its milestone, by server time."""
        clock = self._clock()
        self.assertEqual(clock.started_at, local("2026-09-28 09:00"))
        self.assertEqual(clock.due_at, local("2026-09-30 17:00"))
        self.assertEqual(clock.acting_user_id, self.user_a)
        notice = self.env[clock.res_model].browse(clock.res_id)
        self.assertEqual(notice.due_at, clock.due_at)
        self.assertEqual(clock.event_ids.mapped("kind"), ["start"])

    def test_holidays(self):
        """R20: National Day does not count, the make-up Saturday does."""
        clock = self._clock("2026-09-30 09:00")
        # 10-01 to 10-07 are holidays, 10-10 is a Saturday that is worked
        self.assertEqual(clock.due_at, local("2026-10-09 17:00"))
        clock = self._clock("2026-10-08 09:00")
        self.assertEqual(clock.due_at, local("2026-10-10 17:00"))

    def test_condition(self):
        """R1: a limit applies only where its condition holds."""
        self.limit.condition = "[('kind', '=', 'supervise')]"
        self.assertFalse(self._matter(kind="urge").clock_ids)
        self.assertTrue(self._matter(kind="supervise").clock_ids)

    def test_version(self):
        """R1, R122: a used limit stays; its next version holds from its own date."""
        with self.at("2026-09-28 09:00"):
            old = self._matter().clock_ids
            with self.assertRaisesRegex(UserError, "in use"):
                self.limit.amount = 1
            action = self.limit.action_new_version()
            new = self.limit.browse(action["res_id"])
            new.amount = 1
            self.assertEqual(self._matter().clock_ids.limit_id, self.limit)
        with self.at("2026-09-29 09:00"):
            clock = self._matter().clock_ids
        self.assertEqual(clock.limit_id, new)
        self.assertEqual(new.version, 2)
        self.assertEqual(clock.due_at, local("2026-09-30 17:00"))
        self.assertEqual(old.due_at, local("2026-09-30 17:00"))

    def test_version_overlap(self):
        """R122: two versions of a limit are never valid on the same day."""
        with self.assertRaisesRegex(UserError, "end that one the day before"):
            self.limit.copy({"version": 2})

    def test_used_ladder(self):
        """R122: a ladder by which clocks run is not changed under them."""
        self._clock()
        with self.assertRaisesRegex(UserError, "in use"):
            self.limit.ladder_id.level_ids[0].share = 60

    @users("test_a", "test_head", "test_csd", "test_section")
    def test_rules_are_csds(self):
        """R120: nobody but the rules administrator edits limits and ladders."""
        with self.assertRaises(AccessError):
            self.limit.with_env(self.env).confirmed = True
        with self.assertRaises(AccessError):
            self.env["haerun.escalation.ladder"].create({"name": "x"})

    @users("test_rules")
    def test_rules_admin(self):
        """R120: the rules administrator edits a limit that is not in use."""
        self.limit.with_env(self.env).amount = 3
        self.assertEqual(self.limit.amount, 3)

    # ------------------------------------------------------------
    # Transitions
    # ------------------------------------------------------------

    def test_met_and_missed(self):
        """R20: the verdict falls once, when the awaited milestone is reached."""
        met, missed = self._clock(), self._clock()
        with self.at("2026-09-30 17:00"):
            met._satisfy()
        self.assertEqual(met.state, "met")
        with self.at("2026-09-30 17:01"):
            missed._satisfy()
            self.assertEqual(missed.state, "missed")
            with self.assertRaisesRegex(UserError, "has ended"):
                missed._satisfy()
        self.assertEqual(missed.event_ids[-1].verdict, "missed")
        self.assertFalse(self.env[met.res_model].browse(met.res_id).due_at)

    def test_pause(self):
        """R20: a pause moves the deadline by what it lasted in working time."""
        clock = self._clock()
        with self.at("2026-09-29 10:00"):
            clock._pause(self.reason, until=local("2026-10-09 12:00"), note="等图纸")
        notice = self.env[clock.res_model].browse(clock.res_id)
        self.assertEqual(notice.due_state, "paused")
        self.assertFalse(notice.due_at)
        with self.at("2026-09-30 10:00"):
            clock._resume()
        # 7 working hours put off from 17:00 of the last day before the holidays
        self.assertEqual(clock.due_at, local("2026-10-08 17:00"))
        self.assertEqual(clock.event_ids.mapped("kind"), ["start", "pause", "resume"])

    def test_pause_refused(self):
        """R20: a clock pauses only for a reason of its limit, and not when overdue."""
        clock = self._clock()
        permit = self.env.ref("haerun_customer_rep.pause_reason_permit")
        with self.at("2026-09-29 10:00"), self.assertRaisesRegex(UserError, "does not"):
            clock._pause(permit)
        with self.at("2026-10-08 10:00"), self.assertRaisesRegex(UserError, "expired"):
            clock._pause(self.reason)
        self.assertEqual(clock.event_ids.mapped("kind"), ["start"])

    def test_extend(self):
        """R20: an extension is given before expiry only and begins a new cycle."""
        clock = self._clock()
        with self.at("2026-09-30 16:00"):
            clock._extend(3, "work_day", "管线复杂")
        self.assertEqual(clock.due_at, local("2026-10-10 17:00"))
        self.assertEqual(clock.cycle, 1)
        with self.at("2026-10-12 09:00"), self.assertRaisesRegex(UserError, "expired"):
            clock._extend(1, "work_day", "再延")

    def test_reopen(self):
        """R20: reopening keeps the first verdict and gives what time was left."""
        clock = self._clock()
        with self.at("2026-09-28 11:00"):
            clock._satisfy()
        with self.at("2026-09-29 11:00"):
            clock._reopen("客户不认可")
        self.assertEqual(clock.state, "running")
        self.assertEqual(clock.due_at, local("2026-10-08 17:00"))
        verdicts = clock.event_ids.filtered("verdict").mapped("verdict")
        self.assertEqual(verdicts, ["met"])

    def test_one_clock_a_limit(self):
        """R20: reaching a milestone twice does not start a second clock."""
        clock = self._clock()
        matter = self.env[clock.res_model].browse(clock.res_id)
        matter._reach("issued")
        self.assertEqual(matter.clock_ids, clock)

    def test_calendar_change(self):
        """R20: a day made a holiday moves the open deadlines, with an event."""
        clock = self._clock()
        day = self.env["haerun.workday"].search([("date", "=", "2026-09-29")])
        with self.at("2026-09-28 12:00"):
            day.kind = "holiday"
        self.assertEqual(clock.due_at, local("2026-10-08 17:00"))
        self.assertEqual(clock.event_ids[-1].kind, "reschedule")
        self.assertEqual(clock.event_ids[-1].due_at, clock.due_at)

    def test_shift_change(self):
        """R20, R120: shorter hours of a shift move the deadlines that run by it."""
        clock = self._clock()
        afternoon = clock.calendar_id.attendance_ids.filtered(
            lambda line: line.day_period == "afternoon"
        )
        with self.at("2026-09-28 12:00"):
            clock.calendar_id.write(
                {
                    "attendance_ids": [
                        Command.update(line.id, {"hour_to": 16.5}) for line in afternoon
                    ]
                }
            )
        self.assertEqual(clock.due_at, local("2026-09-30 16:30"))
        self.assertEqual(clock.event_ids.mapped("kind"), ["start", "reschedule"])

    def test_estimated_year(self):
        """R20: a deadline in an estimated year is marked, and settled with the year."""
        clock = self._clock("2026-12-31 09:00")
        self.assertTrue(clock.estimated)
        days = self.env["haerun.workday"].search([("year", "=", 2027)])
        days.filtered(lambda d: str(d.date) == "2027-01-02").kind = "makeup"
        days.write({"status": "official"})
        self.assertFalse(clock.estimated)

    # ------------------------------------------------------------
    # Ledger
    # ------------------------------------------------------------

    def test_ledger_is_append_only(self):
        """R20: not even the superuser changes or deletes a line or a clock."""
        clock = self._clock()
        with self.assertRaisesRegex(UserError, "never changed"):
            clock.event_ids.sudo().write({"at": "2020-01-01 00:00:00"})
        with self.assertRaisesRegex(UserError, "never deleted"):
            clock.event_ids.sudo().unlink()
        with self.assertRaisesRegex(UserError, "never deleted"):
            clock.sudo().unlink()

    @users("test_a", "test_head", "test_csd", "test_section", "test_rules")
    def test_no_user_writes_clocks(self):
        """R120: no role writes clocks or their ledger, through whatever road."""
        clock = self._clock().with_env(self.env)
        for values in ({"due_at": "2030-01-01 00:00:00"}, {"state": "met"}):
            with self.assertRaises(AccessError):
                clock.write(values)
        with self.assertRaises(AccessError):
            self.env["haerun.clock.event"].create(
                {"clock_id": clock.id, "kind": "satisfy", "at": "2026-09-28 00:00:00"}
            )

    @users("test_a")
    def test_protected_fields(self):
        """R120: who holds a matter cannot write holder or deadline of it."""
        matter = self._matter().with_env(self.env)
        for field in ("owner_id", "acting_user_id", "due_at", "unit_id"):
            with self.assertRaises(AccessError):
                matter.write({field: False})
        with self.assertRaises(AccessError):
            matter.with_context(default_owner_id=self.rep_b.id).create(
                {"kind": "urge", "source": "hand", "body": "x"}
            )

    @mute_logger("odoo.sql_db")
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(
                    ["pause", "resume", "extend", "satisfy", "cancel", "reopen"]
                ),
                st.integers(1, 40),
            ),
            max_size=7,
        )
    )
    def test_replay(self, moves):
        """R20: the stored clock is what a replay of its stored ledger gives."""
        clock = self._clock()
        calls = {
            "pause": lambda: clock._pause(self.reason),
            "resume": lambda: clock._resume(),
            "extend": lambda: clock._extend(1, "work_day", "理由"),
            "satisfy": lambda: clock._satisfy(),
            "cancel": lambda: clock._cancel("理由"),
            "reopen": lambda: clock._reopen("理由"),
        }
        now = local("2026-09-28 09:00")
        for name, hours in moves:
            now = fields.Datetime.add(now, hours=hours)
            with self.at(str(fields.Datetime.add(now, hours=8))[:16]):
                try:
                    calls[name]()
                except UserError:
                    continue
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(clock._replay(), clock._ledger_state())
