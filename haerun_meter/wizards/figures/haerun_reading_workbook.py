from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import period as periods
from ...tools import reading_counts

FACTS = "haerun.reading.report"
#: lines of a list in the workbook; the rest is counted and stands in the system
LONGEST = 20000


class ReadingWorkbook(models.TransientModel):
    """抄表情况表 of some periods and units, as a workbook (R58, R63, R65).

    Everything is counted by the database, under the rights of who asks. A rate
    without anything to divide by is None, which is "no data" and never 0.
    """

    _name = "haerun.reading.workbook"
    _description = "Workbook of Reading Figures"

    month_from = fields.Date(
        string="From Month", required=True, default=lambda self: self._this_month()
    )
    month_to = fields.Date(
        string="Until Month", required=True, default=lambda self: self._this_month()
    )
    unit_ids = fields.Many2many(
        "hr.department",
        string="Units",
        domain="[('haerun_complete_level', '!=', False)]",
        help="With all units below them; empty: all that you may see.",
    )

    def _this_month(self):
        return fields.Date.context_today(self).replace(day=1)

    @api.constrains("month_from", "month_to")
    def _check_months(self):
        for wizard in self:
            if periods.of(wizard.month_to) < periods.of(wizard.month_from):
                raise ValidationError(
                    self.env._(
                        "The periods from %(start)s until %(end)s are none: choose "
                        "an end that is not before its beginning.",
                        start=periods.name(periods.of(wizard.month_from)),
                        end=periods.name(periods.of(wizard.month_to)),
                    )
                )

    def action_print(self):
        """Make the workbook and hand it over.

        :return: the report action
        """
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("haerun_meter.reading_workbook_report").report_action(
            self, config=False
        )

    # ------------------------------------------------------------ figures
    def _name_of_periods(self):
        first, last = (
            periods.name(periods.of(month))
            for month in (self.month_from, self.month_to)
        )
        return first if first == last else f"{first} 至 {last}"

    def _domain(self):
        domain = Domain("period", ">=", periods.of(self.month_from)) & Domain(
            "period", "<=", periods.of(self.month_to)
        )
        if self.unit_ids:
            domain &= Domain("unit_id", "child_of", self.unit_ids.ids)
        return domain

    def _rows_by(self, group):
        """Figures by a field of ``haerun.reading.report``, the whole last.

        :return: list of ``(record, or None for the whole, {name: figure})``
        """
        rates = [*(set(reading_counts.RATES) - {"wrong_rate"}), "accuracy"]
        names = [*reading_counts.COUNTS, *rates]
        aggregates = [f"{name}:sum" for name in reading_counts.COUNTS]
        aggregates += [f"{name}:avg" for name in rates]
        facts = self.env[FACTS]
        found = facts._read_group(self._domain(), [group], aggregates)
        rows = [
            # sudo: names of what the figures are of, also of a book that moved on
            (record.sudo(), dict(zip(names, figures, strict=True)))
            for record, *figures in found
        ]
        rows.sort(key=lambda row: (not row[0], row[0].display_name or ""))
        [whole] = facts._read_group(self._domain(), [], aggregates)
        return [*rows, (None, dict(zip(names, whole, strict=True)))]

    def _exception_rows(self):
        """Points by exception and branch.

        :return: list of ``(exception, unit, points, unread, estimated, flagged)``
        """
        rows = self.env[FACTS]._read_group(
            self._domain() & Domain("exception_id", "!=", False),
            ["exception_id", "unit_id"],
            [
                "due_count:sum",
                "unread_count:sum",
                "estimated_count:sum",
                "flagged_count:sum",
            ],
        )
        return [(row[0].sudo(), row[1].sudo(), *row[2:]) for row in rows]

    def _unread_tasks(self):
        """Return ``(points that are not read or held, how many there are in all)``."""
        domain = self._domain() & Domain("state", "in", ("due", "unread", "held"))
        tasks = self.env["haerun.reading.task"]
        found = tasks.search(
            domain, order="period, book_id, position, id", limit=LONGEST
        )
        count = len(found)
        return found, tasks.search_count(domain) if count == LONGEST else count

    def _streaks(self):
        """Points estimated two periods in a row or more, as it stands now."""
        domain = Domain.TRUE
        if self.unit_ids:
            domain = Domain("unit_id", "child_of", self.unit_ids.ids)
        return self.env["haerun.reading.streak"].search(domain, limit=LONGEST)
