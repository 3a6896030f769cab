from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools import assessment, spans

#: so many rates, months and units fit
RATES, MONTHS, UNITS = 12, 12, 8
#: units that have a row; what happens below them counts for them
LEVELS = ("branch", "emd", "csd")


class HaerunWall(models.AbstractModel):
    """大屏: how the company does this month and today; nobody's name is on it.

    Rates are those of the frozen facts, deadlines those of the supervision desk, each
    with the user's own rights: the head of a unit sees his units alone.
    """

    _name = "haerun.wall"
    _description = "Wall Screen of the Company"

    @api.model
    @api.readonly
    def get_wall(self):
        """Return what the wall screen shows now.

        :return: dict of ``at`` and ``frozen_at`` (UTC, the latter False where nothing
            of this month is frozen), ``company``, ``numbers`` (dicts ``key``,
            ``label``, ``value``, ``colour``), ``rates`` (dicts ``formula``, ``label``,
            ``value`` and ``before`` (per cent, or None for no data), ``target``,
            ``direction``, ``verdict``), ``months`` (first days), ``lines`` (dicts
            ``formula``, ``label``, ``values``, one a month), ``units`` (dicts ``name``,
            ``red``, ``yellow``, ``open``, ``rates`` (dicts ``value``, ``verdict``)),
            ``ranking`` (dicts ``name``, ``score``, ``listed``) and ``ranked`` (name of
            its assessment, or False); a verdict is ``good``, ``fair``, ``bad`` or None
        :raise AccessError: unless the user leads, coordinates or supervises
        """
        self._check_leads()
        month = spans.span("month", self.env.company._haerun_today())
        desk = self.env["haerun.supervision.desk"]
        # a wall is read by everybody: what must not be inferred is not counted
        secret = self.env["haerun.formula"]._secret_models()
        base = desk._base() & Domain("res_model", "not in", secret)
        matrix = desk._matrix(base, desk._others({}))
        freezes = self._freezes(month)
        aims = self._aims()
        sums, by_unit = self._sums(freezes, month, aims)
        months = sorted(freezes)
        ranking = self._ranking()
        return {
            "at": fields.Datetime.to_string(fields.Datetime.now()),
            "frozen_at": fields.Datetime.to_string(freezes[month.start].made_at)
            if month.start in freezes
            else False,
            "company": self.env.company.name,
            "numbers": self._numbers(matrix["totals"], month),
            "rates": self._rates(aims, sums, month),
            "months": [str(day) for day in months],
            "lines": self._lines(aims, sums, months),
            "units": self._units(aims, by_unit, matrix["units"]),
            "ranking": [
                {"name": row.name, "score": row.score, "listed": row.listed}
                for row in ranking
            ],
            # sudo: which period was published last is no secret
            "ranked": ranking.sudo().assessment_id.name,
        }

    @api.model
    def _check_leads(self):
        if not (self.env.su or self.env["haerun.supervision.desk"]._may_supervise()):
            raise AccessError(
                self.env._(
                    "The wall screen is for unit managers, CSD coordinators and the "
                    "supervision section."
                )
            )

    # ------------------------------------------------------------- hook
    @api.model
    def _numbers(self, totals, month):
        """The large numbers at the top; each add-on adds its own.

        :param totals: open deadlines by colour, as of the supervision desk
        :param month: span of the running month
        :return: list of dicts ``key``, ``label``, ``value``, ``colour`` (``blue``,
            ``green``, ``yellow``, ``red`` or empty)
        """
        noticed = self.env["haerun.supervision.notice"].search_count(
            Domain("kind", "=", "supervise")
            & Domain("state", "!=", "withdrawn")
            & Domain("issued_at", ">=", self.env.company._haerun_midnight(month.start))
        )
        return [
            self._number("open", self.env._("Open deadlines"), sum(totals.values())),
            self._number("red", self.env._("Overdue"), totals["red"], "red"),
            self._number(
                "yellow", self.env._("Last working day"), totals["yellow"], "yellow"
            ),
            self._number("supervised", self.env._("Supervised this month"), noticed),
        ]

    @api.model
    def _number(self, key, label, value, colour=""):
        return {"key": key, "label": label, "value": value, "colour": colour}

    # ------------------------------------------------------------ rates
    @api.model
    def _aims(self):
        """``{indicator: aim}`` of the weightiest rates of units, one a formula."""
        today = self.env.company._haerun_today()
        asked = {}
        for indicator in self.env["haerun.indicator"]._in_force(today):
            if indicator.measure == "rate" and indicator.scope != "post":
                asked.setdefault(indicator.formula, indicator)
        chosen = sorted(asked.values(), key=lambda one: -one.weight)[:RATES]
        return {one: one._aim() for one in asked.values() if one in chosen}

    @api.model
    def _freezes(self, month):
        """``{first day: freeze}`` of the running month and those before it."""
        first = month
        for _step in range(MONTHS - 1):
            first = spans.before("month", first)
        # sudo: which months are frozen is no secret
        freezes = self.env["haerun.fact.freeze"].sudo()
        return {
            one.month: one
            for one in freezes.search(
                [
                    ("current", "=", True),
                    ("month", ">=", first.start),
                    ("month", "<=", month.start),
                ]
            )
        }

    @api.model
    def _sums(self, freezes, month, aims):
        """Add up the facts that the user may read, in two statements.

        :return: ``({(first day, formula): rate}, {unit: {formula: (above, below)}})``,
            the second of the running month, for the units that have a row
        """
        facts = self.env["haerun.fact"]
        asked = Domain("formula", "in", [one.formula for one in aims])
        sums = {
            (freeze.sudo().month, formula): assessment.figure(
                "rate", _exact(above), _exact(below)
            )
            for freeze, formula, above, below in facts._read_group(
                asked & Domain("freeze_id", "in", [f.id for f in freezes.values()]),
                ["freeze_id", "formula"],
                ["above:sum", "below:sum"],
            )
        }
        by_unit = defaultdict(lambda: defaultdict(lambda: (Decimal(0), Decimal(0))))
        now = freezes.get(month.start)
        for unit, formula, above, below in facts._read_group(
            asked & Domain("freeze_id", "=", now.id if now else 0),
            ["unit_id", "formula"],
            ["above:sum", "below:sum"],
        ):
            place = by_unit[self._place(unit)]
            had = place[formula]
            place[formula] = (had[0] + _exact(above), had[1] + _exact(below))
        return sums, by_unit

    @api.model
    def _place(self, unit):
        """The unit that has a row: itself, the one above it, or the top one."""
        unit = unit.sudo()  # names of units are no secret
        place = unit
        while place.haerun_level not in LEVELS and place.parent_id:
            place = place.parent_id
        return place if place.haerun_level in LEVELS else unit

    @api.model
    def _rates(self, aims, sums, month):
        before = spans.before("month", month)
        return [
            {
                "formula": one.formula,
                "label": one.name,
                **self._judged(sums.get((month.start, one.formula)), aim),
                "before": _plain(sums.get((before.start, one.formula))),
                "target": float(aim.target),
                "direction": aim.direction,
            }
            for one, aim in aims.items()
        ]

    @api.model
    def _judged(self, value, aim):
        """A rate beside its aim: ``good`` at the target, ``bad`` without points."""
        points = assessment.points(value, aim)
        verdict = None
        if points is not None:
            verdict = "good" if points >= aim.weight else "fair" if points else "bad"
        return {"value": _plain(value), "verdict": verdict}

    @api.model
    def _lines(self, aims, sums, months):
        """The weightiest first: not all fit into a picture."""
        return [
            {
                "formula": one.formula,
                "label": one.name,
                "values": [_plain(sums.get((day, one.formula))) for day in months],
            }
            for one in sorted(aims, key=lambda one: -one.weight)
        ]

    # ------------------------------------------------------------ units
    @api.model
    def _units(self, aims, by_unit, waiting):
        """A row a unit: its open deadlines and its rates, the worst first."""
        departments = self.env["hr.department"]
        counts = defaultdict(lambda: defaultdict(int))
        for row in waiting:
            place = self._place(departments.browse(row["id"]))
            for colour, number in row["counts"].items():
                counts[place][colour] += number
        rows = [
            {
                "name": unit.name or self.env._("Without a unit"),
                "red": counts[unit]["red"],
                "yellow": counts[unit]["yellow"],
                "open": sum(counts[unit].values()),
                "rates": [
                    self._judged(
                        assessment.figure("rate", *by_unit[unit][one.formula]), aim
                    )
                    for one, aim in aims.items()
                ],
            }
            for unit in {**counts, **by_unit}
        ]
        rows.sort(key=lambda row: (-row["red"], -row["yellow"], -row["open"]))
        return rows[:UNITS]

    @api.model
    def _ranking(self):
        """The branches of the last published month."""
        return self.env["haerun.ranking.report"].search(
            [
                ("latest", "=", True),
                ("period", "=", "month"),
                ("kind", "=", "unit"),
                ("unit_level", "=", "branch"),
            ],
            order="rank, id",
            limit=UNITS,
        )


def _exact(number):
    return Decimal(str(number or 0))


def _plain(number):
    return None if number is None else float(number)
