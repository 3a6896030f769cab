from hypothesis import given, strategies

from odoo.tests import BaseCase, tagged

from ..tools import figures

COUNTED = strategies.fixed_dictionaries(
    {name: strategies.integers(0, 1000) for name in figures.COUNTS}
)


@tagged("-at_install", "post_install")
class TestFiguresTools(BaseCase):
    """Rates of sums."""

    def test_worked_by_hand(self):
        """R2, R95: 4 of 5 contacts, 2 of 3 solved, 2 of 3 satisfied: 70.67."""
        found = figures.figures(
            {
                "contacts_met": 4,
                "contacts_ended": 5,
                "solved": 2,
                "asked": 3,
                "satisfied": 2,
                "visited": 3,
                "closed": 4,
            }
        )
        self.assertEqual(found["response_rate"], 80.0)
        self.assertAlmostEqual(found["score"], 24 + 0.7 * 200 / 3)
        self.assertEqual(found["one_go_rate"], 0.0, "four closed, none in one go")
        self.assertIsNone(found["return_rate"], "nothing forwarded is no data")

    def test_no_data(self):
        """R2: nothing below is no data, not 0 %; one part missing, no score."""
        self.assertEqual(set(figures.figures({}).values()), {None})
        rates = dict.fromkeys(figures.WEIGHTS, 100.0)
        self.assertEqual(figures.score(rates), 100.0)
        for name in rates:
            self.assertIsNone(figures.score({**rates, name: None}))

    @given(strategies.lists(COUNTED, min_size=1, max_size=4))
    def test_parts_sum_to_the_whole(self, parts):
        """R2: periods merged are sums of what stands above and below."""
        whole = figures.added(*parts)
        self.assertEqual(whole, figures.added(figures.added(*parts[:1]), *parts[1:]))
        for name, (above, below) in figures.RATES.items():
            value = figures.figures(whole)[name]
            base = sum(part[below] for part in parts)
            self.assertEqual(value is None, base == 0, name)
            if base:
                mean = sum(
                    (figures.rate(part[above], part[below]) or 0) * part[below]
                    for part in parts
                )
                share = sum(part[above] for part in parts if part[below]) * 100
                self.assertAlmostEqual(mean / base, share / base)

    @given(COUNTED)
    def test_counts_bound_rates(self, counts):
        """R2: what is no more than its base is no more than 100 %."""
        for above, below in figures.RATES.values():
            counts[above] = min(counts[above], counts[below])
        found = figures.figures(counts)
        for name in (*figures.RATES, "score"):
            self.assertTrue(found[name] is None or 0 <= found[name] <= 100.0001, name)
