from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ...tools.context import without_defaults
from ...tools.inspection import KINDS
from ...tools.state import choices, label
from ..time.haerun_supervised_mixin import PROTECTED

STATES = [
    ("issued", "To Rectify"),
    ("rectified", "To Re-Inspect"),
    ("closed", "Closed"),
    ("withdrawn", "Withdrawn"),
]
OPEN = ("issued", "rectified")
SEVERITIES = [("minor", "Minor"), ("ordinary", "Ordinary"), ("serious", "Serious")]
#: what was said when the opinion was raised
SAID = frozenset(
    {"project_id", "inspection_id", "point_id", "opinion", "severity", "photo_ids"}
)
#: what the system wrote from an inspection, for its author to word
WORDED = frozenset({"opinion", "severity"})


class HookupRectification(models.Model):
    """整改意见: what is to be put right, tracked until it is closed (R30-R32).

    Raised by who works on the project or by the branch's representative; held by who
    holds the project; re-inspected by somebody else than who reported it.
    """

    _name = "haerun.hookup.rectification"
    _inherit = [
        "haerun.photo.mixin",
        "haerun.hookup.part",
        "haerun.supervised.mixin",
    ]
    _description = "Rectification Opinion"
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "opinion"]
    _haerun_photo_fields = ("photo_ids", "photo_after_ids")
    _haerun_protected = PROTECTED | {
        "number",
        "kind",
        "state",
        "raised_by_id",
        "raised_for_id",
        "raised_at",
        "rectified_at",
        "rectified_by_id",
        "rectified_for_id",
        "closed_at",
        "closed_by_id",
        "closed_for_id",
        "returned_count",
        "return_reason",
        "withdrawn_at",
        "withdrawn_by_id",
        "withdraw_reason",
        "round_ids",
        "work_days",
    }

    number = fields.Char(readonly=True, copy=False)
    project_id = fields.Many2one(
        "haerun.hookup.project",
        string="Project",
        required=True,
        index=True,
        ondelete="restrict",
    )
    applicant_name = fields.Char(related="project_id.applicant_name")
    address = fields.Char(related="project_id.address")
    inspection_id = fields.Many2one(
        "haerun.hookup.inspection",
        string="From Inspection",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('project_id', '=', project_id)]",
    )
    point_id = fields.Many2one(
        "haerun.inspection.point", index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(KINDS, string="Stage", readonly=True, index=True)
    opinion = fields.Text(required=True, tracking=True)
    severity = fields.Selection(
        SEVERITIES, default="ordinary", required=True, tracking=True
    )
    responsible = fields.Char(
        string="Responsible Party",
        tracking=True,
        help="Who has to put it right: the contractor, the customer.",
    )
    photo_ids = fields.Many2many(string="Photos Before")
    state = fields.Selection(
        STATES,
        default="issued",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    raised_at = fields.Datetime(readonly=True, copy=False, index=True)
    raised_by_id = fields.Many2one("res.users", readonly=True, copy=False, index=True)
    raised_for_id = fields.Many2one(
        "res.users", string="Raised For", readonly=True, copy=False
    )

    # put right
    done = fields.Text(string="What Was Done", copy=False)
    photo_after_ids = fields.Many2many(
        "ir.attachment",
        "haerun_hookup_rectification_after_rel",
        string="Photos After",
        copy=False,
    )
    rectified_at = fields.Datetime(readonly=True, copy=False)
    rectified_by_id = fields.Many2one(
        "res.users", string="Reported By", readonly=True, copy=False
    )
    rectified_for_id = fields.Many2one(
        "res.users", string="Reported For", readonly=True, copy=False
    )
    round_ids = fields.One2many(
        "haerun.rectification.round",
        "rectification_id",
        string="Rounds",
        readonly=True,
        copy=False,
    )
    returned_count = fields.Integer(string="Times Returned", readonly=True, copy=False)
    return_reason = fields.Char(readonly=True, copy=False, tracking=True)
    closed_at = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_for_id = fields.Many2one("res.users", readonly=True, copy=False)
    withdrawn_at = fields.Datetime(readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    withdraw_reason = fields.Char(readonly=True, copy=False, tracking=True)
    work_days = fields.Float(
        string="Working Days",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="From raised to closed, by the shift of the unit that held it.",
    )
    may_judge = fields.Boolean(compute="_compute_may")
    may_report = fields.Boolean(compute="_compute_may")
    may_reword = fields.Boolean(compute="_compute_may")
    is_mine = fields.Boolean(compute="_compute_may", help="The present user raised it.")

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _project_state_idx = models.Index("(project_id, state)")

    # ---------------------------------------------------------- compute
    @api.depends("number", "opinion")
    def _compute_display_name(self):
        for record in self:
            first = (record.opinion or "").strip().split("\n")[0][:30]
            record.display_name = " ".join(filter(None, [record.number, first]))

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may(self):
        for record in self:
            record.may_judge = record.state == "rectified" and record._may_judge()
            record.may_report = record.state == "issued" and record._may_report()
            record.is_mine = self.env.user in (
                record.sudo().raised_by_id | record.sudo().raised_for_id
            )
            record.may_reword = (
                record.is_mine
                and record.state == "issued"
                and record.sudo().inspection_id.state == "failed"
                and not record.sudo().round_ids
            )

    # --------------------------------------------------------- onchange
    @api.onchange("inspection_id")
    def _onchange_inspection_id(self):
        if self.inspection_id and not self.responsible:
            self.responsible = self.inspection_id.participants

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Raise opinions; the clock to their closure runs from now (R30, R31).

        :raise AccessError: when the user neither works on the project nor is its
            branch representative
        :raise UserError: when a photo or the opinion is missing
        """
        self.browse().check_access("create")
        records = self.browse()
        clean = without_defaults(self, self._haerun_protected)
        for vals in vals_list:
            self._check_protected(vals)
            self._check_asked(vals)
            project = self.env["haerun.hookup.project"].browse(vals.get("project_id"))
            inspection = self.env["haerun.hookup.inspection"].browse(
                vals.get("inspection_id")
            )
            project._check_may_raise()
            self._check_said(project, inspection, vals)
            # sudo: the branch's representative does not write the project; who raised
            # it, when and for whom is recorded by the system
            record = super(HookupRectification, clean.sudo()).create(
                [
                    {
                        **vals,
                        "number": self._next_number(),
                        "kind": inspection.kind or project._works_kind(),
                        "raised_by_id": self.env.uid,
                        "raised_for_id": (
                            project._on_behalf() or project._branch_on_behalf()
                        ).id,
                        "raised_at": fields.Datetime.now(),
                    }
                ]
            )
            record._own_photos()
            record._assign(project.sudo().owner_id)
            record._note_on_project(self.env._("Rectification raised"))
            records |= record
        records._reach("issued")
        # who raised it is not shown the clocks that the system has just begun
        records.invalidate_recordset(["clock_ids"])
        return records.with_env(self.env)

    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals)
            self._check_writable(vals)
            if WORDED.issuperset(vals) and all(self.mapped("may_reword")):
                # sudo: the branch's representative does not write the project
                return super(HookupRectification, self.sudo()).write(vals)
        return super().write(vals)

    def copy(self, default=None):
        raise UserError(self.env._("An opinion is never copied: raise a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%s is part of the project's file: withdraw it instead.",
                self[:1].display_name,
            )
        )

    # ----------------------------------------------------------- checks
    @api.model
    def _check_asked(self, vals):
        """The system creates as superuser: nothing else may come along."""
        if self.env.su:
            return
        allowed = SAID | {"responsible"}
        forged = sorted(name for name in vals.keys() - allowed if vals[name])
        if forged:
            raise AccessError(
                self.env._(
                    "%s of an opinion comes about as it is handled: leave it out.",
                    self._fields[forged[0]]._description_string(self.env),
                )
            )
        links = (Command.LINK, Command.SET)
        for command in vals.get("photo_ids") or []:
            if not isinstance(command, int) and command[0] not in links:
                raise AccessError(
                    self.env._("A photo is taken first, then laid with the opinion.")
                )
        photos = self.new({"photo_ids": vals.get("photo_ids")}).photo_ids._origin
        photos.check_access("read")

    @api.model
    def _check_said(self, project, inspection, vals):
        if inspection and inspection.sudo().project_id != project:
            raise UserError(
                self.env._(
                    "%(inspection)s is not of %(project)s: choose one of its own.",
                    inspection=inspection.sudo().display_name,
                    project=project.display_name,
                )
            )
        photos = self.new({"photo_ids": vals.get("photo_ids")}).photo_ids
        if not photos:
            raise UserError(
                self.env._(
                    "An opinion on %s needs a photo of what is to be put right: take "
                    "one.",
                    project.display_name,
                )
            )
        if not (vals.get("opinion") or "").strip():
            raise UserError(
                self.env._("Write what is to be put right on %s.", project.display_name)
            )

    def _check_writable(self, vals):
        """What was raised stays; what was done is filled in until it is reported."""
        free = {name for name in vals if name.startswith(("message_", "activity_"))}
        for record in self:
            said = SAID & vals.keys()
            if record.may_reword:
                said -= WORDED
            if said:
                raise UserError(
                    self.env._(
                        "%(field)s of %(record)s stays as it was raised: withdraw it "
                        "and raise a new one.",
                        field=self._fields[min(said)]._description_string(self.env),
                        record=record.display_name,
                    )
                )
            if record.state != "issued" and vals.keys() - free:
                raise UserError(
                    self.env._(
                        "%(record)s is reported or over (%(state)s) and stays as it "
                        "is.",
                        record=record.display_name,
                        state=label(record),
                    )
                )

    # ------------------------------------------------------------ mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "in", OPEN)]

    def _haerun_title(self):
        self.ensure_one()
        return f"整改 {self.display_name}"

    def _haerun_is_evidence(self):
        return True

    @api.model
    def _my_work_domain(self):
        """To put right: the holder; to re-inspect: who raised it, or the branch."""
        uid = self.env.uid
        mine = Domain("acting_user_id", "=", uid) & Domain("state", "=", "issued")
        raised = Domain("raised_by_id", "=", uid) | Domain("raised_for_id", "=", uid)
        branch = Domain("project_id.branch_rep_id.acting_user_id", "=", uid)
        not_me = Domain("rectified_by_id", "!=", uid) & Domain(
            "rectified_for_id", "!=", uid
        )
        judge = Domain("state", "=", "rectified") & (raised | branch) & not_me
        return mine | judge

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        states = choices(self, "state")
        for card, record in zip(cards, self, strict=True):
            # sudo: who holds an opinion sees whose works it is about
            project = record.project_id.sudo()
            card.update(
                step=states[record.state],
                customer=project.applicant_name,
                address=project.address,
                text=record.return_reason
                and self.env._("Returned: %s", record.return_reason)
                or record.responsible
                or False,
                actions=[
                    {
                        "method": "action_open",
                        "label": self.env._("Report Rectified")
                        if record.state == "issued"
                        else self.env._("Re-Inspect"),
                        "primary": True,
                    }
                ],
            )
        return cards

    # --------------------------------------------------------- business
    @api.model
    def _next_number(self):
        # sudo: who raises an opinion may not read sequences
        return self.env.ref("haerun_customer_rep.seq_rectification").sudo().next_by_id()

    def _note_on_project(self, what):
        for record in self.sudo():
            record.project_id.message_post(
                body=self.env._(
                    "%(what)s: %(record)s", what=what, record=record.display_name
                ),
                author_id=self.env.user.partner_id.id,
            )
