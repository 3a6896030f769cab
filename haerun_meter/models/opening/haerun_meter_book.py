from odoo import fields, models

from ...tools import period as periods


class MeterBook(models.Model):
    """Points that come into a book are read with its next round (R46)."""

    _inherit = "haerun.meter.book"

    def _join_plans(self):
        """Put the points that came later onto the plans whose round is to come."""
        period = periods.of(fields.Date.context_today(self))
        # sudo: what is planned does not depend on who fills the book
        plans = self.env["haerun.reading.plan"].sudo()
        plans.search(
            [
                ("book_id", "in", self.ids),
                ("state", "=", "planned"),
                ("period", ">=", period),
            ]
        )._make_tasks()
