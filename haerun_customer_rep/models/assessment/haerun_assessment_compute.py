from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from psycopg2.extras import execute_values

from odoo import fields, models
from odoo.tools import SQL

from ...tools import assessment

#: rows of one statement
ROWS = 5_000
#: what there is of a formula without facts: above, below, facts
NOTHING = (Decimal(0), Decimal(0), 0)


class Subject(NamedTuple):
    """Who gets a sheet: a post or a unit, with what is frozen of it."""

    kind: str
    representative_id: int | None
    user_id: int | None
    unit_id: int
    rep_class: str | None
    level: str | None
    name: str


class HaerunAssessment(models.Model):
    """How a period is worked out: facts added up once, points by pure functions.

    Sums come from the database in one statement; posts and units are scored in
    memory; sheets and lines are written in bulk. Nothing is asked per post.
    """

    _inherit = "haerun.assessment"

    def action_compute(self):
        """Freeze the months and work everything out, as background jobs.

        May be repeated until the first statement is made.
        """
        for one in self:
            one._check_runs()
            one._check_state("draft", "stating")
            one._check_untouched()
            # sudo: states are set by these methods alone
            plain = one.sudo()
            plain.write({"state": "computing", "done_count": 0, "failure": False})
            plain._delay_next()
        return True

    def _delay_next(self):
        """Ask for the next step: another month, or the scoring."""
        self.with_delay(
            description=self.name,
            identity_key=f"{self._name}-{self.id}-{self.done_count}",
        )._run_step(self.done_count)

    def _run_step(self, done):
        """Background job: freeze one month, or score. A double does nothing."""
        self.ensure_one()
        # of two that do the same the second one waits here, and finds it done
        self.env.cr.execute(
            SQL("SELECT id FROM haerun_assessment WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset()
        plain = self.sudo()  # written by these methods alone
        if plain.state != "computing" or plain.done_count != done:
            return
        months = plain._months()
        if done < len(months):
            self.env["haerun.fact.freeze"]._freeze(months[done])
            plain.done_count = done + 1
            plain._delay_next()
        else:
            plain._score()

    def _run_all(self):
        """Do everything now; for tests, the demo and small companies."""
        plain = self.sudo().with_context(queue_job__no_delay=True)
        for one in plain:
            if one.state != "computing":
                one.write({"state": "computing", "done_count": 0, "failure": False})
            for month in one._months():
                self.env["haerun.fact.freeze"]._freeze(month)
            one.done_count = one.total_count
            one._score()

    # ---------------------------------------------------------- scoring
    def _score(self):
        """Write all sheets of this period anew."""
        self.ensure_one()
        self.env.flush_all()
        freezes = self.env["haerun.fact.freeze"].search(
            [("month", "in", self._months()), ("current", "=", True)]
        )
        # sheets that nobody has touched yet, worked out anew
        self.env.cr.execute(
            SQL("DELETE FROM haerun_assessment_sheet WHERE assessment_id = %s", self.id)
        )
        self.env.invalidate_all()
        posts, units = self._sums(freezes)
        subjects = self._subjects(posts, units)
        sheets, lines = self._worked_out(subjects, posts, units)
        ids = self._insert("haerun_assessment_sheet", sheets, returning=True)
        for line in lines:
            line["sheet_id"] = ids[line.pop("sheet")]
        self._insert("haerun_assessment_line", lines)
        self.write(
            {
                "state": "stating",
                "freeze_ids": [fields.Command.set(freezes.ids)],
                "computed_at": fields.Datetime.now(),
                "sheet_count": len(sheets),
                "fact_count": sum(freezes.mapped("fact_count")),
                **self._deadlines(),
            }
        )
        self.env.invalidate_all()
        self._place()
        self._tell_computed()

    def _sums(self, freezes):
        """Add up the facts, in one statement; sums come as text, to be exact.

        :return: ``({post: {formula: (above, below, facts)}}, the same by unit)``;
            facts of a unit count for those above it as well
        """
        above_of = self._units_above()
        self.env.cr.execute(
            SQL(
                """
                SELECT f.representative_id, f.unit_id, f.formula, sum(f.above)::text,
                       sum(f.below)::text, count(*)
                  FROM haerun_fact f
                 WHERE f.freeze_id IN %s
                 GROUP BY 1, 2, 3
                """,
                freezes._ids or (0,),
            )
        )
        posts = defaultdict(lambda: defaultdict(lambda: NOTHING))
        units = defaultdict(lambda: defaultdict(lambda: NOTHING))
        for post, unit, formula, above, below, count in self.env.cr.fetchall():
            places = [posts[post]] if post else []
            places += [units[one] for one in above_of.get(unit, ())]
            for place in places:
                had = place[formula]
                place[formula] = (
                    had[0] + Decimal(above),
                    had[1] + Decimal(below),
                    had[2] + count,
                )
        return posts, units

    def _units_above(self):
        """``{unit: ids of itself and of those above it}``."""
        units = self.env["hr.department"].with_context(active_test=False).search([])
        return {
            unit.id: [int(one) for one in (unit.parent_path or "").split("/") if one]
            for unit in units
        }

    def _subjects(self, posts, units):
        """Whose sheets there are: posts valid in the period, units with facts."""
        span = self._span()
        valid = (
            self.env["haerun.representative"]
            .with_context(active_test=False)
            .search(
                [
                    "|",
                    ("id", "in", list(posts)),
                    "&",
                    ("date_from", "<", span.end),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", span.start),
                ]
            )
        )
        valid = valid.filtered(lambda post: post.active or post.id in posts)
        departments = self.env["hr.department"].browse(units).exists()
        return [
            Subject(
                "post",
                post.id,
                post.user_id.id or None,
                post.unit_id.id,
                post.rep_class,
                post.unit_level or None,
                post.name,
            )
            for post in valid
        ] + [
            Subject(
                "unit",
                None,
                unit.manager_id.user_id.id or None,
                unit.id,
                None,
                unit.haerun_complete_level,
                unit.name,
            )
            for unit in departments
            if unit.haerun_complete_level not in (False, "other")
        ]

    def _worked_out(self, subjects, posts, units):
        """Sheets and lines as values.

        :return: ``(sheets, lines)``; a line's ``sheet`` is the sheet's place
        """
        day = self.date_to
        indicators = self.env["haerun.indicator"]._in_force(day)
        departments = self.env["hr.department"]
        asked, aims = {}, {}
        sheets, lines = [], []
        for place, one in enumerate(subjects):
            key = (one.kind, one.rep_class, one.level)
            if key not in asked:
                asked[key] = indicators.filtered(lambda i, k=key: i._asked_of(*k))
            sums = (posts if one.kind == "post" else units).get(
                one.representative_id or one.unit_id, {}
            )
            parts = []
            for indicator in asked[key]:
                mark = (indicator.id, one.unit_id)
                if mark not in aims:
                    aims[mark] = indicator._aim(departments.browse(one.unit_id))
                aim = aims[mark]
                line = self._line(indicator, aim, sums)
                parts.append((line["points"], aim.weight))
                lines.append({"sheet": place, **line})
            score = assessment.score(parts)
            sheets.append(
                {
                    "assessment_id": self.id,
                    "date_from": self.date_from,
                    "kind": one.kind,
                    "representative_id": one.representative_id,
                    "user_id": one.user_id,
                    "unit_id": one.unit_id,
                    "rep_class": one.rep_class,
                    "unit_level": one.level,
                    "name": one.name,
                    "state": "computed",
                    "has_score": score is not None,
                    "computed_score": score,
                    "score": score,
                }
            )
        return sheets, lines

    def _line(self, indicator, aim, sums):
        """What an indicator comes to, as values of a line.

        :param sums: ``{formula: (above, below, facts)}`` of whom it is about
        """
        above, below, count = sums.get(indicator.formula, NOTHING)
        value = assessment.figure(aim.measure, above, below, count, bool(sums))
        return {
            "indicator_id": indicator.id,
            "formula": indicator.formula,
            "measure": aim.measure,
            "direction": aim.direction,
            "above": above,
            "below": below,
            "fact_count": count,
            "has_data": value is not None,
            "value": value,
            "target": aim.target,
            "zero_at": aim.limit,
            "weight": aim.weight,
            "points": assessment.points(value, aim),
        }

    def _insert(self, table, rows, returning=False):
        """Write many rows at once.

        :param rows: list of dicts with the same keys
        :return: list of ids in the rows' order, when ``returning``
        """
        if not rows:
            return []
        stamp = {
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
            "create_date": fields.Datetime.now(),
            "write_date": fields.Datetime.now(),
        }
        names = [*rows[0], *stamp]
        # names are those of columns above, none comes from outside
        found = execute_values(
            self.env.cr._obj,
            f"INSERT INTO {table} ({', '.join(names)}) VALUES %s"
            + (" RETURNING id" if returning else ""),
            [[*row.values(), *stamp.values()] for row in rows],
            page_size=ROWS,
            fetch=returning,
        )
        return [row[0] for row in found or ()]

    # ------------------------------------------------------------ places
    def _place(self):
        """Give places, grades and amounts by the scores as they stand now.

        Posts are ranked among those of their class, units among those of their level.
        """
        self.ensure_one()
        sheets = self.env["haerun.assessment.sheet"].search(
            [("assessment_id", "=", self.id)]
        )
        groups = sheets.grouped(
            lambda sheet: (
                sheet.kind,
                sheet.rep_class,
                sheet.unit_level if sheet.kind == "unit" else None,
            )
        )
        grades = [
            (Decimal(str(grade.least)), grade)
            for grade in self.env["haerun.grade"]._in_force(self.date_to)
        ]
        placed = []
        for some in groups.values():
            scores = {sheet.id: sheet._final() for sheet in some}
            ranks = assessment.ranks(scores)
            for sheet in some:
                grade = assessment.grade(scores[sheet.id], grades)
                placed.append(
                    (
                        sheet.id,
                        scores[sheet.id],
                        ranks.get(sheet.id),
                        len(ranks),
                        grade.id if grade else None,
                        grade.listed or None if grade else None,
                    )
                )
        self.env.flush_all()
        execute_values(
            self.env.cr._obj,
            """
            UPDATE haerun_assessment_sheet AS s
               SET score = v.score, rank = v.rank, ranked = v.ranked,
                   grade_id = v.grade_id, listed = v.listed
              FROM (VALUES %s) AS v (id, score, rank, ranked, grade_id, listed)
             WHERE s.id = v.id
            """,
            placed,
            template="(%s, %s::numeric, %s::int, %s::int, %s::int, %s::varchar)",
            page_size=ROWS,
        )
        self.env.invalidate_all()
        self.env["haerun.assessment.bonus"]._bring(self)
