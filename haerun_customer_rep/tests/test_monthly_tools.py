from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as some

from odoo.tests import BaseCase

from ..tools import charts, monthly

SVG = "{http://www.w3.org/2000/svg}"
words = some.sampled_from(["市南分公司", "<b>&", "", "客户服务部"])
numbers = some.none() | some.floats(-1000, 1000)


class TestMonthlyTools(BaseCase):
    """Pictures and sentences of a report, by themselves."""

    @given(some.lists(some.tuples(words, numbers, numbers), max_size=6))
    def test_bars_stay_within_the_picture(self, rows):
        """R2: whatever is drawn is XML, lies within, and each label stands there."""
        svg = charts.bars([charts.Bar(*row) for row in rows])
        tree = ElementTree.fromstring(svg)
        for box in tree.iter(f"{SVG}rect"):
            x, width = float(box.get("x")), float(box.get("width"))
            self.assertGreaterEqual(width, 0)
            self.assertLessEqual(x + width, float(tree.get("width")) + 0.1)
        texts = [text.text or "" for text in tree.iter(f"{SVG}text")]
        for label, _value, _target in rows:
            self.assertIn(label, texts)

    @given(some.lists(numbers, min_size=1, max_size=13))
    def test_lines_are_interrupted_where_nothing_is_known(self, values):
        """R2: a point a number, and no line over a gap."""
        svg = charts.lines(list("abcdefghijklm")[: len(values)], {"率": values})
        tree = ElementTree.fromstring(svg)
        known = [value for value in values if value is not None]
        self.assertEqual(len(list(tree.iter(f"{SVG}circle"))), len(known))
        joined = [
            len(line.get("points").split()) for line in tree.iter(f"{SVG}polyline")
        ]
        self.assertTrue(all(count > 1 for count in joined))
        self.assertLessEqual(sum(joined), len(known))

    def test_labels_are_escaped(self):
        """R2: a unit called <b> breaks no page."""
        svg = charts.bars([charts.Bar("<b>&", 50)])
        self.assertIn("&lt;b&gt;&amp;", svg)

    def test_better_and_worse(self):
        """R2: what is better depends on the indicator; no data is neither."""
        self.assertEqual(monthly.moved(98, 95, "higher"), "better")
        self.assertEqual(monthly.moved(98, 95, "lower"), "worse")
        self.assertEqual(monthly.moved(98, 98.01, "lower"), "same")
        self.assertIsNone(monthly.moved(None, 95, "higher"))
        self.assertEqual(monthly.arrow("worse", "lower"), "↑")
        self.assertEqual(monthly.arrow("worse", "higher"), "↓")
        self.assertTrue(monthly.met(3, 3, "lower"))
        self.assertFalse(monthly.met(2.9, 3, "higher"))
        self.assertIsNone(monthly.met(0, None, "lower"))

    def test_numbers_on_paper(self):
        """R2: rates, counts, sums; no data is no 0."""
        self.assertEqual(monthly.number(98.5, "rate"), "98.5%")
        self.assertEqual(monthly.number(100.0, "rate"), "100%")
        self.assertEqual(monthly.number(0.0, "rate"), "0%")
        self.assertEqual(monthly.number(None, "rate"), "无数据")
        self.assertEqual(monthly.number(3.0, "count"), "3")
        self.assertEqual(monthly.number(12.5, "amount"), "12.50元")
        self.assertEqual(monthly.aim(98, "higher", "rate"), "≥98%")
