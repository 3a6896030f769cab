from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .meter_common import MeterCommon


@tagged("-at_install", "post_install")
class TestReadingBook(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(1, 5):
            point = cls._fitted(f"K{number}")
            point.book_position = 10 * number

    def test_split_and_merge(self):
        """R55: a book is cut between two points and put together again."""
        head = self.book.with_user(self.user_branch_head)
        with self.assertRaisesRegex(UserError, "empty on one side"):
            head._split(0, "T-002", "二册")
        new = head._split(30, "T-002", "二册")
        self.assertEqual((self.book.point_count, new.point_count), (2, 2))
        self.assertEqual(new.reader_id, self.reader)
        with self.assertRaisesRegex(ValidationError, "still has 2 points"):
            new.active = False
        new._merge(head)
        self.assertFalse(new.active)
        numbers = self.book.point_ids.sorted("book_position").meter_id.mapped("number")
        self.assertEqual(numbers, ["K1", "K2", "K3", "K4"])

    def test_backtest(self):
        """R62: other figures are tried on what was read, and change nothing there."""
        for month, value in ((2, 10), (3, 20), (4, 46)):
            with self.at(f"2026-0{month}-10 12:00"):
                for number in range(1, 5):
                    extra = 7 * number if month == 4 else 0
                    self._take(
                        f"K{number}", f"2026-0{month}-10 03:00:00", value + extra
                    )
        before = self.env["haerun.reading.hit"].search_count([])
        rule = self.env.ref("haerun_meter.rule_high").with_user(self.user_rules)
        context = rule.action_backtest()["context"]
        tests = self.env["haerun.reading.backtest"].with_user(self.user_rules)
        with Form(tests.with_context(**context)) as form:
            form.period = 202604
            form.unit_id = self.branch
            self.assertEqual((form.judged_count, form.now_count), (4, 4))
            form.relative = 3
            self.assertEqual(form.then_count, 3, "20 m³ in 68 days: 4 E = 36.5")
            form.relative = 100
            self.assertEqual(form.then_count, 0)
        test = form.record
        self.assertEqual(self.env["haerun.reading.hit"].search_count([]), before)
        test.action_save()
        self.assertEqual(rule.limit_ids.relative, 100)
        [row] = [r for r in rule._matrix() if r[:2] == ("residential", "15")]
        self.assertIn(100, row)
