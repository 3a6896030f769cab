from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...tools import assessment, monthly, spans
from ..people.haerun_representative import CLASSES

#: what there is of a formula without facts: above, below, facts
NOTHING = (Decimal(0), Decimal(0), 0)
#: months that a line over time has, the reported one last
TREND = 13
#: names of a ranking that are told
PLACES = 10


class HaerunMonthlyFigures(models.AbstractModel):
    """月报: what the frozen facts of a month come to, beside those of other months.

    Three statements, whatever the number of units: facts by month, unit and class;
    indicators in force; the ranking that was published. Everything else is added up in
    memory, by the pure functions that assessments use, so that report and assessment
    cannot differ. Its words are Chinese, as on paper.
    """

    _name = "haerun.monthly.figures"
    _description = "Figures of a Monthly Report"

    @api.model
    def _content(self, month, unit):
        """Return what a report says, as plain values that JSON keeps.

        :param month: first day of the month
        :param unit: hr.department, with all below it; empty for the whole company
        :return: dict of ``period``, ``unit``, ``company``, ``final`` (name of the
            published assessment or False), ``summary`` (sentences), ``indicators``,
            ``months``, ``trend``, ``classes``, ``ranking``, ``listed``, ``methods``
            and ``without`` (names of indicators without data); see the methods below
        """
        # sudo: sums alone are shown, and the report has rights of its own
        self = self.sudo().with_context(lang="zh_CN")
        unit = unit.sudo().with_context(lang="zh_CN")
        span = spans.span("month", month)
        months = self._months(span)
        sums = self._sums(months)
        indicators = self._indicators(span, unit)
        rows = [self._row(one, unit, months, sums) for one in indicators]
        classes = self._classes(indicators, unit, month, sums)
        published = self._published(month)
        content = {
            "company": self.env.company.name,
            "period": f"{month.year}年{month.month}月",
            "unit": unit.name or "全公司",
            "final": published.name or False,
            "indicators": rows,
            "months": [f"{day:%Y-%m}" for day in months],
            "trend": {
                row["name"]: row["trend"] for row in rows if row["measure"] == "rate"
            },
            "classes": classes,
            "ranking": self._ranking(published, unit),
            "listed": self._listed(published, unit),
            "methods": self._methods(indicators),
            "without": [row["name"] for row in rows if row["value"] is None],
        }
        return {**content, "summary": monthly.sentences(content)}

    # ------------------------------------------------------------ facts
    @api.model
    def _months(self, span):
        """The first days of this month and the twelve before it, the oldest first."""
        months = [span]
        while len(months) < TREND:
            months.append(spans.before("month", months[-1]))
        return [one.start for one in reversed(months)]

    @api.model
    def _sums(self, months):
        """Add up the facts of some months, in one statement.

        :return: ``{(month, unit id, class): {formula: (above, below, facts)}}``; facts
            of a unit count for those above it, all of them for unit 0, and those of a
            class for class None, which is all classes
        """
        self.env["haerun.fact"].flush_model()
        above_of = self.env["haerun.assessment"]._units_above()
        sums = defaultdict(dict)
        for (
            month,
            unit,
            rep_class,
            formula,
            above,
            below,
            count,
        ) in self.env.execute_query(
            SQL(
                """
                    SELECT z.month, f.unit_id, f.rep_class, f.formula,
                           sum(f.above)::text, sum(f.below)::text, count(*)
                      FROM haerun_fact f
                      JOIN haerun_fact_freeze z ON z.id = f.freeze_id
                     WHERE z.current AND z.month = ANY(%s)
                     GROUP BY 1, 2, 3, 4
                    """,
                months,
            )
        ):
            for place in (0, *above_of.get(unit, ())):
                for of in {rep_class, None}:
                    had = sums[month, place, of].get(formula, NOTHING)
                    sums[month, place, of][formula] = (
                        had[0] + Decimal(above),
                        had[1] + Decimal(below),
                        had[2] + count,
                    )
        return sums

    @api.model
    def _figure(self, indicator, sums):
        """A figure as a float, or None for "no data".

        :param sums: ``{formula: (above, below, facts)}``
        """
        above, below, count = sums.get(indicator.formula, NOTHING)
        value = assessment.figure(indicator.measure, above, below, count, bool(sums))
        return None if value is None else float(value)

    # ------------------------------------------------------- indicators
    @api.model
    def _indicators(self, span, unit):
        """What is asked at the month's end of this unit, or of any."""
        day = spans.span("day", span.end)
        asked = self.env["haerun.indicator"]._in_force(spans.before("day", day).start)
        asked = asked.with_context(lang="zh_CN")
        level = unit.haerun_complete_level
        return asked.filtered(
            lambda one: not unit or one.unit_level in (False, level) or not level
        )

    @api.model
    def _row(self, indicator, unit, months, sums):
        """One indicator of the unit, beside the month before and the year before.

        :return: dict of ``name``, ``class``, ``measure``, ``direction``, ``target``
            (None for what is asked of persons alone), ``value``, ``before``,
            ``year_before``, ``above``, ``below``, ``met`` (None without data or
            target), ``moved`` and ``moved_year`` (``better``, ``worse``, ``same`` or
            None) and ``trend``, a number or None a month
        """
        place = unit.id or 0
        trend = [
            self._figure(indicator, sums.get((month, place, None), {}))
            for month in months
        ]
        above, below, _count = sums.get((months[-1], place, None), {}).get(
            indicator.formula, NOTHING
        )
        value, before, year = trend[-1], trend[-2], trend[0]
        target = None
        if indicator.scope != "post":
            target = float(indicator._aim(unit).target)
        labels = dict(indicator._fields["rep_class"]._description_selection(self.env))
        return {
            "name": indicator.name,
            "class": labels.get(indicator.rep_class, "综合"),
            "measure": indicator.measure,
            "direction": indicator.direction,
            "target": target,
            "value": value,
            "before": before,
            "year_before": year,
            "above": float(above),
            "below": float(below),
            "met": monthly.met(value, target, indicator.direction),
            "moved": monthly.moved(value, before, indicator.direction),
            "moved_year": monthly.moved(value, year, indicator.direction),
            "trend": trend,
        }

    @api.model
    def _classes(self, indicators, unit, month, sums):
        """Units by class of representatives.

        What is asked of every class is told of the facts of that class; what only this
        class is asked for, of all facts of the unit, as its assessment has it.

        :return: list of dicts ``label``, ``heads`` (names), ``targets`` (numbers or
            None) and ``rows``: dicts ``unit`` and ``cells`` (``[value, met]``)
        """
        labels = dict(indicators._fields["rep_class"]._description_selection(self.env))
        classes = []
        for rep_class, _label in CLASSES:
            asked = indicators.filtered(
                lambda one, of=rep_class: one.rep_class in (False, of)
            )
            rows = []
            for one in self._units(unit, month, rep_class, sums):
                cells = []
                for indicator in asked:
                    of = rep_class if not indicator.rep_class else None
                    value = self._figure(indicator, sums.get((month, one.id, of), {}))
                    target = None
                    if indicator.scope != "post":
                        target = float(indicator._aim(one).target)
                    cells.append(
                        [value, monthly.met(value, target, indicator.direction)]
                    )
                if any(value is not None for value, _met in cells):
                    rows.append({"unit": one.name, "cells": cells})
            classes.append(
                {
                    "label": labels.get(rep_class, rep_class),
                    "heads": asked.mapped("name"),
                    "measures": asked.mapped("measure"),
                    "targets": [
                        None if one.scope == "post" else one.target for one in asked
                    ],
                    "rows": rows,
                }
            )
        return classes

    @api.model
    def _units(self, unit, month, rep_class, sums):
        """The units with a level of their own that have facts of a class."""
        held = {place for day, place, of in sums if day == month and of == rep_class}
        units = self.env["hr.department"].with_context(active_test=False)
        domain = [
            ("id", "in", list(held - {0})),
            ("haerun_level", "not in", (False, "other")),
        ]
        if unit:
            domain.append(("id", "child_of", unit.id))
        return units.search(domain, order="parent_path, id")

    # ---------------------------------------------------------- ranking
    @api.model
    def _published(self, month):
        """The month's assessment, once it is published."""
        return self.env["haerun.assessment"].search(
            [
                ("period", "=", "month"),
                ("date_from", "=", month),
                ("state", "=", "published"),
            ]
        )

    @api.model
    def _ranked(self, published, unit, *domain):
        ranking = self.env["haerun.ranking.report"].with_context(lang="zh_CN")
        within = [("unit_id", "child_of", unit.id)] if unit else []
        return ranking.search(
            [("assessment_id", "=", published.id), *within, *domain], order="rank, id"
        )

    @api.model
    def _ranking(self, published, unit):
        """Who stands where, by class, and units by level; empty before publishing.

        :return: list of dicts ``label`` and ``rows``: dicts ``rank``, ``ranked``,
            ``name``, ``unit``, ``score``, ``moved`` (places, or None), ``grade``
        """
        if not published:
            return []
        tables = []
        everybody = self._ranked(published, unit)
        for kind, name in (("post", "rep_class"), ("unit", "unit_level")):
            labels = dict(everybody._fields[name]._description_selection(self.env))
            some = everybody.filtered(lambda one, of=kind: one.kind == of)
            what = "客户代表" if kind == "post" else "单位"
            for value, ranked in some.grouped(name).items():
                label = "·".join(filter(None, (what, labels.get(value))))
                rows = [self._placed(one) for one in ranked[:PLACES]]
                tables.append(
                    {"label": label, "rows": rows, "more": len(ranked[PLACES:])}
                )
        return tables

    def _placed(self, one):
        return {
            "rank": one.rank,
            "ranked": one.ranked,
            "name": one.name,
            "unit": one.unit_id.name if one.kind == "post" else "",
            "score": one.score,
            "moved": one.moved if one.before else None,
            "grade": one.grade_id.name or "",
        }

    @api.model
    def _listed(self, published, unit):
        """Who stands on the red or the yellow list: the worst first."""
        if not published:
            return []
        labels = None
        listed = []
        for one in self._ranked(published, unit, ("listed", "!=", False)):
            labels = labels or dict(
                one._fields["listed"]._description_selection(self.env)
            )
            listed.append(
                {"list": one.listed, "label": labels[one.listed], **self._placed(one)}
            )
        return sorted(listed, key=lambda row: (row["list"] != "red", row["score"]))

    @api.model
    def _methods(self, indicators):
        """``[[name, how it is worked out]]`` of the indicators."""
        return [[one.name, one.formula_note or ""] for one in indicators]
