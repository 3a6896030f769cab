from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain

from ...tools import period as periods
from ...tools import revenue

#: debtors in the workbook; the others stand in the system
LARGEST = 500


class RevenueWorkbook(models.TransientModel):
    """收费情况表 of some periods and units, as a workbook (R64, R66)."""

    _name = "haerun.revenue.workbook"
    _inherit = ["haerun.months.mixin"]
    _description = "Workbook of Collection"

    def _default_month(self):
        # this month's bills are issued at its end
        return super()._default_month() - relativedelta(months=1)

    def action_print(self):
        """Make the workbook and hand it over.

        :return: the report action
        """
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("haerun_meter.revenue_workbook_report").report_action(
            self, config=False
        )

    # ------------------------------------------------------------ figures
    def _rows_by(self, group):
        """Billed and collected by a field of the report, the whole last."""
        return self._summed(
            "haerun.revenue.report",
            group,
            [*revenue.SUMS, "open_amount"],
            revenue.RATES,
        )

    def _arrears_rows(self):
        """Earlier years' debt by branch, in the year of the last month."""
        year = periods.of(self.month_to) // 100
        domain = Domain("year", "=", year) & self._of_units()
        found = self.env["haerun.arrears.report"]._read_group(
            domain,
            ["unit_id"],
            ["opening:sum", "collected:sum", "open_amount:sum", "arrears_rate:avg"],
        )
        return [(unit.sudo(), *figures) for unit, *figures in found]

    def _debtors(self):
        """The largest debts as they stand now."""
        return self.env["haerun.ageing.report"].search(
            self._of_units() & Domain("overdue", ">", 0), limit=LARGEST
        )
