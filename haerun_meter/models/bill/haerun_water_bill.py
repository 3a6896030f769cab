from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import period as periods
from ...tools.words import USES

KINDS = [
    ("water", "Water"),
    ("late_fee", "Late fee"),
    ("reversal", "Reversal"),
]
STATES = [
    ("rated", "Rated"),
    ("held", "Held"),
    ("issued", "Issued"),
    ("reversed", "Reversed"),
    ("dropped", "Dropped"),
]
HOLDS = [
    ("negative", "Less than nothing"),
    ("no_tariff", "No tariff"),
    ("no_price", "No price on the days"),
    ("large", "Unusually large"),
    ("open_reading", "A reading is held"),
    ("by_hand", "Held by hand"),
]


class WaterBill(models.Model):
    """水费账单: what an account owes for a period, and what of it is still open.

    Written by rating and issuing alone; millions of rows, so no thread and no log
    columns. Nothing of an issued bill changes but what is open: it is reversed and
    rated anew (DESIGN, Money). Branch, book, reader and use are those of the reading.
    """

    _name = "haerun.water.bill"
    _description = "Water Bill"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin"]
    _order = "period desc, id desc"
    _rec_name = "number"
    _log_access = False

    number = fields.Char(string="Bill Number", required=True)
    account_id = fields.Many2one(
        "haerun.water.account", string="Account", required=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(index=False)  # see _page_idx
    book_id = fields.Many2one("haerun.meter.book", ondelete="restrict")
    reader_id = fields.Many2one(
        "haerun.representative", string="Reader", ondelete="restrict"
    )
    use_class = fields.Selection(USES, string="Use")
    period = fields.Integer(required=True, aggregator=None)
    period_name = fields.Char(string="Period", compute="_compute_period_name")
    run_id = fields.Many2one(
        "haerun.bill.run", string="Bill Run", index=False, ondelete="restrict"
    )
    posting_id = fields.Many2one(
        "haerun.posting", index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(KINDS, required=True, default="water")
    state = fields.Selection(STATES, required=True, default="rated")
    hold = fields.Selection(HOLDS, string="Held Because")
    hold_note = fields.Char(help="Who looked at it, and what he says.")
    date_from = fields.Date(string="From", help="Day of the reading before.")
    date_to = fields.Date(string="Until", help="Day of the reading.")
    volume = fields.Float(string="Volume (m³)", digits=(12, 3))
    amount = fields.Float(string="Amount (yuan)", digits=(16, 2), required=True)
    residual = fields.Float(
        string="Open (yuan)",
        digits=(16, 2),
        help="Amount less what was allocated to it; 0 unless issued.",
    )
    due_on = fields.Date(string="Due Date")
    issued_at = fields.Datetime(string="Issued")
    issued_by_id = fields.Many2one("res.users", string="Issued By")
    provisional = fields.Boolean(help="Made of an estimate.")
    reverses_id = fields.Many2one(
        "haerun.water.bill", index="btree_not_null", ondelete="restrict"
    )
    reason = fields.Char(help="Why it was reversed.")
    principal_id = fields.Many2one(
        "haerun.water.bill",
        string="Late Fee For",
        index="btree_not_null",
        ondelete="restrict",
    )
    told_at = fields.Datetime(
        string="Notice Delivered", help="When the payment notice reached the customer."
    )
    reading_ids = fields.One2many("haerun.bill.reading", "bill_id", string="Readings")
    part_ids = fields.One2many("haerun.bill.part", "bill_id", string="Parts")
    line_ids = fields.One2many("haerun.bill.line", "bill_id", string="Lines")

    delivery_ids = fields.One2many(
        "haerun.bill.delivery", "bill_id", string="Deliveries"
    )
    overdue = fields.Boolean(compute="_compute_overdue", search="_search_overdue")
    customer = fields.Char(related="account_id.name")
    address = fields.Char(related="account_id.address")

    _number_uniq = models.UniqueIndex("(number)")
    _account_idx = models.Index("(account_id, period DESC, id DESC)")
    _page_idx = models.Index("(unit_id, period DESC, id DESC)")
    _open_idx = models.Index("(account_id, due_on, id) WHERE residual <> 0")
    _due_idx = models.Index("(due_on) WHERE residual > 0")

    _run_idx = models.Index("(run_id, state, id) WHERE run_id IS NOT NULL")
    _book_idx = models.Index("(book_id, period)")
    _untold_idx = models.Index(
        "(unit_id, book_id) WHERE state = 'issued' AND told_at IS NULL"
    )
    _held_idx = models.Index("(unit_id, period) WHERE state = 'held'")

    @api.depends("number", "period")
    def _compute_display_name(self):
        for bill in self:
            bill.display_name = f"{bill.number} {periods.name(bill.period)}"

    @api.depends("residual", "due_on")
    def _compute_overdue(self):
        today = self.env.company._haerun_today()
        for bill in self:
            bill.overdue = bool(
                bill.residual > 0 and bill.due_on and bill.due_on < today
            )

    @api.model
    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._haerun_today()
        over = Domain("residual", ">", 0) & Domain("due_on", "<", today)
        if set(value) >= {True, False}:
            return Domain.TRUE
        return over if True in value else ~over

    @api.model
    def _number(self):
        """SQL expression of the next bill number, one a row."""
        sequence = self.env.ref("haerun_meter.sequence_water_bill").sudo()
        return SQL(
            "%s || lpad(nextval(%s)::text, 10, '0')",
            sequence.prefix or "",
            f"ir_sequence_{sequence.id:03d}",
        )

    @api.depends("period")
    def _compute_period_name(self):
        for bill in self:
            bill.period_name = periods.name(bill.period)
