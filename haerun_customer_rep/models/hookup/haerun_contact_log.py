from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.context import without_defaults

STATES = [("planned", "Planned"), ("done", "Done"), ("cancelled", "Dropped")]
#: set by the entry's own buttons and by the system alone
PROTECTED = frozenset(
    {
        "state",
        "done_at",
        "done_by_id",
        "done_for_id",
        "follows_id",
        "before_work",
        "representative_id",
        "owner_user_id",
        "acting_user_id",
        "unit_id",
        "at",
    }
)


class ContactLog(models.Model):
    """A contact with a unit outside or the customer, planned or done (R7, R10, R26).

    A contact that is done is evidence: what comes later is another entry.
    """

    _name = "haerun.contact.log"
    _inherit = [
        "haerun.hookup.part",
        "haerun.protected.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Contact"
    _order = "at desc, id desc"

    with_whom = fields.Selection(
        [
            ("unit", "External unit"),
            ("customer", "Customer"),
            ("internal", "Unit of the company"),
        ],
        string="With",
        default="unit",
        required=True,
    )
    external_unit_id = fields.Many2one(
        "haerun.external.unit", string="Unit Contacted", index=True, ondelete="restrict"
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Department Contacted",
        index="btree_not_null",
        ondelete="restrict",
        help="Of the company: how a branch is in touch with CSD and EMD (R29).",
    )
    external_kind = fields.Selection(
        related="external_unit_id.kind", string="Kind of Unit", store=True
    )
    project_id = fields.Many2one(
        "haerun.hookup.project", string="Project", index=True, ondelete="restrict"
    )
    before_work = fields.Boolean(
        string="Before Work",
        readonly=True,
        help="The contact with the customer that must come before work starts (R26).",
    )
    mode = fields.Selection(
        [("ad_hoc", "As needed"), ("regular", "Regular")],
        string="Occasion",
        default="ad_hoc",
        required=True,
        index=True,
    )
    every_weeks = fields.Integer(
        string="Every (weeks)",
        default=4,
        help="Doing a regular contact plans the next.",
    )
    state = fields.Selection(
        STATES,
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    planned_at = fields.Datetime(string="Planned For", tracking=True)
    contact_at = fields.Datetime(string="Took Place", copy=False)
    at = fields.Datetime(
        string="Time", compute="_compute_at", store=True, index=True, readonly=True
    )
    overdue = fields.Boolean(compute="_compute_overdue", search="_search_overdue")
    how = fields.Selection(
        [
            ("phone", "Phone"),
            ("visit", "Visit"),
            ("meeting", "Meeting"),
            ("site", "On site"),
        ],
        copy=False,
    )
    person = fields.Char(string="Spoke To", copy=False)
    matter = fields.Text(required=True)
    resolution = fields.Text(copy=False, help="What was agreed or solved.")
    open_point = fields.Char(copy=False, help="What remains to be solved.")
    open_until = fields.Date(string="Open Until", copy=False)
    open_state = fields.Selection(
        [("none", "Nothing open"), ("open", "Open"), ("settled", "Settled")],
        string="Open Point Status",
        compute="_compute_open_state",
        store=True,
    )
    follows_id = fields.Many2one(
        "haerun.contact.log",
        string="Follows",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    follow_up_ids = fields.One2many("haerun.contact.log", "follows_id", readonly=True)
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    owner_user_id = fields.Many2one(
        "res.users", string="Principal", readonly=True, index=True
    )
    acting_user_id = fields.Many2one(
        "res.users", string="Acts now", readonly=True, index=True
    )
    unit_id = fields.Many2one(
        "hr.department", string="Unit", readonly=True, index=True, ondelete="restrict"
    )
    done_at = fields.Datetime(string="Recorded At", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        "res.users", string="Done By", readonly=True, copy=False, index="btree_not_null"
    )
    done_for_id = fields.Many2one(
        "res.users",
        string="Done For",
        readonly=True,
        copy=False,
        help="The principal, when the deputy did it.",
    )

    _planned_idx = models.Index("(planned_at) WHERE state = 'planned'")

    # ---------------------------------------------------------- compute
    @api.depends(
        lambda self: (
            "external_unit_id",
            "department_id",
            "with_whom",
            "before_work",
            *self._matter_fields(),
        )
    )
    def _compute_display_name(self):
        for log in self:
            matter = log._matter()
            who = {
                "customer": matter._contact_customer() if matter else False,
                "internal": log.department_id.sudo().name,
            }.get(log.with_whom, log.external_unit_id.name)
            what = (
                self.env._("Contact before work")
                if log.before_work
                else self.env._("Contact")
            )
            parts = [what, matter._contact_number() if matter else False, who]
            log.display_name = " ".join(part for part in parts if part)

    @api.depends("planned_at", "contact_at")
    def _compute_at(self):
        for log in self:
            log.at = log.contact_at or log.planned_at

    @api.depends("state", "planned_at")
    def _compute_overdue(self):
        now = fields.Datetime.now()
        for log in self:
            log.overdue = bool(
                log.state == "planned" and log.planned_at and log.planned_at < now
            )

    @api.model
    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "planned") & Domain(
            "planned_at", "<", fields.Datetime.now()
        )
        if set(value) >= {True, False}:
            return Domain.TRUE
        return late if True in value else ~late

    @api.depends("state", "open_point", "follow_up_ids.state")
    def _compute_open_state(self):
        for log in self:
            if log.state != "done" or not log.open_point:
                log.open_state = "none"
            else:
                settled = "done" in log.follow_up_ids.mapped("state")
                log.open_state = "settled" if settled else "open"

    def _compute_project_access(self):
        """An entry without a project has nobody who reads it through one."""
        alone = self.filtered(lambda log: not log.project_id)
        alone.project_access = False
        return super(ContactLog, self - alone)._compute_project_access()

    # ------------------------------------------------------- constrains
    @api.constrains(
        lambda self: (
            "with_whom",
            "external_unit_id",
            "department_id",
            *self._matter_fields(),
        )
    )
    def _check_with_whom(self):
        for log in self:
            if log.with_whom == "unit" and not log.external_unit_id:
                raise ValidationError(
                    self.env._("Choose the unit that is contacted, or the customer.")
                )
            if log.with_whom == "internal" and not log.department_id:
                raise ValidationError(
                    self.env._("Choose the department that is contacted.")
                )
            if log.with_whom == "customer" and not log._matter():
                raise ValidationError(
                    self.env._("Choose the matter whose customer is contacted.")
                )

    @api.constrains("mode", "every_weeks")
    def _check_every_weeks(self):
        for log in self:
            if log.mode == "regular" and not 1 <= log.every_weeks <= 52:
                raise ValidationError(
                    self.env._(
                        "%s: a regular contact comes every 1 to 52 weeks.",
                        log.display_name,
                    )
                )

    @api.constrains("open_point", "open_until")
    def _check_open_until(self):
        for log in self:
            if log.open_point and not log.open_until:
                raise ValidationError(
                    self.env._(
                        "%s: say until when the open point is to be solved.",
                        log.display_name,
                    )
                )

    @api.constrains("contact_at")
    def _check_contact_at(self):
        for log in self:
            if log.contact_at and log.contact_at > fields.Datetime.now():
                raise ValidationError(
                    self.env._(
                        "%s: a contact that took place lies in the past; plan it "
                        "instead.",
                        log.display_name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Plan or write down contacts; who is to make them is told by an activity."""
        if not self.env.su:
            for vals in vals_list:
                self._check_protected(vals, PROTECTED)
                # what one may not read, one does not write about
                for name in self._matter_fields():
                    self.env[self._fields[name].comodel_name].browse(
                        vals.get(name) or []
                    ).check_access("read")
        else:
            vals_list = [dict(vals) for vals in vals_list]
        held = [
            {**vals, **({} if "owner_user_id" in vals else self._holder(vals))}
            for vals in vals_list
        ]
        logs = super(
            # sudo: the holder is set by the system; rights are checked below
            ContactLog,
            without_defaults(self, PROTECTED).sudo(),
        ).create(held)
        logs = logs.with_env(self.env)
        logs.check_access("create")
        logs._plan_activity()
        return logs

    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals, PROTECTED.union(self._matter_fields()))
            if vals.keys() - {"message_main_attachment_id"}:
                over = self.filtered(lambda log: log.state != "planned")
                if over:
                    raise UserError(
                        self.env._(
                            "%s is over and stays as it is: write a follow-up.",
                            over[0].display_name,
                        )
                    )
        moved = self.browse()
        if "planned_at" in vals:
            planned_at = fields.Datetime.to_datetime(vals["planned_at"])
            moved = self.filtered(lambda log: log.planned_at != planned_at)
        result = super().write(vals)
        moved._plan_activity()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("%s stays in the log: drop it instead.", self[:1].display_name)
        )

    # ------------------------------------------------------------ hooks
    @api.model
    def _matter_fields(self):
        """Return the names of the links to what a contact may be about.

        Later add-ons add theirs, to models with ``haerun.supervised.mixin``.
        """
        return ["project_id"]

    def _matter(self):
        """Return the matter this contact is about, as superuser, or None."""
        self.ensure_one()
        for name in self._matter_fields():
            if matter := self.sudo()[name]:
                return matter
        return None

    def _haerun_is_evidence(self):
        return self.state == "done"
