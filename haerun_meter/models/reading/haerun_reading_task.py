from odoo import api, fields, models

from ...tools import period as periods
from ...tools.words import METER_KINDS, USES

STATES = [
    ("due", "To read"),
    ("read", "Read"),
    ("held", "Held"),
    ("unread", "Could not be read"),
    ("estimated", "Estimated"),
]


class ReadingTask(models.Model):
    """A point of a plan: what stood before, what is expected, what was read (R58).

    Written by plan generation and by judging alone; millions of rows, so no thread
    and no log columns. Unit, book, reader, use and mode are those of the plan's day.
    """

    _name = "haerun.reading.task"
    _description = "Point to Read"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin"]
    _order = "plan_id, position, id"
    _log_access = False

    plan_id = fields.Many2one(
        "haerun.reading.plan",
        string="Plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    period = fields.Integer(required=True, aggregator=None)
    period_name = fields.Char(string="Period", compute="_compute_period_name")
    book_id = fields.Many2one("haerun.meter.book", required=True, ondelete="restrict")
    reader_id = fields.Many2one(
        "haerun.representative", string="Reader", ondelete="restrict"
    )
    position = fields.Integer(string="Order", aggregator=None)
    point_id = fields.Many2one(
        "haerun.service.point",
        string="Service Point",
        required=True,
        ondelete="restrict",
    )
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        ondelete="restrict",
    )
    installation_id = fields.Many2one(
        "haerun.meter.installation", required=True, ondelete="restrict"
    )
    meter_id = fields.Many2one(
        "haerun.meter", string="Meter", required=True, ondelete="restrict"
    )
    use_class = fields.Selection(USES, string="Use", help="On the plan's day.")
    meter_kind = fields.Selection(
        METER_KINDS, string="Reading Mode", help="On the plan's day."
    )
    previous_value = fields.Float(
        string="Previous Reading", digits=(12, 3), aggregator=None
    )
    previous_at = fields.Datetime(string="Read Before")
    daily = fields.Float(
        string="m³ a Day", digits=(12, 6), aggregator=None, help="Last three readings."
    )
    daily_last_year = fields.Float(
        string="m³ a Day a Year Ago", digits=(12, 6), aggregator=None
    )
    expected = fields.Float(string="Expected Use", digits=(12, 3))
    low = fields.Float(digits=(12, 3), aggregator=None)
    high = fields.Float(digits=(12, 3), aggregator=None)
    state = fields.Selection(STATES, required=True, default="due")
    exception_id = fields.Many2one("haerun.reading.exception", ondelete="restrict")
    reading_id = fields.Many2one(
        "haerun.meter.reading",
        string="Reading",
        ondelete="restrict",
    )
    caught_up_id = fields.Many2one(
        "haerun.meter.reading",
        string="Caught Up By",
        index="btree_not_null",
        ondelete="restrict",
        help="The reading by which a dial that was not seen was seen after all.",
    )
    unit_id = fields.Many2one(index=False)  # see _page_idx
    value = fields.Float(related="reading_id.value", string="Dial")
    volume = fields.Float(related="reading_id.volume", string="Volume (m³)")
    address = fields.Char(related="account_id.address")

    # each reading updates its point, and pays for every index there is
    _point_period_uniq = models.UniqueIndex("(point_id, period)")
    _page_idx = models.Index("(unit_id, period DESC, id DESC)")
    _catch_up_idx = models.Index(
        "(point_id) WHERE state IN ('unread', 'estimated') AND caught_up_id IS NULL"
    )
    _unread_idx = models.Index(
        "(period, book_id) WHERE state IN ('due', 'unread', 'held')"
    )

    @api.depends("period")
    def _compute_period_name(self):
        for task in self:
            task.period_name = periods.name(task.period)

    @api.depends("point_id", "period")
    def _compute_display_name(self):
        for task in self:
            task.display_name = (
                f"{task.point_id.display_name} {periods.name(task.period)}"
            )
