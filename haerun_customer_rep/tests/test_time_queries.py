from odoo.tests import tagged

from .common import SupervisedCommon


@tagged("post_install", "-at_install")
class TestQueries(SupervisedCommon):
    """R20: the engine works set-based: ten times the matters, no more queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._limit(
            cls.issued, cls.answered, 4, "work_day", pause_reason_ids=cls.reason.ids
        )
        cls._limit(cls.issued, cls.acknowledged, 4, "work_hour")
        cls._limit(cls.acknowledged, cls.answered, 2, "work_day")

    def _count(self, work, matters):
        """Return the queries of ``work(matters)`` with nothing cached."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work(matters)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _assert_set_based(self, work):
        """Do ``work`` on 5, then on 50 matters of their own, after one to warm up.

        Odoo inserts and updates a hundred rows a statement: two clocks each of
        fifty matters still fit.
        """
        with self.at("2026-06-01 09:00"):
            warm, few, many = (self._matters(size) for size in (1, 5, 50))
            self._count(work, warm)
            counts = self._count(work, few), self._count(work, many)
        self.assertLessEqual(counts[1], counts[0] + 3, "queries for 5 and 50 matters")

    def test_reach(self):
        """R20: reaching a milestone ends clocks and starts others, all together."""
        self._assert_set_based(lambda matters: matters._reach("acknowledged"))

    def test_assign(self):
        """R5: many matters change hands at once."""
        self._assert_set_based(lambda matters: matters._assign(self.rep_b))

    def test_reassign_acting(self):
        """R121: all of A's open work goes to B at once."""
        counts = []
        with self.at("2026-06-01 09:00"):
            for rep, size in ((self.rep_a, 5), (self.rep_b, 50)):
                matters = self._matters(size, rep)
                rep.sudo().acting_user_id = self.user_other
                counts.append(
                    self._count(
                        lambda m: m._haerun_reassign_acting(m.owner_id), matters
                    )
                )
                self.assertEqual(matters.acting_user_id, self.user_other)
                self.assertEqual(matters.clock_ids.acting_user_id, self.user_other)
        self.assertLessEqual(counts[1], counts[0] + 3)

    def test_issue(self):
        """R90: many notices are numbered, issued and get their clocks together."""
        counts = []
        with self.at("2026-06-01 09:00"):
            for size in (1, 5, 50):
                counts.append(self._count(lambda number: self._matters(number), size))
        self.assertLessEqual(counts[2], counts[1] + 3)

    def test_pause_and_resume(self):
        """R20: a pause of many clocks, and its end, are one step each."""

        def work(matters):
            matters._clock_pause(self.reason)
            matters._clock_resume()

        self._assert_set_based(work)

    def test_cancel(self):
        """R20: many matters lapse together."""
        self._assert_set_based(lambda matters: matters._clock_cancel("撤回"))
