from odoo import models
from odoo.tools import SQL

from ...tools.rates import percent


class RateMixin(models.AbstractModel):
    """Rates of a group are those of its sums, never a mean of rates.

    Where there is nothing to divide by a rate is empty, which is "no data".
    """

    _name = "haerun.rate.mixin"
    _description = "Rates of Sums"

    #: rate → (figure above, figure below)
    _haerun_rates = {}

    def _rate(self, name, table, total=False):
        """SQL of a rate in per cent, of one row or of all that are added up."""
        above, below = (
            SQL.identifier(table, figure) for figure in self._haerun_rates[name]
        )
        if total:
            above, below = SQL("SUM(%s)", above), SQL("SUM(%s)", below)
        return percent(above, below)

    def _rates(self, table):
        """SQL of all rates of a row, named."""
        return SQL(", ").join(
            SQL("%s AS %s", self._rate(name, table), SQL.identifier(name))
            for name in self._haerun_rates
        )

    def _read_group_select(self, aggregate_spec, query):
        name, _dot, function = aggregate_spec.partition(":")
        if function == "avg" and name in self._haerun_rates:
            return self._rate(name, self._table, total=True)
        return super()._read_group_select(aggregate_spec, query)
