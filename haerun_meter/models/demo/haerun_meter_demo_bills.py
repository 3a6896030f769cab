from datetime import timedelta

from odoo import models

from ...tools import period as periods

#: months that are billed and issued, each on the day after its last card was audited
MONTHS = 13


class MeterDemo(models.AbstractModel):
    """Bills of the audited months: issued but the last, which waits for approval."""

    _inherit = "haerun.meter.demo"

    def _read_months(self, rows, today, chance):
        result = super()._read_months(rows, today, chance)
        if self.env["haerun.tariff.version"].search_count([], limit=1):
            self._bill_months(today)
        return result

    def _bill_months(self, today):
        """One run a branch and month, through the steps that people take."""
        plans = self.env["haerun.reading.plan"].search([("state", "=", "audited")])
        by_month = plans.grouped(lambda plan: (plan.period, plan.book_id.unit_id))
        this = periods.of(today)
        for (period, unit), cards in sorted(
            by_month.items(), key=lambda item: (item[0][0], item[0][1].id)
        ):
            last = max(cards.mapped("audited_at")).date()
            day = min(max(last, periods.day_in(period, 26)), today)
            self._bill_month(period, unit, day, issue=period < this)

    def _bill_month(self, period, unit, day, issue):
        at = self._moment(day, 15)
        with self._at(at):
            # what jobs would do is done at once
            runs = self.env["haerun.bill.run"].with_context(queue_job__no_delay=True)
            run = runs.create({"period": period, "unit_id": unit.id})
            run.action_rate()
            # who leads the branch has rated it; the department approves
            run.rated_by_id = unit.manager_id.user_id or run.rated_by_id
        if not issue or not run.has_rated:
            return
        with self._at(at + timedelta(hours=2)):
            run.action_approve()
            run.action_issue()
        self._deliver_notices(run)

    def _deliver_notices(self, run):
        """Readers bring the notices of a run; the newest ones are on their way."""
        today = self.env.company._haerun_today()
        if run.issued_at.date() > today - timedelta(days=40):
            bills = run.bill_ids.sorted("id")[: run.bill_count // 2]
        else:
            bills = run.bill_ids
        bills = bills.filtered(lambda bill: bill.state == "issued")
        for reader, brought in bills.grouped("reader_id").items():
            with self._at(run.issued_at + timedelta(days=1)):
                deliveries = brought._deliver("hand", remark="投入信报箱")
                deliveries.user_id = reader.user_id or deliveries[:1].user_id
