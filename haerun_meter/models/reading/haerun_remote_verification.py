from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import choices

KINDS = [
    ("first", "First verification"),
    ("periodic", "Periodic"),
    ("again", "After a failed one"),
]
WAYS = [
    ("hand", "On site"),
    ("readings", "Two readings"),
    ("sample", "Sample of the site"),
]
REMOTE_FROM = [
    ("reading", "Nearest remote reading"),
    ("display", "Display of the remote unit"),
]
#: hours that may lie between the two values
WINDOW = 24
VERDICTS = [("passed", "In agreement"), ("failed", "Not in agreement")]


class RemoteVerification(models.Model):
    """远传核对: what came by wire against what the eye saw, at the same instant (R54).

    Evidence, written by :meth:`_record` alone, one statement for a thumb and for a
    file. It keeps the limits by which it was judged, as those may change.
    """

    _name = "haerun.remote.verification"
    _description = "Verification of Remote Reading"
    _inherit = ["haerun.evidence.mixin", "haerun.branch.mixin"]
    _order = "manual_at desc, id desc"

    installation_id = fields.Many2one(
        "haerun.meter.installation", required=True, index=True, ondelete="restrict"
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
    book_id = fields.Many2one("haerun.meter.book", string="Book", ondelete="restrict")
    kind = fields.Selection(KINDS, required=True)
    way = fields.Selection(WAYS, string="Compared By", required=True)
    manual_value = fields.Float(
        string="Dial on Site", digits=(12, 3), required=True, aggregator=None
    )
    manual_at = fields.Datetime(string="Seen At", required=True)
    manual_reading_id = fields.Many2one(
        "haerun.meter.reading", string="Reading on Site", ondelete="restrict"
    )
    remote_value = fields.Float(digits=(12, 3), required=True, aggregator=None)
    remote_at = fields.Datetime(string="Remote Value Of", required=True)
    remote_from = fields.Selection(REMOTE_FROM, required=True)
    remote_reading_id = fields.Many2one(
        "haerun.meter.reading", string="Remote Reading", ondelete="restrict"
    )
    difference = fields.Float(
        string="Difference (m³)",
        digits=(12, 3),
        aggregator=None,
        help="Remote less dial.",
    )
    difference_rate = fields.Float(
        string="Difference (%)", digits=(8, 2), aggregator=None, help="Of the dial."
    )
    limit_absolute = fields.Float(string="Limit (m³)", digits=(10, 3), aggregator=None)
    limit_relative = fields.Float(
        string="Limit (Share)", digits=(8, 3), aggregator=None
    )
    verdict = fields.Selection(VERDICTS, string="Agreement", required=True)
    valid_until = fields.Date(help="Until when it holds when both agree.")
    note = fields.Char()
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    verified_by_id = fields.Many2one("res.users", string="Seen By", required=True)
    recorded_at = fields.Datetime(required=True)

    _manual_reading_uniq = models.UniqueIndex(
        "(manual_reading_id) WHERE manual_reading_id IS NOT NULL"
    )
    _unit_idx = models.Index("(unit_id, manual_at DESC)")

    @api.depends("meter_id", "manual_at", "verdict")
    def _compute_display_name(self):
        names = choices(self, "verdict")
        for one in self:
            number = one.sudo().meter_id.number
            one.display_name = f"{number} {names.get(one.verdict, '')}"

    def _did_not_agree(self):
        """Hook: these have failed; somebody has to look at the meter."""
