from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import outage_way as way


class Outage(models.Model):
    """停水公告: where there is no water, why and until when (R48, R85, R109).

    Planned ones are announced 24 hours ahead (城市供水条例 Art. 22); who cannot says
    why. Its places are data by which a caller, an account or a petition finds it in
    one statement. Steps go by server time and leave a line in its ledger.
    """

    _name = "haerun.outage"
    _description = "Outage"
    _inherit = ["haerun.branch.mixin", "haerun.by.hand.mixin", "mail.thread"]
    _order = "planned_from desc, id desc"
    _rec_names_search = ["number", "name", "external_no", "place_text"]
    _by_hand = way.BY_HAND
    _numbered = ("number", "haerun_service_ticket.sequence_outage")

    number = fields.Char(readonly=True, copy=False)
    external_no = fields.Char(
        string="Dispatch's Number", copy=False, help="That of the dispatching system."
    )
    kind = fields.Selection(way.KINDS, required=True, default="planned", tracking=True)
    name = fields.Char(
        string="Title",
        compute="_compute_name",
        store=True,
        readonly=False,
    )
    reason = fields.Char(required=True, tracking=True)
    unit_id = fields.Many2one(
        required=True, default=lambda self: self._default_unit_id()
    )
    planned_from = fields.Datetime(string="Begins", required=True, tracking=True)
    planned_to = fields.Datetime(
        string="Expected to End",
        required=True,
        tracking=True,
        help="Put off by an extension, with its reason.",
    )
    first_planned_to = fields.Datetime(
        string="First Announced to End", readonly=True, copy=False
    )
    short_reason = fields.Char(
        string="Why Not 24 Hours Ahead",
        copy=False,
        help="A planned outage is announced 24 hours ahead; what is urgent gives its "
        "reason.",
    )
    short_notice = fields.Boolean(compute="_compute_short_notice")
    approval_no = fields.Char(
        string="Approval",
        copy=False,
        help="Number under which the water authority approved a planned outage.",
    )
    place_ids = fields.One2many("haerun.outage.place", "outage_id", string="Places")
    place_text = fields.Char(string="Where", compute="_compute_place_text", store=True)
    account_count = fields.Integer(
        string="Accounts Affected", readonly=True, copy=False
    )
    household_count = fields.Integer(string="Households", readonly=True, copy=False)
    other_count = fields.Integer(
        string="Enterprises and Public Buildings",
        readonly=True,
        copy=False,
        help="Enterprises, institutions, public buildings: to be called.",
    )
    water_points = fields.Char(
        string="Water Is Given Out At", help="Where customers get water meanwhile."
    )
    notice_text = fields.Text(
        string="Text of the Notice",
        compute="_compute_notice_text",
        store=True,
        readonly=False,
        copy=False,
        help="By the template, until it is announced.",
    )
    step = fields.Selection(
        way.STEPS,
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    announced_at = fields.Datetime(string="Announced At", readonly=True, copy=False)
    began_at = fields.Datetime(string="Water Off", readonly=True, copy=False)
    restored_at = fields.Datetime(string="Supply Restored", readonly=True, copy=False)
    withdrawn_at = fields.Datetime(string="Withdrawn", readonly=True, copy=False)
    late = fields.Boolean(
        string="Longer than Announced", compute="_compute_late", search="_search_late"
    )
    ticket_id = fields.Many2one(
        "haerun.ticket",
        string="Repaired Under",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The ticket of the burst main.",
    )
    petition_ids = fields.One2many("haerun.petition", "outage_id", string="Petitions")
    petition_count = fields.Integer(
        string="Number of Petitions", compute="_compute_petition_count"
    )
    waiting_count = fields.Integer(
        string="Petitions to Answer", compute="_compute_petition_count"
    )
    event_ids = fields.One2many("haerun.outage.event", "outage_id", string="Ledger")
    message_count = fields.Integer(
        string="Text Messages", compute="_compute_message_count"
    )

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _external_uniq = models.UniqueIndex(
        "(external_no) WHERE external_no IS NOT NULL",
        "Dispatch has sent this number already.",
    )
    _planned_in_order = models.Constraint(
        "CHECK (planned_to > planned_from)",
        "An outage ends after it begins: put the times right.",
    )

    @api.model
    def _default_unit_id(self):
        # sudo: where the user is employed
        return self.env.user.sudo().employee_id.department_id

    # ---------------------------------------------------------- compute
    @api.depends("number", "name")
    def _compute_display_name(self):
        for outage in self:
            outage.display_name = " ".join(filter(None, (outage.number, outage.name)))

    @api.depends("place_text", "kind")
    def _compute_name(self):
        """By its places, as long as nobody has given it a title of its own."""
        own = tuple(way.CALLED.values())
        for outage in self:
            by_hand = outage.name and not outage.name.endswith(own)
            if outage.step == "draft" and outage.place_text and not by_hand:
                outage.name = f"{outage.place_text[:40]}{outage._what()}"

    @api.depends("place_ids.text")
    def _compute_place_text(self):
        for outage in self:
            outage.place_text = "、".join(filter(None, outage.place_ids.mapped("text")))

    @api.depends("kind", "planned_from", "announced_at", "step")
    def _compute_short_notice(self):
        hours = self.env["haerun.outage.policy"]._get().notice_hours
        now = fields.Datetime.now()
        for outage in self:
            told = outage.announced_at or now
            outage.short_notice = bool(
                outage.kind == "planned"
                and outage.step != "withdrawn"
                and outage.planned_from
                and outage.planned_from < told + timedelta(hours=hours)
            )

    @api.depends(
        "kind", "planned_from", "planned_to", "place_text", "reason", "water_points"
    )
    def _compute_notice_text(self):
        policy = self.env["haerun.outage.policy"]._get()
        for outage in self:
            if outage.step == "draft":
                outage.notice_text = policy._worded("notice_text", outage)

    @api.depends("step", "planned_to")
    def _compute_late(self):
        now = fields.Datetime.now()
        for outage in self:
            outage.late = outage.step in way.OPEN and outage.planned_to < now

    @api.model
    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("step", "in", way.OPEN) & Domain(
            "planned_to", "<", fields.Datetime.now()
        )
        if set(value) >= {True, False}:
            return Domain.TRUE
        return late if True in value else ~late

    @api.depends("petition_ids.state")
    def _compute_petition_count(self):
        # sudo: how many ask is no secret, who does is
        groups = (
            self.env["haerun.petition"]
            .sudo()
            ._read_group(
                [("outage_id", "in", self.ids)], ["outage_id", "state"], ["__count"]
            )
        )
        counts, owed = {}, {}
        for outage, state, count in groups:
            counts[outage.id] = counts.get(outage.id, 0) + count
            if state in ("waiting", "linked"):
                owed[outage.id] = owed.get(outage.id, 0) + count
        for outage in self:
            outage.petition_count = counts.get(outage._origin.id, 0)
            outage.waiting_count = owed.get(outage._origin.id, 0)

    def _compute_message_count(self):
        groups = (
            self.env["haerun.outage.message"]
            .sudo()
            ._read_group([("outage_id", "in", self.ids)], ["outage_id"], ["__count"])
        )
        counts = {outage.id: count for outage, count in groups}
        for outage in self:
            outage.message_count = counts.get(outage._origin.id, 0)

    # ------------------------------------------------------- constrains
    @api.constrains("step", "place_ids")
    def _check_place_ids(self):
        for outage in self:
            if outage.step not in ("draft", "withdrawn") and not outage.place_ids:
                raise ValidationError(
                    self.env._("%s: say where there is no water.", outage.display_name)
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Write outages down as drafts, numbered."""
        outages = super().create(vals_list)
        outages._recount()
        outages._hang_tickets()
        return outages

    def write(self, vals):
        if not self.env.su:
            frozen = sorted(vals.keys() & (way.BY_HAND - way.FREE))
            told = self.filtered(lambda outage: outage.step != "draft")
            if frozen and told:
                raise UserError(
                    self.env._(
                        "%(outage)s is announced: %(field)s stays as it was told; "
                        "extend it, or withdraw it and announce another.",
                        outage=told[0].display_name,
                        field=self._fields[frozen[0]]._description_string(self.env),
                    )
                )
        result = super().write(vals)
        if "place_ids" in vals:
            self._recount()
        if "ticket_id" in vals:
            self._hang_tickets()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        told = self.filtered(lambda outage: outage.step != "draft")
        if told:
            raise UserError(
                self.env._(
                    "%s was announced and stays: withdraw it with a reason.",
                    told[0].display_name,
                )
            )
