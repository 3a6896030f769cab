from odoo import api, fields, models

from ...tools import period as periods

STATES = [
    ("draft", "Draft"),
    ("rating", "Being rated"),
    ("stopped", "Stopped"),
    ("rated", "Rated"),
    ("approved", "Approved"),
    ("issuing", "Being issued"),
    ("issued", "Issued"),
    ("reversed", "Reversed"),
]


class BillRun(models.Model):
    """开账: the bills of chosen books for one period, made together (R60)."""

    _name = "haerun.bill.run"
    _description = "Bill Run"
    _inherit = ["haerun.branch.mixin", "mail.thread"]
    _order = "period desc, id desc"

    name = fields.Char(readonly=True, copy=False)
    unit_id = fields.Many2one(required=True)
    period = fields.Integer(required=True, aggregator=None)
    period_name = fields.Char(string="Period", compute="_compute_period_name")
    book_ids = fields.Many2many("haerun.meter.book", string="Books")
    state = fields.Selection(STATES, default="draft", required=True, readonly=True)

    @api.depends("period")
    def _compute_period_name(self):
        for run in self:
            run.period_name = periods.name(run.period)
