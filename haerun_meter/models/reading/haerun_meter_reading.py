from odoo import api, fields, models

from ...tools import period as periods

SOURCES = [
    ("manual", "Reader"),
    ("remote", "Remote"),
    ("customer", "Customer"),
    ("check", "Site check"),
    ("counter", "Counter"),
    ("fitted", "Fitting"),
    ("removed", "Removal"),
    ("estimate", "Estimate"),
    ("correction", "Correction"),
]
STATES = [
    ("held", "Held"),
    ("accepted", "Accepted"),
    ("rejected", "Not counted"),
    ("superseded", "Corrected"),
]


class MeterReading(models.Model):
    """抄表: what a dial said, when, by whom, and what became of it (R59).

    Nobody changes a reading: a correction is another one that supersedes it. Rows
    come in by :meth:`_take_in` alone, one statement for a thumb's submit and for a
    file of half a million; ``state`` is the one thing that moves, by the methods that
    decide on it.

    ``volume`` is what counts for a bill: the use since the last real reading of this
    installation, less what estimates have settled of it meanwhile.
    """

    _name = "haerun.meter.reading"
    _description = "Meter Reading"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin"]
    _order = "read_at desc, id desc"
    _log_access = False

    uuid = fields.Char(
        required=True, help="Given by who sends it: sent twice, kept once."
    )
    installation_id = fields.Many2one(
        "haerun.meter.installation", required=True, ondelete="restrict"
    )
    meter_id = fields.Many2one(
        "haerun.meter", string="Meter", required=True, index=True, ondelete="restrict"
    )
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
        index=True,
        ondelete="restrict",
    )
    task_id = fields.Many2one(
        "haerun.reading.task", string="Plan Line", index="btree_not_null"
    )
    book_id = fields.Many2one("haerun.meter.book", ondelete="restrict")
    unit_id = fields.Many2one(index=False)  # see _page_idx
    reader_id = fields.Many2one(
        "haerun.representative",
        string="Reader",
        ondelete="restrict",
        help="Whose plan it was when it was read.",
    )
    period = fields.Integer(required=True, aggregator=None)
    period_name = fields.Char(string="Period", compute="_compute_period_name")
    read_at = fields.Datetime(required=True)
    source = fields.Selection(SOURCES, required=True)
    is_real = fields.Boolean(help="The dial was seen, by eye or by wire.")
    has_value = fields.Boolean(help="False: could not be read.")
    raw = fields.Float(string="As Sent", digits=(12, 3), aggregator=None)
    value = fields.Float(string="Dial", digits=(12, 3), aggregator=None)
    previous_id = fields.Many2one("haerun.meter.reading", ondelete="restrict")
    previous_value = fields.Float(digits=(12, 3), aggregator=None)
    days = fields.Float(digits=(8, 3), aggregator=None)
    use = fields.Float(
        string="Use (m³)",
        digits=(12, 3),
        help="Since the last real reading of this meter.",
    )
    settled = fields.Float(
        digits=(12, 3), help="Of the use, what estimates have counted already."
    )
    volume = fields.Float(string="Volume (m³)", digits=(12, 3))
    daily = fields.Float(digits=(12, 6), aggregator=None)
    daily_last_year = fields.Float(digits=(12, 6), aggregator=None)
    expected = fields.Float(digits=(12, 3))
    severity = fields.Integer(aggregator="max")
    hit_ids = fields.One2many("haerun.reading.hit", "reading_id", string="Findings")
    state = fields.Selection(STATES, required=True)
    exception_id = fields.Many2one("haerun.reading.exception", ondelete="restrict")
    remark = fields.Char()
    latitude = fields.Float(digits=(10, 7), aggregator=None)
    longitude = fields.Float(digits=(10, 7), aggregator=None)
    photo_id = fields.Many2one("ir.attachment", string="Photo", ondelete="restrict")
    submitted_by_id = fields.Many2one("res.users", string="By", required=True)
    submitted_at = fields.Datetime(required=True)
    estimate_method_id = fields.Many2one(
        "haerun.estimate.method", string="Estimated By", ondelete="restrict"
    )
    supersedes_id = fields.Many2one(
        "haerun.meter.reading", index="btree_not_null", ondelete="restrict"
    )
    superseding_ids = fields.One2many(
        "haerun.meter.reading", "supersedes_id", string="Corrected By", readonly=True
    )
    turned_over = fields.Boolean(
        string="Dial Turned Over",
        help="An auditor found that the dial has turned over since, which the rule "
        "took for running backwards.",
    )
    reason = fields.Char(help="Why it was corrected, accepted or rejected.")
    decided_by_id = fields.Many2one("res.users", string="Decided By")
    decided_at = fields.Datetime()
    audited_at = fields.Datetime()
    audited_by_id = fields.Many2one("res.users")

    _uuid_uniq = models.UniqueIndex("(uuid)")
    _real_idx = models.Index(
        "(installation_id, read_at DESC, id DESC) WHERE state = 'accepted' AND is_real"
    )
    _estimate_idx = models.Index(
        "(installation_id, read_at) WHERE state = 'accepted' AND NOT is_real"
    )
    _point_period_idx = models.Index("(point_id, period DESC, id DESC)")
    # as the list is ordered: for who sees one branch, and for who sees several
    _page_idx = models.Index("(unit_id, period DESC, read_at DESC, id DESC)")
    _pages_idx = models.Index("(period DESC, read_at DESC, id DESC)")
    _by_eye_idx = models.Index(
        "(read_at) WHERE source IN ('manual', 'check') AND has_value"
    )
    _open_idx = models.Index("(unit_id, period) WHERE state = 'held'")

    @api.depends("period")
    def _compute_period_name(self):
        for reading in self:
            reading.period_name = periods.name(reading.period)

    @api.depends("meter_id", "read_at", "value", "has_value")
    def _compute_display_name(self):
        for reading in self:
            value = f"{reading.value:g}" if reading.has_value else "–"
            # sudo: the meter may hang in another branch by now
            number = reading.sudo().meter_id.number
            period = periods.name(reading.period)
            reading.display_name = f"{number} {period}: {value}"
