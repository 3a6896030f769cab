from odoo import api, fields, models


class Wall(models.AbstractModel):
    """What of tickets stands on the company's wall."""

    _inherit = "haerun.wall"

    @api.model
    def _numbers(self, totals, month):
        numbers = super()._numbers(totals, month)
        if not self.env["haerun.ticket"].has_access("read"):
            return numbers
        today = self.env.company._haerun_midnight(self.env.company._haerun_today())
        wall = self.env["haerun.ticket.wall"]
        found = wall._numbers(today, fields.Datetime.now())
        return numbers + [
            self._number(
                "taken", self.env._("Tickets taken in today"), found["taken"], "blue"
            ),
            self._number(
                "closed", self.env._("Tickets closed today"), found["closed"], "green"
            ),
        ]
