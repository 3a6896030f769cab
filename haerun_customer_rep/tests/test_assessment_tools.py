from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import assessment, spans
from ..tools.assessment import Aim, Rule

DAYS = st.dates(date(2001, 1, 8), date(2990, 1, 1))
UNITS = st.sampled_from(spans.UNITS)
CENTS = st.decimals(0, 200, places=2)
SCORES = st.dictionaries(st.integers(), st.none() | CENTS, max_size=30)


@st.composite
def aims(draw):
    """An aim whose limit lies on the worse side of its target."""
    direction = draw(st.sampled_from(("higher", "lower")))
    limit = draw(st.decimals(0, 90, places=2))
    target = limit + draw(st.decimals("0.01", 100, places=2))
    if direction == "lower":
        limit, target = target, limit
    weight = draw(st.decimals("0.5", 50, places=2))
    return Aim("rate", direction, target, limit, weight)


@tagged("-at_install", "post_install")
class TestAssessmentTools(BaseCase):
    """Points, scores, places, grades, amounts and periods as pure functions."""

    def test_by_hand(self):
        """R42: figures and points worked out by hand, rounded half up."""
        self.assertEqual(
            assessment.figure("rate", Decimal(1), Decimal(3)), Decimal("33.33")
        )
        self.assertEqual(
            assessment.figure("rate", Decimal(2), Decimal(3)), Decimal("66.67")
        )
        self.assertIsNone(assessment.figure("rate", Decimal(0), Decimal(0)))
        self.assertEqual(assessment.figure("count", Decimal(0), Decimal(0), 0), 0)
        self.assertIsNone(
            assessment.figure("count", Decimal(0), Decimal(0), 0, active=False)
        )
        self.assertIsNone(assessment.figure("amount", Decimal(0), Decimal(0), 0))
        aim = Aim("rate", "higher", Decimal(99), Decimal(80), Decimal(20))
        for value, points in (
            ("99", "20.00"),
            ("100", "20.00"),
            ("80", "0.00"),
            ("12", "0.00"),
            ("89.5", "10.00"),
        ):
            self.assertEqual(assessment.points(Decimal(value), aim), Decimal(points))
        few = Aim("count", "lower", Decimal(0), Decimal(5), Decimal(10))
        self.assertEqual(assessment.points(Decimal(1), few), Decimal(8))
        self.assertEqual(assessment.points(Decimal(7), few), Decimal(0))
        self.assertEqual(
            assessment.score([(Decimal(20), Decimal(20)), (None, Decimal(50))]), 100
        )
        self.assertIsNone(assessment.score([(None, Decimal(50))]))

    @given(aims(), CENTS, CENTS)
    def test_points_grow(self, aim, one, other):
        """R42: points lie between 0 and the weight, and better is never less."""
        worse, better = sorted((one, other), reverse=aim.direction == "lower")
        low, high = (assessment.points(value, aim) for value in (worse, better))
        self.assertTrue(0 <= low <= high <= assessment.cents(aim.weight))
        self.assertEqual(assessment.points(aim.target, aim), aim.weight)
        self.assertEqual(assessment.points(aim.limit, aim), 0)

    @given(st.lists(st.tuples(st.none() | CENTS, CENTS.filter(bool)), max_size=12))
    def test_score_bounds(self, parts):
        """R42: a score of points within their weights lies between 0 and 100."""
        parts = [(got and min(got, weight), weight) for got, weight in parts]
        score = assessment.score(parts)
        if any(got is not None for got, _weight in parts):
            self.assertTrue(0 <= score <= 100)
        else:
            self.assertIsNone(score)
        more = [*parts, (None, Decimal(40))]
        self.assertEqual(assessment.score(more), score, "no data weighs nothing")

    @given(SCORES)
    def test_ranks(self, scores):
        """R42: a place is one more than the number of those who did better."""
        places = assessment.ranks(scores)
        for key, score in scores.items():
            better = (
                sum(1 for other in scores.values() if other and other > score)
                if (score is not None)
                else None
            )
            self.assertEqual(places.get(key), None if better is None else better + 1)

    def test_bonus(self):
        """R42: amounts of several rules add up; a count brings as often as it is."""
        rules = {
            "top": Rule("rank_to", Decimal(3), Decimal(500)),
            "good": Rule("score_from", Decimal(95), Decimal(300)),
            "bad": Rule("score_below", Decimal(60), Decimal(-300)),
            "each": Rule("count", Decimal(0), Decimal("-50.5")),
        }
        self.assertEqual(
            assessment.bonus(rules, Decimal(95), 2, {"each": 2}),
            {"top": 500, "good": 300, "each": Decimal(-101)},
        )
        self.assertEqual(assessment.bonus(rules, Decimal("59.99"), 4), {"bad": -300})
        self.assertEqual(assessment.bonus(rules, None, None), {})

    def test_grade(self):
        """R42: the first grade that is reached."""
        grades = [(Decimal(90), "甲"), (Decimal(60), "乙"), (Decimal(0), "丙")]
        for score, name in (("90", "甲"), ("89.99", "乙"), ("0", "丙")):
            self.assertEqual(assessment.grade(Decimal(score), grades), name)
        self.assertIsNone(assessment.grade(None, grades))

    @given(UNITS, DAYS)
    def test_periods_follow_each_other(self, unit, day):
        """R2: each day lies in one period, and they leave no gap."""
        period = spans.span(unit, day)
        self.assertTrue(period.start <= day < period.end)
        self.assertEqual(spans.span(unit, period.start), period)
        self.assertEqual(spans.span(unit, period.end - timedelta(1)), period)
        self.assertEqual(spans.before(unit, period).end, period.start)
        self.assertEqual(spans.after(unit, period).start, period.end)
        past = spans.year_before(unit, period)
        self.assertIn((period.start - past.start).days, (364, 365, 366))

    def test_periods_by_hand(self):
        """R2: names and the year before, also over a leap day and a long year."""
        names = {
            "day": "2026-11-29",
            "week": "2026W48",
            "month": "2026-11",
            "quarter": "2026Q4",
            "year": "2026",
        }
        for unit, name in names.items():
            period = spans.span(unit, date(2026, 11, 29))
            self.assertEqual(spans.named(unit, period), name)
        leap = spans.span("day", date(2028, 2, 29))
        self.assertEqual(spans.year_before("day", leap).start, date(2027, 2, 28))
        week = spans.span("week", date(2026, 11, 29))
        self.assertEqual(spans.year_before("week", week).start, date(2025, 11, 24))
        month = spans.span("month", date(2026, 3, 1))
        self.assertEqual(spans.cut(month, 10).end, date(2026, 3, 11))
        self.assertEqual(spans.cut(month, 99), month)
