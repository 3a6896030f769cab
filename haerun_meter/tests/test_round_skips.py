from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .round_common import DAY, RoundCommon, picture


@tagged("-at_install", "post_install")
class TestRoundSkips(RoundCommon):
    def setUp(self):
        super().setUp()
        self.plan = self._plan()

    def _skips(self):
        self.env.invalidate_all()
        return {
            task.meter_id.number: task.skip for task in self.plan.task_ids if task.skip
        }

    def _search(self, value):
        tasks = self.env["haerun.reading.task"].search(
            [("skip", "=", value), ("plan_id", "=", self.plan.id)]
        )
        return sorted(tasks.mapped("meter_id.number"))

    def test_shown(self):
        """R58: passed by is skipped, read afterwards out of order; both are found."""
        self.assertFalse(self._skips())
        self._send(("R1", 10), at=f"{DAY} 09:00")
        self.assertFalse(self._skips())
        self._send(("R3", 10), at=f"{DAY} 09:10")
        self.assertEqual(self._skips(), {"R2": "open"})
        self.assertEqual((self.plan.skipped_count, self.plan.late_count), (1, 0))
        self.assertEqual(self._search("open"), ["R2"])
        self.assertEqual(self._search(False), ["R1", "R3"])
        self._send(("R2", 10), at=f"{DAY} 09:20")
        self.assertEqual(self._skips(), {"R2": "late"})
        self.assertEqual((self.plan.skipped_count, self.plan.late_count), (0, 1))
        self.assertEqual(self._search("late"), ["R2"])
        self.assertEqual(self._search("open"), [])

    def test_reading_anew_is_no_skip(self):
        """R58: who reads a point a second time has not skipped it."""
        self._send(("R1", 10), at=f"{DAY} 09:00")
        self._send(("R2", 10), at=f"{DAY} 09:10")
        self._send(("R1", 11), at=f"{DAY} 09:20")
        self.assertFalse(self._skips())

    def test_rejected_is_no_skip(self):
        """R58, R72: what comes back from the auditor had been read in its turn."""
        self._send(("R1", 90_000), at=f"{DAY} 09:00")
        self._send(("R2", 10), at=f"{DAY} 09:10")
        [held] = self.plan.task_ids.reading_id.filtered(lambda r: r.state == "held")
        with self.at(f"{DAY} 11:00"):
            held.with_user(self.user_auditor)._reject("多看一位")
        self.assertFalse(self._skips())
        self._send(("R1", 12), at=f"{DAY} 12:00")
        self.assertFalse(self._skips())

    def test_by_wire_is_no_walk(self):
        """R58: what comes by wire comes in any order."""
        with self.at(f"{DAY} 09:00"):
            self._take("R3", f"{DAY} 00:30:00", 10, source="remote")
        self.assertFalse(self._skips())

    def test_tally(self):
        """R63: the numbers at submission are kept, for the auditor to see."""
        with self.at(f"{DAY} 09:20"):
            locked = self._item("R2", None, exception="locked", photo=picture())
        self._send(("R1", 10), at=f"{DAY} 09:00")
        self._send(("R3", 10), at=f"{DAY} 09:10")
        mine = self.plan.with_user(self.user_reader)
        with self.at(f"{DAY} 09:15"), self.assertRaisesRegex(UserError, "not read"):
            mine.action_submit()
        self.assertFalse(self.plan.tally_ids)
        self._send(locked, at=f"{DAY} 09:21")
        with self.at(f"{DAY} 17:00"):
            mine.action_submit()
        tally = self.plan.tally_ids.with_user(self.user_auditor)
        self.assertEqual(
            (tally.due_count, tally.read_count, tally.held_count, tally.unread_count),
            (3, 2, 0, 1),
        )
        self.assertEqual((tally.skipped_count, tally.photo_count), (1, 1))
        self.assertEqual(tally.exception_ids.exception_id, self.locked)
        self.assertEqual(tally.exception_ids.count, 1)
        self.assertEqual(tally.user_id, self.user_reader)
        self.assertFalse(tally.for_user_id)
        for user in (self.user_reader, self.user_auditor, self.user_branch_head):
            with self.assertRaises(AccessError):
                self.plan.tally_ids.with_user(user).write({"read_count": 3})
        with self.at("2026-03-11 09:00"):
            self.plan.with_user(self.user_auditor)._return("R2 看错一位")
        with self.at("2026-03-11 17:00"):
            mine.action_submit()
        self.assertEqual(len(self.plan.tally_ids), 2, "each submission has its own")

    def test_tally_of_a_deputy(self):
        """R63, R121: the tally says who submitted for whom."""
        self._away(self.reader, self.reader2)
        self._send(("R1", 10), ("R2", 10), ("R3", 10), user=self.user_reader2)
        with self.at(f"{DAY} 17:00"):
            self.plan.with_user(self.user_reader2).action_submit()
        tally = self.plan.tally_ids
        self.assertEqual(tally.user_id, self.user_reader2)
        self.assertEqual(tally.for_user_id, self.user_reader)
