from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools import spans

from ...tools import figures

#: what stands beside the counts, each of the sums
MADE = (*figures.RATES, "score", "handling_days", "handling_median")
#: roads in the workbook; the others stand in the system
ROADS = 100


class TicketWorkbook(models.TransientModel):
    """客服指标月报 of some months and units, as a workbook (R2)."""

    _name = "haerun.ticket.workbook"
    _inherit = ["haerun.months.mixin"]
    _description = "Workbook of Ticket Figures"

    def _default_month(self):
        # a month is reported when it is over
        return super()._default_month() - relativedelta(months=1)

    def action_print(self):
        """Make the workbook and hand it over.

        :return: the report action
        """
        self.ensure_one()
        self.check_access("read")
        report = self.env.ref("haerun_service_ticket.ticket_workbook_report")
        return report.report_action(self, config=False)

    # ------------------------------------------------------------ figures
    def _domain(self):
        page = self.env["haerun.ticket.figures"]
        first = spans.span("month", self.month_from)
        last = spans.span("month", self.month_to)
        return page._within(spans.Span(first.start, last.end)) & self._of_units()

    def _rows_by(self, group):
        """Figures by a field of the report, the whole last."""
        return self._summed("haerun.ticket.report", group, figures.COUNTS, MADE)

    def _roads(self):
        """The roads from which most petitions came, as ``[(road, number, again)]``."""
        return self.env["haerun.ticket.report"]._read_group(
            self._domain()
            & Domain("petitions", ">", 0)
            & Domain("road_key", "!=", False),
            ["road_key"],
            ["petitions:sum", "repeats:sum"],
            order="petitions:sum desc, road_key",
            limit=ROADS,
        )
