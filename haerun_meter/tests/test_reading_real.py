"""Twenty-five years of fifteen real household meters, with their thirty exchanges.

The readings lie beside the project (``shared/data``, CC BY-SA, DAIAD's trial); where
they do not, a short stretch of two such meters stands for them.
"""

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from odoo.tests import Form, tagged

from ..tools import judge
from . import judge_oracle
from .meter_common import MeterCommon

FILE = Path(__file__).parents[3] / "shared" / "data" / "quarterly_readings.csv"
STRETCH = {
    "A": "2005-03-04 2, 2005-06-07 22, 2005-09-05 44, 2005-12-05 44, 2006-03-08 44,"
    "2006-06-08 160, 2006-09-08 14, 2006-12-07 31, 2007-03-08 47, 2007-06-08 59",
    "B": "2005-03-07 711, 2005-06-09 726, 2005-09-07 17, 2005-12-07 42, 2006-03-09 58,"
    "2006-06-09 110, 2006-09-08 127, 2006-12-11 141, 2007-03-09 158, 2007-06-11 180",
}


def series():
    """Return ``{meter: [(date, dial), …]}`` in order of time, a day once."""
    found = defaultdict(dict)
    if FILE.exists():
        with FILE.open() as file:
            for row in csv.DictReader(file, delimiter=";"):
                day = date.fromisoformat(row["date"])
                found[row["user key"]].setdefault(day, float(row["consumption"]))
    else:
        for key, text in STRETCH.items():
            for part in text.split(","):
                day, dial = part.split()
                found[key][date.fromisoformat(day)] = float(dial)
    return {key: sorted(days.items()) for key, days in found.items()}


def segments(days):
    """Cut where a dial begins anew: an exchange."""
    cut = [[days[0]]]
    for before, now in zip(days, days[1:], strict=False):
        if now[1] < before[1]:
            cut.append([])
        cut[-1].append(now)
    return cut


@tagged("-at_install", "post_install")
class TestReadingReal(MeterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what is held waits for a person; here everything shall count
        cls.env["haerun.reading.rule"].search([]).severity = "1"
        cls.series = series()
        cls.cut = {key: segments(days) for key, days in cls.series.items()}
        cls.points = {}
        for number, key in enumerate(cls.cut):
            day, dial = cls.cut[key][0][0]
            cls.points[key] = cls._fitted(f"R{number:02}-0", on=day, start=dial)
        for place in range(max(map(len, cls.cut.values()))):
            cls._read(place)

    @classmethod
    def _read(cls, place):
        """Take in the segment at ``place`` of every meter; exchange before it."""
        rows = []
        for number, (key, cut) in enumerate(cls.cut.items()):
            if place >= len(cut):
                continue
            days = cut[place]
            point = cls.points[key]
            if place:
                meter = cls._meter(f"R{number:02}-{place}")
                last = cut[place - 1][-1]
                point._exchange(
                    meter, last[0], last[1], 0, "到期轮换", cls._noon(last[0])
                )
            rows += [
                {
                    "uuid": str(uuid4()),
                    "meter_no": point.meter_id.number,
                    "read_at": cls._noon(day) + timedelta(hours=1),
                    "value": dial,
                    "source": "manual",
                }
                for day, dial in (days if place else days[1:])
            ]
        answers = cls.env["haerun.meter.reading"]._take_rows(rows)
        assert not [answer for answer in answers if answer["code"]]

    @staticmethod
    def _noon(day):
        return datetime(day.year, day.month, day.day, 4)

    def _readings(self, key):
        return self.env["haerun.meter.reading"].search(
            [("point_id", "=", self.points[key].id)], order="read_at, id"
        )

    def test_every_cubic_metre(self):
        """R59: over all exchanges, the volumes are what the dials have run through."""
        exchanges = 0
        for key, cut in self.cut.items():
            exchanges += len(cut) - 1
            ran = sum(
                days[-1][1] - (0 if place else days[0][1])
                for place, days in enumerate(cut)
            )
            counted = sum(self._readings(key).mapped("volume"))
            self.assertAlmostEqual(counted, ran, 3, key)
            hung = self.points[key].installation_ids
            self.assertEqual(len(hung), len(cut))
            self.assertEqual(len(hung.filtered(lambda one: not one.date_to)), 1)
        if FILE.exists():
            self.assertEqual(exchanges, 30)

    def test_findings(self):
        """R62: each reading is flagged as the rules' table says, no more, no less."""
        rules = self.env["haerun.reading.rule"]
        severities = rules._severities()
        [row] = [r for r in rules._matrix() if r[:2] == ("residential", "15")]
        limits = dict(zip(judge.FIGURES, row[2:], strict=True))
        flagged = total = 0
        # no average yet is not the same as an average of nothing
        self.env.cr.execute(
            "SELECT id, daily, daily_last_year FROM haerun_meter_reading"
        )
        past = {number: found for number, *found in self.env.cr.fetchall()}
        for key in self.cut:
            for reading in self._readings(key).filtered("days"):
                daily, year_ago = (
                    None if one is None else float(one) for one in past[reading.id]
                )
                row = {
                    "value": reading.value,
                    "before": reading.previous_value,
                    "digits": 5,
                    "multiplier": 1,
                    "q3": 2.5,
                    "days": reading.days,
                    "daily": daily,
                    "daily_last_year": year_ago,
                    "wired": False,
                }
                use, codes = judge_oracle.judge(row, limits)
                self.assertAlmostEqual(use, reading.use, 3)
                # what is kept of an average is rounded: on the limit both are right
                allowed = [codes]
                for factor in (1 - 1e-5, 1 + 1e-5):
                    near = {
                        name: row[name] and row[name] * factor
                        for name in ("daily", "daily_last_year")
                    }
                    allowed.append(judge_oracle.judge({**row, **near}, limits)[1])
                got = set(reading.hit_ids.mapped("code"))
                alone = got - {"previous", "zero_twice"}
                in_force = [codes & severities.keys() for codes in allowed]
                self.assertIn(alone, in_force, reading)
                total += 1
                flagged += bool(got)
        # a rule that flags every other reading would be looked at by nobody
        self.assertLess(flagged, total / 4)
        self.assertGreater(flagged, 0)

    def test_usual_use(self):
        """R62: what is expected is the use a day of the last three readings."""
        for key in self.cut:
            past = []
            for reading in self._readings(key):
                if reading.source == "manual" and reading.days:
                    last = past[-3:]
                    days = sum(one.days for one in last)
                    usual = sum(one.use for one in last) / days if days else 0
                    self.assertAlmostEqual(reading.daily, usual, 4, reading)
                if reading.days > 0:
                    past.append(reading)

    def test_backtest(self):
        """R62: the wider the band, the fewer it flags; counted as plain Python does."""
        rule = self.env.ref("haerun_meter.rule_high")
        context = rule.action_backtest()["context"]
        readings = self.env["haerun.meter.reading"].search(
            [
                ("point_id", "in", [point.id for point in self.points.values()]),
                ("period", "=", 200606),
                ("previous_id", "!=", False),
            ]
        )
        counts = []
        with Form(self.env["haerun.reading.backtest"].with_context(**context)) as form:
            form.period = 200606
            form.unit_id = self.branch
            self.assertEqual(form.judged_count, len(readings))
            for relative in (0, 0.3, 0.5, 1, 9):
                form.relative = relative
                above = [
                    one
                    for one in readings
                    if one.daily
                    and one.use - one.daily * one.days
                    > max(5, relative * one.daily * one.days)
                ]
                self.assertEqual(form.then_count, len(above), relative)
                counts.append(len(above))
        self.assertEqual(counts, sorted(counts, reverse=True))
