from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.models.time.haerun_supervised_mixin import (
    PROTECTED as SUPERVISED,
)

from ...tools import period as periods

STATES = [
    ("planned", "Planned"),
    ("reading", "Being read"),
    ("submitted", "Submitted for audit"),
    ("audited", "Audited"),
]


class ReadingPlan(models.Model):
    """抄表计划: one book in one period, given to its reader (R46, R58, R63).

    A supervised matter: it goes to the deputy when the reader is away, its time is
    measured, and unit and reader stay as they were when it was made.
    """

    _name = "haerun.reading.plan"
    _description = "Reading Plan"
    _inherit = ["haerun.supervised.mixin"]
    _order = "period desc, planned_on, book_id, id"
    _haerun_protected = SUPERVISED | {
        "book_id",
        "period",
        "state",
        "begun_at",
        "submitted_at",
        "submitted_by_id",
        "audited_at",
        "audited_by_id",
        "returned_at",
        "returned_by_id",
        "return_reason",
    }

    book_id = fields.Many2one(
        "haerun.meter.book",
        string="Meter Book",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    period = fields.Integer(required=True, readonly=True, aggregator=None)
    period_name = fields.Char(string="Period", compute="_compute_period_name")
    planned_on = fields.Date(string="Planned Day", required=True, index=True)
    state = fields.Selection(
        STATES, default="planned", required=True, readonly=True, tracking=True
    )
    task_ids = fields.One2many("haerun.reading.task", "plan_id", string="Points")
    begun_at = fields.Datetime(readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    audited_at = fields.Datetime(readonly=True, copy=False)
    audited_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    returned_at = fields.Datetime(readonly=True, copy=False)
    returned_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    return_reason = fields.Char(
        readonly=True, copy=False, help="Why the cards went back to their reader."
    )
    due_count = fields.Integer(string="On the Plan", compute="_compute_counts")
    read_count = fields.Integer(string="Read", compute="_compute_counts")
    held_count = fields.Integer(string="Held", compute="_compute_counts")
    unread_count = fields.Integer(string="Unread", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _book_period_uniq = models.UniqueIndex(
        "(book_id, period)", "This book has a plan for the period: open that one."
    )
    _period_idx = models.Index("(period, unit_id)")

    @api.depends("book_id", "period")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = (
                f"{plan.book_id.display_name} {periods.name(plan.period)}"
            )

    @api.depends("period")
    def _compute_period_name(self):
        for plan in self:
            plan.period_name = periods.name(plan.period)

    @api.depends("owner_user_id", "acting_user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for plan in self:
            plan.is_mine = self.env.user in plan.owner_user_id | plan.acting_user_id

    @api.depends("task_ids.state")
    def _compute_counts(self):
        counted = self.env["haerun.reading.task"]._read_group(
            [("plan_id", "in", self.ids)], ["plan_id", "state"], ["__count"]
        )
        counts = {}
        for plan, state, count in counted:
            counts.setdefault(plan, {})[state] = count
        for plan in self:
            found = counts.get(plan._origin, {})
            plan.due_count = sum(found.values())
            plan.read_count = found.get("read", 0)
            plan.held_count = found.get("held", 0)
            plan.unread_count = found.get("due", 0) + found.get("unread", 0)
            done = plan.due_count - plan.unread_count
            plan.progress = 100 * done / plan.due_count if plan.due_count else 0

    @api.model
    def _haerun_open_domain(self):
        return Domain("state", "!=", "audited")
