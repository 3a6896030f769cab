from odoo import api, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.models.assessment.haerun_formula import Formula

#: code → (counted, of what) over rows of haerun.reading.report
READING = {
    "read": ("f.read_count", "f.due_count"),
    "read_actual": ("f.actual_count", "f.due_count"),
    "read_estimated": ("f.estimated_count", "f.due_count"),
    "read_on_day": ("f.on_day_count", "f.read_count"),
    "read_right": ("f.rechecked_count - f.wrong_count", "f.rechecked_count"),
}


class HaerunFormula(models.AbstractModel):
    """抄表与收费: what readers and branches are measured by (RULES.md, Indicators)."""

    _inherit = "haerun.formula"

    @api.model
    def _formulas(self):
        plan = "haerun.reading.plan"
        book = "haerun.meter.book"
        return {
            **super()._formulas(),
            "read": Formula(
                self.env._("Meters read"), plan, self.env._("Really read ÷ due.")
            ),
            "read_actual": Formula(
                self.env._("Meters really read"),
                plan,
                self.env._("Read first by the reader or by wire ÷ due."),
            ),
            "read_estimated": Formula(
                self.env._("Estimated meters"), plan, self.env._("Estimated ÷ due.")
            ),
            "read_on_day": Formula(
                self.env._("Meters read on the day"),
                plan,
                self.env._("Read on the planned day ÷ read."),
            ),
            "read_right": Formula(
                self.env._("Right readings"),
                plan,
                self.env._("Not found wrong ÷ rechecked."),
            ),
            "collected": Formula(
                self.env._("Current collection"),
                book,
                self.env._("Collected until now on the period's bills ÷ billed."),
            ),
            "arrears": Formula(
                self.env._("Arrears collected"),
                book,
                self.env._("Collected in the period on bills of earlier years."),
            ),
        }

    @api.model
    def _facts_of_plans(self, code, start, end):
        """A plan each, by use and mode, on its planned day; its reader answers."""
        above, below = map(SQL, READING[code])
        return self._facts_of_report(
            "haerun.reading.report",
            day=SQL("f.planned_on"),
            where=SQL(
                "f.planned_on >= %s AND f.planned_on < %s AND %s > 0", start, end, below
            ),
            owner=SQL("f.reader_id"),
            user=SQL("f.acting_user_id"),
            record=SQL("f.plan_id"),
            above=above,
            below=below,
        )

    @api.model
    def _facts_read(self, start, end):
        return self._facts_of_plans("read", start, end)

    @api.model
    def _facts_read_actual(self, start, end):
        return self._facts_of_plans("read_actual", start, end)

    @api.model
    def _facts_read_estimated(self, start, end):
        return self._facts_of_plans("read_estimated", start, end)

    @api.model
    def _facts_read_on_day(self, start, end):
        return self._facts_of_plans("read_on_day", start, end)

    @api.model
    def _facts_read_right(self, start, end):
        return self._facts_of_plans("read_right", start, end)

    @api.model
    def _facts_of_revenue(self, day, where, below):
        """Movements of bills by book and period; the book's reader answers.

        :param day: SQL of the day on which they count
        """
        return self._facts_of_report(
            "haerun.revenue.report",
            day=day,
            where=where,
            owner=SQL("f.reader_id"),
            user=SQL("NULL::int"),
            record=SQL("f.book_id"),
            above=SQL("f.collected"),
            below=below,
        )

    @api.model
    def _facts_collected(self, start, end):
        """What was billed for a period, and collected on that until now."""
        day = SQL("f.billed_month")
        within = SQL("%s >= %s AND %s < %s", day, start, day, end)
        some = SQL("(f.collected <> 0 OR f.billed <> 0)")
        return self._facts_of_revenue(
            day, SQL("%s AND %s", within, some), SQL("f.billed")
        )

    @api.model
    def _facts_arrears(self, start, end):
        """What was collected in the period on bills of earlier years."""
        day = SQL("f.month")
        within = SQL("%s >= %s AND %s < %s", day, start, day, end)
        earlier = SQL(
            "f.collected <> 0 AND f.period / 100 < extract(year FROM f.month)"
        )
        return self._facts_of_revenue(day, SQL("%s AND %s", within, earlier), SQL("0"))
