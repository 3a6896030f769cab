from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.models.hookup.haerun_hookup_meter_issue import (
    KINDS as METER_KINDS,
)
from odoo.addons.haerun_customer_rep.models.time.haerun_supervised_mixin import (
    PROTECTED as SUPERVISED,
)
from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.state import label

from ..account.haerun_water_account import KINDS, USES

STATES = [
    ("collecting", "Collecting"),
    ("proofreading", "Proofreading on site"),
    ("returned", "Back for completion"),
    ("complete", "Complete"),
    ("opened", "Opened"),
    ("cancelled", "Cancelled"),
]
#: the data may still change
EDITABLE = ("collecting", "proofreading", "returned")
#: what a user says when a request is made by hand
SAID = frozenset(
    {
        "name",
        "kind",
        "use_class",
        "address",
        "area_id",
        "project_id",
        "developer",
        "property_company",
        "meter_kind",
        "book_id",
        "note",
    }
)


class OpeningRequest(models.Model):
    """建账立户申请: customers of a site, from data to accounts (R45, R51).

    A supervised matter of the branch's marketing representative: he collects the data
    with the developer (R33), has it proofread on site (R49), sends back what is
    missing (R50), and only what is complete reaches the account operator (R51).
    """

    _name = "haerun.opening.request"
    _description = "Account Opening"
    _inherit = ["haerun.supervised.mixin", "haerun.branch.mixin"]
    _order = "id desc"
    _rec_names_search = ["number", "name", "address"]
    _haerun_protected = SUPERVISED | {
        "number",
        "state",
        "received_at",
        "completed_at",
        "completed_by_id",
        "opened_at",
        "cancel_reason",
        "queued_at",
        "project_noted",
    }

    number = fields.Char(readonly=True, copy=False)
    name = fields.Char(string="Customer or Site", required=True, tracking=True)
    project_id = fields.Many2one(
        "haerun.hookup.project",
        string="Hookup Project",
        index="btree_not_null",
        ondelete="restrict",
    )
    kind = fields.Selection(
        KINDS, string="Kind of Customer", required=True, default="household"
    )
    use_class = fields.Selection(
        USES, string="Use", required=True, default="residential"
    )
    address = fields.Char(required=True, tracking=True)
    area_id = fields.Many2one(
        "haerun.service.area",
        string="Service Area",
        compute="_compute_area_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
    )
    developer = fields.Char(help="Developer of the site (开发建设单位).")
    property_company = fields.Char(help="Property company of the site (物业).")
    meter_kind = fields.Selection(
        METER_KINDS, string="Kind of Meters", required=True, default="remote"
    )
    book_id = fields.Many2one(
        "haerun.meter.book",
        string="Meter Book",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('unit_id', '=', unit_id)]",
        help="Of all lines that name no other; the points follow in the order of the "
        "lines (R55).",
    )
    note = fields.Text()
    state = fields.Selection(
        STATES,
        default="collecting",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    received_at = fields.Datetime(string="Received", readonly=True, copy=False)
    completed_at = fields.Datetime(string="Complete Since", readonly=True, copy=False)
    completed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    opened_at = fields.Datetime(string="Opened At", readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    queued_at = fields.Datetime(string="Being Opened Since", readonly=True, copy=False)
    project_noted = fields.Boolean(
        string="Noted on the Project", readonly=True, copy=False
    )
    line_ids = fields.One2many("haerun.opening.line", "request_id", string="Customers")
    check_ids = fields.One2many(
        "haerun.opening.check", "request_id", string="On-site Checks", readonly=True
    )
    gap_ids = fields.One2many(
        "haerun.opening.gap", "request_id", string="Sent Back", readonly=True
    )
    line_count = fields.Integer(string="Lines", compute="_compute_counts")
    incomplete_count = fields.Integer(string="Incomplete", compute="_compute_counts")
    unchecked_count = fields.Integer(string="Unchecked", compute="_compute_counts")
    opened_count = fields.Integer(string="Accounts", compute="_compute_counts")
    failed_count = fields.Integer(string="Failed", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")
    open_gap_count = fields.Integer(string="Open Gaps", compute="_compute_counts")
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _unit_state_idx = models.Index("(unit_id, state)")

    # ---------------------------------------------------------- compute
    @api.depends("number", "name")
    def _compute_display_name(self):
        for request in self:
            request.display_name = " ".join(
                filter(None, (request.number, request.name))
            )

    @api.depends("address", "project_id")
    def _compute_area_id(self):
        areas = self.env["haerun.service.area"]
        for request in self:
            request.area_id = (
                request.project_id.area_id
                or areas._match_address(request.address)
                or request.area_id
            )

    @api.depends(
        "line_ids.state", "line_ids.complete", "line_ids.check_state", "gap_ids.state"
    )
    def _compute_counts(self):
        groups = self.env["haerun.opening.line"]._read_group(
            [("request_id", "in", self.ids)],
            ["request_id", "state", "complete", "check_state"],
            ["__count"],
        )
        gaps = dict(
            self.env["haerun.opening.gap"]._read_group(
                [
                    ("request_id", "in", self.ids),
                    ("state", "in", ("asked", "answered")),
                ],
                ["request_id"],
                ["__count"],
            )
        )
        figures = {}
        for request, *key, count in groups:
            figures.setdefault(request, []).append((*key, count))
        for request in self:
            rows = figures.get(request._origin, [])
            total = sum(row[-1] for row in rows)
            opened = sum(row[-1] for row in rows if row[0] == "opened")
            failed = sum(row[-1] for row in rows if row[0] == "failed")
            request.line_count = total
            request.incomplete_count = sum(row[-1] for row in rows if not row[1])
            request.unchecked_count = sum(row[-1] for row in rows if row[2] != "right")
            request.opened_count = opened
            request.failed_count = failed
            request.progress = 100 * (opened + failed) / total if total else 0
            request.open_gap_count = gaps.get(request._origin, 0)

    @api.depends("acting_user_id", "owner_user_id", "unit_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for request in self:
            request.is_mine = request._is_worker()

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Take requests up; the clock to the opened account runs from now (R45).

        :raise AccessError: when values are given that the system sets
        :raise UserError: when nobody answers for the area
        """
        self.browse().check_access("create")
        requests = self.browse()
        sequence = self.env.ref("haerun_meter.sequence_opening_request").sudo()
        clean = without_defaults(self)
        for vals in vals_list:
            self._check_asked(vals)
            said = {name: vals[name] for name in vals if name != "line_ids"}
            # sudo: holder and unit are set by the system; rights are checked below
            request = super(OpeningRequest, clean.sudo()).create(
                [
                    {
                        **said,
                        "number": sequence.next_by_id(),
                        "received_at": fields.Datetime.now(),
                    }
                ]
            )
            request._assign(request._responsible())
            request = request.with_env(self.env)
            request.check_access("create")
            if vals.get("line_ids"):
                request.write({"line_ids": vals["line_ids"]})
            requests |= request
        requests._reach("received")
        # a colleague of the branch is not shown the clocks that have just begun
        requests.invalidate_recordset(["clock_ids"])
        return requests

    def write(self, vals):
        locked = self.filtered(lambda request: request.state not in EDITABLE)
        if locked and not self.env.su and (SAID - {"note"}) & vals.keys():
            raise UserError(
                self.env._(
                    "%(request)s is “%(state)s” and stays as it was checked: have it "
                    "sent back first.",
                    request=locked[0].display_name,
                    state=label(locked[0]),
                )
            )
        return super().write(vals)

    # ----------------------------------------------------------- checks
    @api.model
    def _check_asked(self, vals):
        """The system creates as superuser: nothing else may come along."""
        self._check_protected(vals)
        forged = sorted(
            name for name in vals.keys() - SAID - {"line_ids"} if vals[name]
        )
        if forged and not self.env.su:
            raise AccessError(
                self.env._(
                    "%s of an opening comes about as it is handled: leave it out.",
                    self._fields[forged[0]]._description_string(self.env),
                )
            )

    def _is_worker(self):
        """Whether the user works on this request: holder, deputy, head, CSD."""
        self.ensure_one()
        request = self.sudo()
        user = self.env.user
        helpers = request.collaborator_ids
        people = request.owner_user_id | request.acting_user_id
        return (
            user in people | helpers.user_id | helpers.acting_user_id
            or request.unit_id in user.haerun_managed_unit_ids
            or user.has_group("haerun_customer_rep.group_csd_marketing")
        )

    def _check_worker(self):
        """:raise AccessError: for who does not work on these requests"""
        self.check_access("read")
        for request in self:
            if not self.env.su and not request._is_worker():
                raise AccessError(
                    self.env._(
                        "%(request)s is worked on by %(name)s.",
                        request=request.display_name,
                        name=request.sudo().acting_user_id.name
                        or request.sudo().unit_id.name,
                    )
                )

    # ------------------------------------------------------------ mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "not in", ("opened", "cancelled"))]

    def _haerun_title(self):
        self.ensure_one()
        return f"建账立户 {self.display_name}"

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        for card, request in zip(cards, self, strict=True):
            card.update(
                step=label(request),
                customer=request.name,
                address=request.address,
            )
        return cards

    def _responsible(self):
        """The representative who opens the accounts of the area (R45).

        :raise UserError: when the area has none
        """
        self.ensure_one()
        area = self.area_id.sudo()  # everybody may know whose area it is
        rep = area._responsible("marketing", "branch") or area._responsible("marketing")
        if not rep:
            raise UserError(
                self.env._(
                    "%(request)s: service area %(area)s has no marketing "
                    "representative; let the rules administrator name one.",
                    request=self.name,
                    area=area.display_name,
                )
            )
        return rep
