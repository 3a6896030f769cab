from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import period as periods


class MonthsMixin(models.AbstractModel):
    """A window that asks for months and units, for a workbook of their figures.

    Everything is counted by the database, under the rights of who asks. A rate
    without anything to divide by is None, which is "no data" and never 0.
    """

    _name = "haerun.months.mixin"
    _description = "Months and Units"

    month_from = fields.Date(
        string="From Month", required=True, default=lambda self: self._default_month()
    )
    month_to = fields.Date(
        string="Until Month", required=True, default=lambda self: self._default_month()
    )
    unit_ids = fields.Many2many(
        "hr.department",
        string="Units",
        domain="[('haerun_complete_level', '!=', False)]",
        help="With all units below them; empty: all that you may see.",
    )

    def _default_month(self):
        """Hook: the first day of the month that is proposed."""
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
        return domain & self._of_units()

    def _of_units(self):
        if not self.unit_ids:
            return Domain.TRUE
        return Domain("unit_id", "child_of", self.unit_ids.ids)

    def _summed(self, facts, group, sums, rates):
        """Figures by a field of a report, the whole last.

        :param facts: name of the report's model
        :param sums: names of its figures
        :param rates: names of its rates
        :return: list of ``(record, or None for the whole, {name: figure})``
        """
        names = [*sums, *rates]
        aggregates = [f"{name}:sum" for name in sums]
        aggregates += [f"{name}:avg" for name in rates]
        facts = self.env[facts]
        found = facts._read_group(self._domain(), [group], aggregates)
        rows = [
            # sudo: names of what the figures are of, also of a book that moved on
            (record.sudo(), dict(zip(names, figures, strict=True)))
            for record, *figures in found
        ]
        rows.sort(key=lambda row: (not row[0], row[0].display_name or ""))
        [whole] = facts._read_group(self._domain(), [], aggregates)
        return [*rows, (None, dict(zip(names, whole, strict=True)))]
