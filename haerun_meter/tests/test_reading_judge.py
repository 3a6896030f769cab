from fractions import Fraction

from hypothesis import given, settings, strategies

from odoo.tests import tagged
from odoo.tools import SQL

from ..tools import dial, judge
from . import judge_oracle
from .meter_common import MeterCommon

whole = strategies.integers(0, 99_999)
daily = strategies.none() | strategies.integers(0, 4_000).map(lambda n: n / 100)
NAMES = ("value", "before", "digits", "multiplier", "q3", "days") + (
    "daily",
    "daily_last_year",
)
#: a remote value (True) or one seen, and for how many days its verification still holds
OTHERS = ("digits", "wired", "span", "turned_over")
wires = strategies.booleans()
#: what an auditor has found of a dial that shows less than before
turns = strategies.none() | strategies.booleans()
spans = strategies.none() | strategies.integers(-3, 3)


@strategies.composite
def rows(draw):
    digits = draw(strategies.integers(4, 6))
    top = 10**digits - 1
    before = draw(strategies.integers(0, top) | strategies.integers(top - 200, top))
    after = strategies.integers(0, top) | strategies.integers(0, 200)
    near = strategies.integers(max(0, before - 3), min(top, before + 120))
    return {
        "value": draw(after | near),
        "before": before,
        "digits": digits,
        "multiplier": draw(strategies.sampled_from([1, 1, 1, 10])),
        "q3": draw(strategies.sampled_from([2.5, 4.0, 25.0])),
        "days": draw(strategies.integers(1, 95)),
        "daily": draw(daily),
        "daily_last_year": draw(daily),
        "wired": draw(wires),
        "span": draw(spans),
        "turned_over": draw(turns),
    }


@tagged("-at_install", "post_install")
class TestReadingJudge(MeterCommon):
    def _judge(self, rows):
        """What the statement says of rows: ``[(use, codes, severity)]``."""
        rules = self.env["haerun.reading.rule"]
        severities = rules._severities()
        source = SQL(
            "SELECT number, %s, 'residential' AS use_class, '15' AS diameter,"
            " 'open' AS account_state, NULL::int AS previous_severity,"
            " FALSE AS previous_open, NULL::numeric AS previous_use,"
            " wired::boolean AS wired, DATE '2026-03-01' AS read_on,"
            " DATE '2026-03-01' + span::int AS verified_until,"
            " turned_over::boolean AS turned_over"
            " FROM (VALUES %s) AS given (number, wired, span, turned_over, %s)",
            SQL(", ").join(SQL("%s::numeric", SQL.identifier(name)) for name in NAMES),
            SQL(", ").join(
                SQL(
                    "(%s, %s, %s::int, %s::boolean, %s)",
                    number,
                    row.get("wired", False),
                    row.get("span"),
                    row.get("turned_over"),
                    SQL(", ").join(SQL("%s::numeric", row[name]) for name in NAMES),
                )
                for number, row in enumerate(rows)
            ),
            SQL(", ").join(SQL.identifier(name) for name in NAMES),
        )
        self.env.cr.execute(
            SQL(
                "SELECT use, hits, %s FROM (SELECT number, use, %s AS hits"
                " FROM (%s) AS measured) AS judged ORDER BY number",
                judge.severity(severities),
                judge.hits(severities),
                judge.measured(source, rules._matrix()),
            )
        )
        return self.env.cr.fetchall()

    def _limits(self):
        rules = self.env["haerun.reading.rule"]
        [row] = [row for row in rules._matrix() if row[:2] == ("residential", "15")]
        return {
            key: Fraction(str(figure))
            for key, figure in zip(judge.FIGURES, row[2:], strict=True)
            if figure is not None
        }

    @settings(max_examples=40, deadline=None)
    @given(strategies.lists(rows(), min_size=1, max_size=40))
    def test_statement_and_table_agree(self, cases):
        """R62, R68: the statement says what the rules' table says, of any reading."""
        severities = self.env["haerun.reading.rule"]._severities()
        limits = self._limits()
        for case, (use, codes, severity) in zip(cases, self._judge(cases), strict=True):
            exact = {
                name: None if case[name] is None else Fraction(str(case[name]))
                for name in NAMES
            }
            exact |= {name: case[name] for name in OTHERS}
            wanted, found = judge_oracle.judge(exact, limits)
            self.assertEqual(
                (Fraction(use), set(codes), severity),
                (wanted, found, judge_oracle.rank(found, severities)),
                case,
            )

    @settings(max_examples=100, deadline=None)
    @given(
        strategies.integers(0, 99_999),
        strategies.integers(0, 99_999),
    )
    def test_dial_turns_over_once(self, before, volume):
        """R59: whatever ran through less than one turn of the dial is found again."""
        after = dial.project(before, volume, 5)
        self.assertEqual(dial.use(before, after, 5), volume)

    def test_flags_of_real_households(self):
        """R62: relative and absolute limits together; both comparisons weigh more."""
        usual = {
            "value": 1030,
            "before": 1000,
            "digits": 5,
            "multiplier": 1,
            "q3": 2.5,
            "days": 30,
            "daily": 0.5,
            "daily_last_year": 0.5,
        }
        small = {**usual, "value": 1004, "daily": 0.1, "daily_last_year": None}
        [(_use, high, severity), (_u, none, nothing)] = self._judge([usual, small])
        self.assertEqual(set(high), {"very_high", "high", "year_high"})
        self.assertEqual((severity, none, nothing), (3, [], 0))
