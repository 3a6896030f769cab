from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.models.time.haerun_supervised_mixin import (
    PROTECTED as SUPERVISED,
)
from odoo.addons.haerun_customer_rep.tools.context import without_defaults
from odoo.addons.haerun_customer_rep.tools.state import choices

STATES = [
    ("asked", "Asked for"),
    ("answered", "Answered"),
    ("accepted", "Completed"),
    ("withdrawn", "Withdrawn"),
]
OPEN = ("asked", "answered")
SOURCES = [
    ("department", "Department"),
    ("contractor", "Contractor"),
    ("developer", "Developer"),
    ("property", "Property company"),
    ("customer", "Customer"),
]
#: what is said when it is sent back
SAID = frozenset(
    {
        "request_id",
        "line_ids",
        "what",
        "source",
        "department_id",
        "external_unit_id",
    }
)


class OpeningGap(models.Model):
    """退回补充: data missing or wrong, from whom, tracked until completed (R50).

    A supervised matter with its own clock. A department's representative answers
    himself; a contractor's answer is noted by who holds the request, whose matter it
    is to press him.
    """

    _name = "haerun.opening.gap"
    _description = "Data Sent Back"
    _inherit = ["haerun.hookup.papers", "haerun.supervised.mixin"]
    _haerun_papers = "document_ids"
    _order = "id desc"
    _rec_name = "what"
    _haerun_protected = SUPERVISED | {
        "state",
        "asked_at",
        "asked_by_id",
        "asked_for_id",
        "answered_at",
        "answered_by_id",
        "accepted_at",
        "accepted_by_id",
        "returned_count",
        "return_reason",
    }

    request_id = fields.Many2one(
        "haerun.opening.request",
        string="Opening",
        required=True,
        index=True,
        ondelete="restrict",
    )
    request_name = fields.Char(related="request_id.name", string="Customer or Site")
    address = fields.Char(related="request_id.address")
    line_ids = fields.Many2many(
        "haerun.opening.line",
        string="Customers",
        domain="[('request_id', '=', request_id)]",
        help="Empty: the whole request.",
    )
    line_names = fields.Char(compute="_compute_line_names", compute_sudo=True)
    what = fields.Char(string="Missing or Wrong", required=True, tracking=True)
    source = fields.Selection(
        SOURCES,
        string="Source of the Data",
        required=True,
        default="department",
        index=True,
    )
    department_id = fields.Many2one(
        "hr.department", string="Department", ondelete="restrict", index=True
    )
    external_unit_id = fields.Many2one(
        "haerun.external.unit",
        string="Contractor",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('kind', '=', 'contractor')]",
    )
    party = fields.Char(
        string="Asked of", compute="_compute_party", compute_sudo=True, store=True
    )
    state = fields.Selection(
        STATES,
        default="asked",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    asked_at = fields.Datetime(readonly=True)
    asked_by_id = fields.Many2one("res.users", string="Asked By", readonly=True)
    asked_for_id = fields.Many2one("res.users", string="Asked For", readonly=True)
    answer = fields.Text(tracking=True, help="The data asked for, or where it lies.")
    document_ids = fields.Many2many("ir.attachment", string="Documents", copy=False)
    answered_at = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", string="Answered By", readonly=True)
    accepted_at = fields.Datetime(string="Completed At", readonly=True)
    accepted_by_id = fields.Many2one("res.users", string="Accepted By", readonly=True)
    returned_count = fields.Integer(string="Times Returned", readonly=True)
    return_reason = fields.Char(readonly=True, tracking=True)
    may_answer = fields.Boolean(compute="_compute_may")
    may_accept = fields.Boolean(compute="_compute_may")

    # ---------------------------------------------------------- compute
    @api.depends("what", "request_id")
    def _compute_display_name(self):
        for gap in self:
            number = gap.sudo().request_id.number or ""
            gap.display_name = f"{number} {gap.what or ''}".strip()

    @api.depends("line_ids")
    def _compute_line_names(self):
        for gap in self:
            gap.line_names = "、".join(gap.line_ids.mapped("display_name")) or False

    @api.depends(
        "source",
        "department_id.name",
        "external_unit_id.name",
        "request_id.developer",
        "request_id.property_company",
        "request_id.name",
    )
    def _compute_party(self):
        sources = choices(self, "source")
        for gap in self:
            request = gap.request_id
            gap.party = {
                "department": gap.department_id.name,
                "contractor": gap.external_unit_id.name,
                "developer": request.developer,
                "property": request.property_company,
                "customer": request.name,
            }.get(gap.source) or sources.get(gap.source)

    @api.depends("state", "acting_user_id", "owner_user_id")
    @api.depends_context("uid")
    def _compute_may(self):
        for gap in self:
            gap.may_answer = gap.state == "asked" and gap._is_asked()
            gap.may_accept = gap.state == "answered" and gap._is_asker()

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Send data back; its clock runs from now (R50).

        :raise AccessError: for who does not work on the request
        :raise UserError: when it is not said from whom it is asked
        """
        self.browse().check_access("create")
        clean = without_defaults(self)
        gaps = self.browse()
        for vals in vals_list:
            self._check_asked(vals)
            request = self.env["haerun.opening.request"].browse(vals.get("request_id"))
            request._may_send_back()
            self._check_source(request, vals)
            # sudo: who asked, when and for whom is recorded by the system
            gap = super(OpeningGap, clean.sudo()).create(
                [
                    {
                        **vals,
                        "asked_at": fields.Datetime.now(),
                        "asked_by_id": self.env.uid,
                        "asked_for_id": request._on_behalf().id,
                    }
                ]
            )
            gap._assign(gap._asked_representative())
            gap._reach("asked")
            gaps |= gap
        gaps.request_id._gaps_changed()
        # who asked is not shown the clocks that the system has just begun
        gaps.invalidate_recordset(["clock_ids"])
        return gaps.with_env(self.env)

    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals)
            said = sorted(SAID & vals.keys())
            if said:
                raise UserError(
                    self.env._(
                        "%(field)s of “%(gap)s” stays as it was asked: withdraw it "
                        "and ask anew.",
                        field=self._fields[said[0]]._description_string(self.env),
                        gap=self[:1].display_name,
                    )
                )
            if {"answer", "document_ids"} & vals.keys():
                for gap in self:
                    gap._check_may_answer()
        result = super().write(vals)
        if "document_ids" in vals:
            self._own_papers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "“%s” is tracked until completed: withdraw it instead.",
                self[:1].display_name,
            )
        )

    # ----------------------------------------------------------- checks
    @api.model
    def _check_asked(self, vals):
        """The system creates as superuser: nothing else may come along."""
        self._check_protected(vals)
        forged = sorted(name for name in vals.keys() - SAID if vals[name])
        if forged and not self.env.su:
            raise AccessError(
                self.env._(
                    "%s is given with the answer: leave it out when you ask.",
                    self._fields[forged[0]]._description_string(self.env),
                )
            )

    @api.model
    def _check_source(self, request, vals):
        gap = self.new(vals)
        named = {
            "department": gap.department_id,
            "contractor": gap.external_unit_id,
        }
        if gap.source in named and not named[gap.source]:
            raise UserError(
                self.env._(
                    "“%s”: name the department or contractor who is to complete it.",
                    gap.what,
                )
            )
        strange = gap.line_ids._origin.filtered(lambda line: line.request_id != request)
        if strange:
            raise UserError(
                self.env._(
                    "%(line)s is not of %(request)s: choose its own customers.",
                    line=strange[0].display_name,
                    request=request.display_name,
                )
            )

    # ------------------------------------------------------------ mixin
    def _haerun_is_evidence(self):
        return self.state != "asked"

    @api.model
    def _haerun_open_domain(self):
        return [("state", "in", OPEN)]

    def _haerun_title(self):
        self.ensure_one()
        return f"补充资料 {self.display_name}"

    @api.model
    def _my_work_domain(self):
        """To answer: whom it was asked; to accept: who holds the request."""
        uid = self.env.uid
        asked = fields.Domain("acting_user_id", "=", uid)
        judge = fields.Domain("request_id.acting_user_id", "=", uid)
        return (fields.Domain("state", "=", "asked") & asked) | (
            fields.Domain("state", "=", "answered") & judge
        )

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        states = choices(self, "state")
        for card, gap in zip(cards, self, strict=True):
            card.update(
                step=states[gap.state],
                customer=gap.request_name,
                address=gap.address,
                text=gap.return_reason or gap.line_names or False,
            )
        return cards

    def _asked_representative(self):
        """Who answers: the department's post of the area, else any of its posts.

        What is asked of somebody outside lies with the holder of the request.
        """
        request = self.request_id
        if self.source != "department":
            return request.owner_id
        area = request.area_id
        for rep_class in ("engineering", "marketing", "service"):
            rep = area._responsible(rep_class)
            if rep.unit_id == self.department_id:
                return rep
        posts = self.env["haerun.representative"].sudo()
        rep = posts.search(
            [("unit_id", "=", self.department_id.id), ("state", "=", "valid")],
            limit=1,
            order="id",
        )
        return rep or request.owner_id
