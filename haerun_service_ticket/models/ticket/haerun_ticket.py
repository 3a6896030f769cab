from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.haerun_customer_rep.models.people.haerun_representative import CLASSES
from odoo.addons.haerun_customer_rep.models.time.haerun_supervised_mixin import (
    PROTECTED as SUPERVISED,
)
from odoo.addons.haerun_customer_rep.tools.evidence import by_steps
from odoo.addons.haerun_customer_rep.tools.state import label

from ...tools import ticket_way as way

OPEN = "step NOT IN ({})".format(", ".join(f"'{step}'" for step in way.ENDED))


class Ticket(models.Model):
    """工单: a customer's matter and its way to a final result (R41-R48, R82-R103).

    Taken in, forwarded to the representative of a unit, signed for, handled, replied
    to, audited by CSD, fed back, visited, closed. Steps are methods that check role
    and state; each leaves a line in the ledger by server time.
    """

    _name = "haerun.ticket"
    _description = "Service Ticket"
    _inherit = ["haerun.suspended.mixin", "haerun.contact.mixin"]
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "title", "customer", "address"]
    _haerun_holdings = True

    # what it is about
    number = fields.Char(readonly=True, copy=False)
    title = fields.Char(required=True, index="trigram")
    text = fields.Text(string="What the Customer Says", required=True)
    channel_id = fields.Many2one(
        "haerun.channel",
        string="Came By",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "haerun_customer_rep.channel_phone", raise_if_not_found=False
        ),
    )
    category_id = fields.Many2one(
        "haerun.ticket.category",
        string="Category",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    kind = fields.Selection(
        way.KINDS,
        compute="_compute_asked",
        store=True,
        precompute=True,
        help="That of its category when it was given; later changes of the category "
        "rewrite no ticket.",
    )
    rep_class = fields.Selection(
        CLASSES, string="Class", compute="_compute_asked", store=True, precompute=True
    )
    danger = fields.Boolean(compute="_compute_asked", store=True, precompute=True)
    priority = fields.Selection(
        way.PRIORITIES,
        compute="_compute_asked",
        store=True,
        precompute=True,
        readonly=False,
        tracking=True,
    )
    complex = fields.Boolean(
        compute="_compute_asked",
        store=True,
        precompute=True,
        readonly=False,
        tracking=True,
        help="Needs several units: the longer limit applies.",
    )
    guidance = fields.Text(related="category_id.guidance")
    visit_needed = fields.Boolean(related="category_id.visit_needed")
    suggestion_ids = fields.Many2many(
        "haerun.ticket.category",
        string="Suggested Categories",
        compute="_compute_suggestion",
    )
    suggestion = fields.Char(string="Because of", compute="_compute_suggestion")
    proposed_id = fields.Many2one(
        "haerun.ticket.category",
        string="Proposed Category",
        store=False,
        help="What the form has proposed so far.",
    )
    # who asks, and where
    anonymous = fields.Boolean(
        help="The customer gives no name and no number: nobody can be called back."
    )
    customer = fields.Char(tracking=True)
    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        index="btree_not_null",
        ondelete="restrict",
    )
    point_id = fields.Many2one(
        "haerun.service.point",
        string="Service Point",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('account_id', '=', account_id)]",
    )
    address = fields.Char(tracking=True)
    area_id = fields.Many2one(
        "haerun.service.area",
        string="Service Area",
        compute="_compute_area_id",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    repeat_of_id = fields.Many2one(
        "haerun.ticket",
        string="Repeats",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    repeat_ids = fields.One2many("haerun.ticket", "repeat_of_id", readonly=True)
    parent_id = fields.Many2one(
        "haerun.ticket",
        string="Parent Ticket",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="A parent is closed after all its children.",
    )
    child_ids = fields.One2many("haerun.ticket", "parent_id", string="Child Tickets")
    # how far
    step = fields.Selection(
        way.STEPS,
        default="accepted",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    opened_at = fields.Datetime(string="Taken In", readonly=True, index=True)
    intake_user_id = fields.Many2one(
        "res.users", string="Taken In By", readonly=True, index=True
    )
    intake_unit_id = fields.Many2one("hr.department", readonly=True)
    forwarded_at = fields.Datetime(readonly=True)
    forwarded_by_id = fields.Many2one("res.users", readonly=True)
    signed_at = fields.Datetime(readonly=True)
    contacted_at = fields.Datetime(string="First Contact", readonly=True)
    on_site_at = fields.Datetime(string="On Site", readonly=True)
    replied_at = fields.Datetime(string="Replied", readonly=True)
    audited_at = fields.Datetime(string="Audited", readonly=True)
    fed_back_at = fields.Datetime(string="Fed Back", readonly=True)
    visited_at = fields.Datetime(string="Visited", readonly=True)
    ended_at = fields.Datetime(string="Ended", readonly=True, index="btree_not_null")
    # who
    responsible_id = fields.Many2one(
        "haerun.representative",
        string="Goes To",
        compute="_compute_responsible_id",
        help="By category, area and class; who acts for him gets it.",
    )
    handler_id = fields.Many2one(
        "haerun.representative",
        string="Handled By",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    handling_unit_id = fields.Many2one(
        "hr.department",
        string="Handling Unit",
        readonly=True,
        index="btree_not_null",
        help="As of the last forwarding; a later transfer leaves it as is.",
    )
    coordinator_id = fields.Many2one(
        "haerun.representative",
        string="CSD",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The CSD representative who coordinates, audits, feeds back and visits.",
    )
    needs_audit = fields.Boolean(readonly=True)
    # what comes of it
    draft = fields.Text(string="Written Reply")
    result = fields.Selection(way.RESULTS, tracking=True)
    result_text = fields.Text(string="Final Result", readonly=True)
    feedback_channel_id = fields.Many2one(
        "haerun.channel", string="Fed Back By", readonly=True, ondelete="restrict"
    )
    step_before_end = fields.Selection(way.STEPS, readonly=True)
    end_reason = fields.Char(readonly=True)
    return_count = fields.Integer(string="Returned (times)", readonly=True)
    rewrite_count = fields.Integer(string="Rewritten (times)", readonly=True)
    redo_count = fields.Integer(string="Redone (times)", readonly=True)
    # what belongs to it
    event_ids = fields.One2many("haerun.ticket.event", "ticket_id", string="Ledger")
    reply_ids = fields.One2many("haerun.ticket.reply", "ticket_id", string="Replies")
    request_ids = fields.One2many(
        "haerun.ticket.request", "ticket_id", string="Requests"
    )
    contact_ids = fields.One2many(
        "haerun.contact.log", "ticket_id", string="Contacts", readonly=True
    )

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    # worded as lists ask: “step in …” of open steps is known to imply it
    _step_due_idx = models.Index(f"(step, due_at) WHERE {OPEN}")
    _unit_step_idx = models.Index(f"(unit_id, step) WHERE {OPEN}")

    # ---------------------------------------------------------- compute
    @api.depends("number", "title")
    def _compute_display_name(self):
        for ticket in self:
            ticket.display_name = " ".join(filter(None, (ticket.number, ticket.title)))

    @api.depends("category_id")
    def _compute_asked(self):
        for ticket in self:
            # sudo: what a category asks for is no secret
            category = ticket.sudo().category_id
            ticket.kind = category.kind
            ticket.rep_class = category.rep_class
            ticket.danger = category.danger
            ticket.priority = category.priority or "0"
            ticket.complex = category.complex

    @api.depends("account_id", "address")
    def _compute_area_id(self):
        areas = self.env["haerun.service.area"]
        for ticket in self:
            # sudo: whose area an account lies in is no secret
            area = ticket.sudo().account_id.area_id
            found = area or areas._match_address(ticket.address)
            ticket.area_id = found or ticket.area_id

    @api.depends("category_id", "area_id")
    def _compute_responsible_id(self):
        for ticket in self:
            found = ticket.category_id and ticket.category_id._representative(
                ticket.area_id
            )
            ticket.responsible_id = found or False

    @api.depends("title", "text")
    def _compute_suggestion(self):
        rules = self.env["haerun.ticket.rule"]
        for ticket in self:
            found = rules._suggest(f"{ticket.title or ''} {ticket.text or ''}")
            ticket.suggestion_ids = [row["category_id"] for row in found]
            names = {one.id: one.name for one in ticket.suggestion_ids._origin}
            ticket.suggestion = "；".join(
                f"{names.get(row['category_id'], '')}：{'、'.join(row['words'])}"
                for row in found
            )

    # --------------------------------------------------------- onchange
    @api.onchange("title", "text")
    def _onchange_text(self):
        """The likeliest category is proposed until another is chosen by hand."""
        if not self.category_id or self.category_id == self.proposed_id:
            self.category_id = self.suggestion_ids[:1]._origin
            self.proposed_id = self.category_id

    @api.onchange("account_id")
    def _onchange_account_id(self):
        account = self.account_id
        if account:
            self.customer = account.name
            self.address = account.address
            points = account.point_ids
            self.point_id = points if len(points) == 1 else False

    # ------------------------------------------------------- constrains
    @api.constrains("parent_id")
    def _check_parent_id(self):
        for ticket in self:
            if ticket._has_cycle():
                raise ValidationError(
                    self.env._(
                        "%s cannot be its own parent: choose another.",
                        ticket.display_name,
                    )
                )
            if ticket.sudo().parent_id.step in way.ENDED:
                raise ValidationError(
                    self.env._(
                        "%s has ended: a child is hung onto an open ticket.",
                        ticket.sudo().parent_id.display_name,
                    )
                )

    @api.constrains("account_id", "point_id")
    def _check_point_id(self):
        for ticket in self.sudo():
            if ticket.point_id and ticket.point_id.account_id != ticket.account_id:
                raise ValidationError(
                    self.env._(
                        "%(ticket)s: service point %(point)s is of another account; "
                        "choose one of %(account)s.",
                        ticket=ticket.display_name,
                        point=ticket.point_id.display_name,
                        account=ticket.account_id.display_name or "–",
                    )
                )

    # ------------------------------------------------------------- CRUD
    def copy(self, default=None):
        raise UserError(self.env._("A ticket is never copied: take in a new one."))

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
        """All but what is typed in comes about by the steps."""
        by_hand = way.INTAKE | way.HANDLED | way.FREE
        return SUPERVISED | by_steps(self, by_hand)

    # ------------------------------------------------------------ mixin
    @api.model
    def _haerun_open_domain(self):
        return [("step", "in", way.OPEN)]

    def _haerun_title(self):
        self.ensure_one()
        return f"工单 {self.display_name}"

    def _haerun_clock_holder(self):
        """Until it is forwarded, who took it in is charged."""
        holder = super()._haerun_clock_holder()
        if not self.acting_user_id and self.step == "accepted":
            ticket = self.sudo()
            holder["acting_user_id"] = ticket.intake_user_id.id
            holder["unit_id"] = ticket.intake_unit_id.id
        return holder

    def _step_name(self):
        return label(self, "step")
