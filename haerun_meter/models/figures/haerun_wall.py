from odoo import api, models


class Wall(models.AbstractModel):
    """What of reading stands on the company's wall."""

    _inherit = "haerun.wall"

    @api.model
    def _numbers(self, totals, month):
        numbers = super()._numbers(totals, month)
        report = self.env["haerun.reading.report"]
        if not report.has_access("read"):
            return numbers
        today = self.env.company._haerun_today()
        [(read, due)] = report._read_group(
            [("planned_on", "=", today)], [], ["read_count:sum", "due_count:sum"]
        )
        label = self.env._("Read of today's plans")
        value = f"{int(read or 0)} / {int(due or 0)}"
        return numbers + [self._number("read", label, value, "blue")]
