from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.models.time.haerun_supervised_mixin import (
    PROTECTED as SUPERVISED,
)
from odoo.addons.haerun_customer_rep.models.time.haerun_supervised_promise import (
    TOLD_BY,
)
from odoo.addons.haerun_customer_rep.tools.evidence import by_steps
from odoo.addons.haerun_customer_rep.tools.state import label

from .haerun_check_finding import RESULTS

SOURCES = [
    ("finding", "Validation of a reading"),
    ("exception", "Reader's code"),
    ("remote", "Remote alert"),
    ("verification", "Verification of remote reading"),
    ("audit", "Audit"),
    ("counter", "Counter"),
    ("question", "Customer's question"),
    ("obstruction", "Obstruction"),
    ("violation", "Illegal use"),
    ("hand", "By hand"),
]
STATES = [
    ("given", "To sign for"),
    ("signed", "Signed for"),
    ("on_site", "On site"),
    ("found", "Findings recorded"),
    ("rectifying", "Customer rectifies"),
    ("concluded", "Concluded"),
    ("cancelled", "Cancelled"),
]
ENDED = ("concluded", "cancelled")
OPEN = tuple(state for state, _name in STATES if state not in ENDED)
RESULT_STATES = [
    ("waiting", "Awaits the auditor"),
    ("applied", "Done"),
    ("overtaken", "Decided on otherwise"),
]
AGREES = [("agrees", "Agrees"), ("disagrees", "Does not agree")]
#: fields that are filled in by hand, and at which states
ON_THE_WAY = frozenset({"planned_at", "latitude", "longitude", "place_note"})
ON_SITE = frozenset(
    {"finding_ids", "finding_text", "photo_ids", "has_dial", "dial", "dial_at"}
)
AFTERWARDS = frozenset(
    {
        "photo_after_ids",
        "result",
        "result_value",
        "answer",
        "told_by",
        "customer_agrees",
        "conclusion",
    }
)
#: what may still be said at each state
WRITABLE = {
    "given": ON_THE_WAY,
    "signed": ON_THE_WAY,
    "on_site": ON_SITE | AFTERWARDS | {"place_note"},
    "found": AFTERWARDS,
    "rectifying": AFTERWARDS,
}
#: what belongs to everybody who works on a matter
FREE = frozenset({"collaborator_ids", "assisting_task_ids"})


class SiteCheck(models.Model):
    """现场落实: somebody goes and looks, and the result goes back (R68-R76).

    A supervised matter of the branch's marketing representative of the area. What was
    said at one step is fixed by the next; who did a step, and for whom, is recorded.
    """

    _name = "haerun.site.check"
    _description = "Site Check"
    _inherit = [
        "haerun.branch.mixin",
        "haerun.photo.mixin",
        "haerun.supervised.mixin",
    ]
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "account_id.number", "account_id.name", "text"]
    _haerun_photo_fields = ("photo_ids", "photo_after_ids")

    # what is asked
    number = fields.Char(readonly=True, copy=False)
    kind_id = fields.Many2one(
        "haerun.check.kind", required=True, index=True, ondelete="restrict"
    )
    danger = fields.Boolean(related="kind_id.danger", store=True)
    wants_answer = fields.Boolean(related="kind_id.wants_answer")
    guidance = fields.Text(related="kind_id.guidance")
    source = fields.Selection(SOURCES, required=True)
    text = fields.Text(string="What to Check")
    channel_id = fields.Many2one(
        "haerun.channel", string="Came By", ondelete="restrict"
    )
    requested_by_id = fields.Many2one("res.users", string="Asked By", index=True)
    opened_at = fields.Datetime(required=True, index=True)
    report_ids = fields.One2many("haerun.check.report", "check_id", string="Reasons")
    report_count = fields.Integer(string="Times Reported", default=1)
    reading_id = fields.Many2one(
        "haerun.meter.reading",
        string="Reading in Doubt",
        index="btree_not_null",
        ondelete="restrict",
    )
    reading_state = fields.Selection(related="reading_id.state", string="Reading Is")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    # where
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    customer = fields.Char(related="account_id.name")
    address = fields.Char(related="account_id.address")
    point_id = fields.Many2one(
        "haerun.service.point",
        string="Service Point",
        index="btree_not_null",
        ondelete="restrict",
    )
    meter_id = fields.Many2one(
        "haerun.meter", string="Meter", index="btree_not_null", ondelete="restrict"
    )
    area_id = fields.Many2one(
        "haerun.service.area", string="Service Area", index=True, ondelete="restrict"
    )
    # how far
    state = fields.Selection(
        STATES,
        default="given",
        required=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    planned_at = fields.Datetime(string="Visit Agreed", copy=False)
    signed_at = fields.Datetime(copy=False)
    signed_by_id = fields.Many2one("res.users", string="Signed For By")
    signed_for_id = fields.Many2one("res.users", string="Signed on Behalf Of")
    arrived_at = fields.Datetime(string="Arrived", copy=False)
    arrived_by_id = fields.Many2one("res.users", string="Who Came")
    arrived_for_id = fields.Many2one("res.users", string="Came on Behalf Of")
    latitude = fields.Float(digits=(10, 7), aggregator=None)
    longitude = fields.Float(digits=(10, 7), aggregator=None)
    place_note = fields.Char(string="Place", help="Where it was, when no map tells it.")
    # what was found
    finding_ids = fields.Many2many("haerun.check.finding", string="Findings")
    finding_text = fields.Text(string="In Words")
    photo_ids = fields.Many2many(string="Photos Before")
    photo_after_ids = fields.Many2many(
        "ir.attachment", "haerun_site_check_after_rel", string="Photos After"
    )
    has_dial = fields.Boolean(string="Dial Was Read")
    dial = fields.Float(digits=(12, 3), aggregator=None)
    dial_at = fields.Datetime(string="Dial Read At")
    dial_reading_id = fields.Many2one(
        "haerun.meter.reading", string="Reading on Site", ondelete="restrict"
    )
    dial_refusal = fields.Char(string="Dial Not Taken In")
    found_at = fields.Datetime(string="Findings Recorded", copy=False)
    found_by_id = fields.Many2one("res.users", string="Found By")
    found_for_id = fields.Many2one("res.users", string="Found on Behalf Of")
    wants_notice = fields.Boolean(compute="_compute_wants_notice")
    rectify_notice_ids = fields.One2many(
        "haerun.check.notice", "check_id", string="Rectification Notices"
    )
    round_ids = fields.One2many("haerun.check.round", "check_id", string="Re-checks")
    rectify_until = fields.Date(string="Rectify Until", copy=False)
    # what comes of it
    result = fields.Selection(RESULTS, string="For the Reading", tracking=True)
    result_value = fields.Float(
        string="Right Dial", digits=(12, 3), aggregator=None, tracking=True
    )
    result_state = fields.Selection(RESULT_STATES, string="Result Is", index=True)
    answer = fields.Text(string="Answer to the Customer", tracking=True)
    told_by = fields.Selection(TOLD_BY, string="Customer Told")
    told_at = fields.Datetime(string="Customer Told At", copy=False)
    told_user_id = fields.Many2one("res.users", string="Who Told")
    customer_agrees = fields.Selection(AGREES, string="Customer Says")
    conclusion = fields.Text(tracking=True)
    concluded_at = fields.Datetime(string="Concluded", copy=False)
    concluded_by_id = fields.Many2one("res.users", string="Concluded By")
    concluded_for_id = fields.Many2one("res.users", string="Concluded on Behalf Of")
    cancel_reason = fields.Char(tracking=True)
    work_days = fields.Float(
        string="Working Days",
        aggregator="avg",
        help="From opening to conclusion, by the shift of the unit.",
    )

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _open_uniq = models.UniqueIndex(
        "(point_id, kind_id) WHERE state NOT IN ('concluded', 'cancelled')",
        "A check of this kind is open for this point: report it there.",
    )
    _unit_state_idx = models.Index("(unit_id, state)")
    # later add-ons ask for the checks of a record of theirs
    _record_idx = models.Index("(res_model, res_id)")

    # ---------------------------------------------------------- compute
    @api.depends("number", "kind_id", "account_id")
    def _compute_display_name(self):
        for check in self:
            # sudo: who holds a check sees whom it is about
            names = (check.number, check.kind_id.name, check.sudo().account_id.name)
            check.display_name = " ".join(filter(None, names))

    @api.depends("finding_ids")
    def _compute_wants_notice(self):
        for check in self:
            check.wants_notice = any(check.finding_ids.mapped("wants_notice"))

    # --------------------------------------------------------- onchange
    @api.onchange("finding_ids")
    def _onchange_finding_ids(self):
        """What the first finding usually means for the reading is proposed."""
        if self.reading_id and not self.result:
            self.result = self.finding_ids[:1].recommend

    @api.onchange("dial")
    def _onchange_dial(self):
        if self.dial:
            self.has_dial = True

    # ------------------------------------------------------------- CRUD
    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals)
            self._check_writable(vals)
        return super().write(vals)

    def copy(self, default=None):
        raise UserError(self.env._("A site check is never copied: open a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is evidence and stays: cancel it with a reason.",
                self[:1].display_name,
            )
        )

    @property
    def _haerun_protected(self):
        """All but what is filled in by hand comes about by the steps."""
        by_hand = FREE.union(*WRITABLE.values())
        return SUPERVISED | by_steps(self, by_hand)

    def _check_writable(self, vals):
        """What was recorded at one step is fixed by the next."""
        for check in self:
            late = sorted(
                (vals.keys() & frozenset().union(*WRITABLE.values()))
                - WRITABLE.get(check.state, frozenset())
            )
            if late:
                raise UserError(
                    self.env._(
                        "%(field)s of %(check)s cannot be changed while it is "
                        "“%(state)s”: reload the page and go by its steps.",
                        field=self._fields[late[0]]._description_string(self.env),
                        check=check.display_name,
                        state=label(check),
                    )
                )

    # ------------------------------------------------------------ mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "in", OPEN)]

    def _haerun_title(self):
        self.ensure_one()
        return f"现场落实 {self.display_name}"
