from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.tools.evidence import keep_within
from odoo.addons.haerun_customer_rep.tools.state import check_state

from ...tools import period as periods

STATES = [
    ("draft", "Draft"),
    ("rating", "Being rated"),
    ("stopped", "Stopped"),
    ("rated", "Rated"),
    ("approved", "Approved"),
    ("issuing", "Being issued"),
    ("issued", "Issued"),
    ("reversing", "Being reversed"),
    ("reversed", "Reversed"),
]
PHASES = [
    ("rating", "Rating"),
    ("issuing", "Issuing"),
    ("reversing", "Reversing"),
]
#: what is filled in by hand, as long as nothing was rated
FREE = frozenset({"unit_id", "period", "book_ids"})
#: and until it is issued
FREE_UNTIL_ISSUED = frozenset({"due_days", "notify_sms"})
#: system parameter: days after the issue on which a bill is due
DUE_DAYS = "haerun_meter.due_days"


class BillRun(models.Model):
    """开账: the bills of chosen books for one period, made together (R60).

    Rated, approved by another person, issued: each step goes through the accounts in
    chunks, one transaction each, with the position saved in the same transaction; so
    a stop of the machine neither bills twice nor leaves anybody out.
    """

    _name = "haerun.bill.run"
    _description = "Bill Run"
    _inherit = ["haerun.branch.mixin", "haerun.by.hand.mixin", "mail.thread"]
    _order = "period desc, id desc"

    _numbered = ("name", "haerun_meter.sequence_bill_run")
    _by_hand = FREE | FREE_UNTIL_ISSUED

    name = fields.Char(string="Number", readonly=True, copy=False)
    unit_id = fields.Many2one(
        required=True, default=lambda self: self._default_unit_id(), tracking=True
    )
    period = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: periods.of(self.env.company._haerun_today()),
        help="Year and month, such as 202611.",
    )
    period_name = fields.Char(string="Month", compute="_compute_period_name")
    book_ids = fields.Many2many(
        "haerun.meter.book",
        string="Books",
        domain="[('unit_id', '=', unit_id)]",
        help="None: all of the branch whose cards of the period are audited.",
    )
    plan_ids = fields.Many2many(
        "haerun.reading.plan",
        "haerun_bill_run_plan_rel",
        "run_id",
        "plan_id",
        string="Audited Cards",
        readonly=True,
        copy=False,
    )
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, copy=False, tracking=True
    )
    phase = fields.Selection(PHASES, readonly=True, copy=False)
    position = fields.Integer(readonly=True, copy=False, aggregator=None)
    total = fields.Integer(readonly=True, copy=False, aggregator=None)
    done_count = fields.Integer(
        string="Done", readonly=True, copy=False, aggregator=None
    )
    progress = fields.Float(compute="_compute_progress")
    bill_count = fields.Integer(string="Bills", readonly=True, copy=False)
    held_count = fields.Integer(string="Held", readonly=True, copy=False)
    withdrawn_count = fields.Integer(
        string="Reversed by It",
        readonly=True,
        copy=False,
        help="Earlier bills that were reversed here, as a reading settled or corrected "
        "what they were made of.",
    )
    volume = fields.Float(
        string="Volume (m³)", digits=(16, 3), readonly=True, copy=False
    )
    amount = fields.Float(
        string="Amount (yuan)", digits=(16, 2), readonly=True, copy=False
    )
    due_days = fields.Integer(
        string="Days to Pay",
        required=True,
        default=lambda self: self._default_due_days(),
        aggregator=None,
        help="Days from the issue until the bills are due.",
    )
    due_on = fields.Date(string="Due Date", readonly=True, copy=False)
    notify_sms = fields.Boolean(
        string="Notice by SMS", help="Send the payment notice by SMS when issued."
    )
    posting_id = fields.Many2one(
        "haerun.posting", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    rated_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    rated_at = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    issued_at = fields.Datetime(readonly=True, copy=False)
    reason = fields.Char(string="Reversed Because", readonly=True, copy=False)
    bill_ids = fields.One2many("haerun.water.bill", "run_id", string="Run's Bills")
    has_rated = fields.Boolean(compute="_compute_has_rated")

    _due_days_sane = models.Constraint(
        "CHECK (due_days BETWEEN 0 AND 366)", "Give 0 to 366 days to pay."
    )

    # ---------------------------------------------------------- default
    @api.model
    def _default_unit_id(self):
        units = self.env.user._haerun_served_units()
        return units.filtered(lambda unit: unit.haerun_level == "branch")[:1]

    @api.model
    def _default_due_days(self):
        # sudo: parameters are the system administrator's
        found = self.env["ir.config_parameter"].sudo().get_param(DUE_DAYS, "15")
        return int(found) if found.isdecimal() else 15

    # ---------------------------------------------------------- compute
    @api.depends("name", "period")
    def _compute_display_name(self):
        for run in self:
            run.display_name = f"{run.name or ''} {periods.name(run.period)}"

    @api.depends("period")
    def _compute_period_name(self):
        for run in self:
            run.period_name = periods.name(run.period)

    @api.depends("done_count", "total")
    def _compute_progress(self):
        for run in self:
            run.progress = 100 * run.done_count / run.total if run.total else 0

    @api.depends("bill_ids.state")
    def _compute_has_rated(self):
        groups = self.env["haerun.water.bill"]._read_group(
            [("run_id", "in", self.ids), ("state", "=", "rated")], ["run_id"]
        )
        found = {run.id for (run,) in groups}
        for run in self:
            run.has_rated = run.id in found

    @api.constrains("period")
    def _check_period(self):
        for run in self:
            if not periods.is_period(run.period):
                raise ValidationError(
                    self.env._(
                        "%s is no period: give year and month, such as 202611.",
                        run.period,
                    )
                )

    @api.constrains("unit_id", "book_ids")
    def _check_books(self):
        for run in self:
            own = run.book_ids.filtered_domain([("unit_id", "=", run.unit_id.id)])
            strange = run.book_ids - own
            if strange:
                raise ValidationError(
                    self.env._(
                        "%(book)s is of another branch than the run: bill it there.",
                        book=strange[0].display_name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        runs = super().create(vals_list)
        keep_within(runs, {"unit_id": 1, "book_ids": 1}, {"unit_id", "book_ids"})
        return runs

    def write(self, vals):
        if not self.env.su:
            if FREE & vals.keys():
                check_state(self, "draft")
            if FREE_UNTIL_ISSUED & vals.keys():
                check_state(self, "draft", "rated", "approved")
        result = super().write(vals)
        keep_within(self, vals, {"unit_id", "book_ids"})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        rated = self.filtered(lambda run: run.state != "draft")
        if rated:
            raise UserError(
                self.env._("%s has bills: reverse it instead.", rated[0].display_name)
            )

    def _running(self):
        """Whether background jobs are at work: the state is then that of the phase."""
        return bool(self.phase) and self.state == self.phase

    def _bills_move(self):
        """Whether more bills may still join the run's posting."""
        return self.state in ("rating", "issuing", "stopped")
