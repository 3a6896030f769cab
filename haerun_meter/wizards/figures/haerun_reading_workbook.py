from odoo import models
from odoo.fields import Domain

from ...tools import reading_counts

FACTS = "haerun.reading.report"
#: lines of a list in the workbook; the rest is counted and stands in the system
LONGEST = 20000


class ReadingWorkbook(models.TransientModel):
    """抄表情况表 of some periods and units, as a workbook (R58, R63, R65)."""

    _name = "haerun.reading.workbook"
    _inherit = ["haerun.months.mixin"]
    _description = "Workbook of Reading Figures"

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
    def _rows_by(self, group):
        """Figures by a field of ``haerun.reading.report``, the whole last."""
        rates = [*(set(reading_counts.RATES) - {"wrong_rate"}), "accuracy"]
        return self._summed(FACTS, group, reading_counts.COUNTS, rates)

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
        return self.env["haerun.reading.streak"].search(self._of_units(), limit=LONGEST)
