from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import hookup_route
from ...tools.numbering import fresh_numbers
from ..time.haerun_supervised_mixin import PROTECTED as SUPERVISED
from ..time.haerun_suspended_mixin import SUSPENDED

DIAMETERS = [
    (str(size), f"DN{size}") for size in (15, 20, 25, 40, 50, 80, 100, 150, 200, 300)
]
#: set by the step methods alone
PROTECTED = frozenset(
    {
        "number",
        "step",
        "phase",
        "step_before_end",
        "coordinator_id",
        "branch_rep_id",
        "setbacks",
        "partner_id",
        "page_token",
        "accepted_at",
        "intake_user_id",
        "service_version_id",
        "handed_over_at",
        "handover_minutes",
        "material_notice_ids",
        "ended_at",
        "end_reason",
        "water_day",
        "water_day_how",
        "water_day_at",
        "water_day_by_id",
        "water_on_id",
        "water_agreed_at",
        "marketing_rep_id",
        "account_handed_at",
        "account_task_id",
        "account_handed_by_id",
        "account_note",
        "account_opened_by_id",
        "survey_id",
        "survey_planned_at",
        "design_id",
        "review_id",
        "filing_id",
        # computed, stored for lists and pivots
        "materials_complete",
        "missing_count",
        "outside_line",
    }
)


class HookupProject(models.Model):
    """A customer's application for water and its way to the tap (R15-R39)."""

    _name = "haerun.hookup.project"
    _inherit = ["haerun.suspended.mixin", "haerun.contact.mixin"]
    _description = "Hookup Project"
    _order = "id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "applicant_name", "address"]
    _haerun_protected = SUPERVISED | SUSPENDED | PROTECTED

    number = fields.Char(readonly=True, copy=False)
    channel_id = fields.Many2one(
        "haerun.channel",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["haerun.channel"].search([], limit=1),
    )
    external_no = fields.Char(
        string="External Number",
        copy=False,
        help="The number under which the channel knows this application.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
        help="Found by phone and name, or created.",
    )
    applicant_name = fields.Char(string="Applicant", required=True, tracking=True)
    address = fields.Char(string="Water Address", required=True, tracking=True)
    area_id = fields.Many2one(
        "haerun.service.area",
        string="Service Area",
        compute="_compute_area_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    responsible_id = fields.Many2one(
        "haerun.representative",
        string="Representative of the Area",
        compute="_compute_responsible_id",
        help="The CSD engineering representative who gets this project.",
    )
    service_type_id = fields.Many2one(
        "haerun.service.type",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    service_version_id = fields.Many2one(
        "haerun.service.version",
        string="Rules Applied",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
        help="Materials and promised time as of the day of acceptance.",
    )
    expected_use = fields.Float(
        string="Expected Use (m³/month)",
        aggregator="sum",
    )
    diameter = fields.Selection(DIAMETERS)
    remark = fields.Text()
    step = fields.Selection(
        hookup_route.SELECTION,
        default="accepted",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    accepted_at = fields.Datetime(
        string="Accepted At",
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: fields.Datetime.now(),
    )
    intake_user_id = fields.Many2one(
        "res.users",
        string="Accepted By",
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env.user,
    )
    handed_over_at = fields.Datetime(string="Hand-Over Time", readonly=True, copy=False)
    handover_minutes = fields.Float(
        string="Hand-Over (working minutes)",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Measured by the clock from acceptance to hand-over; the time the "
        "customer took for missing materials does not count.",
    )
    survey_ids = fields.One2many(
        "haerun.hookup.survey", "project_id", string="Surveys", copy=False
    )
    survey_id = fields.Many2one(
        "haerun.hookup.survey",
        string="Survey",
        compute="_compute_survey_id",
        store=True,
        compute_sudo=True,
        index=True,
        ondelete="set null",
    )
    survey_planned_at = fields.Datetime(
        string="Survey Time", related="survey_id.planned_at", store=True
    )
    survey_state = fields.Selection(related="survey_id.state", string="Survey Status")
    outside_line = fields.Selection(
        related="survey_id.outside_line", store=True, string="Outside Line"
    )

    _number_uniq = models.UniqueIndex("(number)", "This number is taken.")
    _external_uniq = models.UniqueIndex(
        "(channel_id, external_no) WHERE external_no IS NOT NULL",
        "This channel has sent an application with this number already.",
    )
    _acting_step_idx = models.Index("(acting_user_id, step)")

    # ---------------------------------------------------------- compute
    @api.depends("number", "applicant_name")
    def _compute_display_name(self):
        for project in self:
            parts = [project.number, project.applicant_name]
            project.display_name = " ".join(part for part in parts if part)

    @api.depends("address")
    def _compute_area_id(self):
        areas = self.env["haerun.service.area"]
        for project in self:
            if project.step == "accepted" or not project.area_id:
                found = areas._match_address(project.address)
                project.area_id = found or project.area_id

    @api.depends("area_id")
    def _compute_responsible_id(self):
        for area, projects in self.grouped("area_id").items():
            # sudo: everybody at a window sees whose area it is
            projects.responsible_id = (
                area.sudo()._responsible("engineering", "csd") if area else False
            )

    @api.depends("survey_ids.state")
    def _compute_survey_id(self):
        for project in self:
            valid = project.survey_ids.filtered(lambda s: s.state != "cancelled")
            project.survey_id = valid.sorted("id")[-1:]

    # --------------------------------------------------------- onchange
    @api.onchange("phone")
    def _onchange_phone(self):
        """A known customer's name need not be typed again."""
        if self.phone and "*" not in self.phone:
            self.phone = self._plain_phone(self.phone)
            if not self.applicant_name and self.has_access("create"):
                # sudo: the phone is locked; a clerk who knows it may find its owner
                partner = (
                    self.env["res.partner"]
                    .sudo()
                    .search([("haerun_phone", "=", self.phone)], limit=1)
                )
                self.applicant_name = partner.name

    @api.onchange("id_number")
    def _onchange_id_number(self):
        if self.id_number and "*" not in self.id_number:
            self.id_number = self._plain_id_number(self.id_number)

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Accept applications: number, customer, checklist, clocks, hand-over."""
        for vals in vals_list:
            self._check_protected(vals)
        if not self.env.su:
            self.browse().check_access("create")
        vals_list = self._completed_values(self._checked_entries(vals_list))
        # sudo: the step methods' own fields are set here, rights were checked above
        projects = (
            super(HookupProject, self._without_forged_defaults().sudo())
            .create(vals_list)
            .with_env(self.env)
        )
        if not self.env.su:
            projects.check_access("create")
        projects._accepted()
        return projects

    def write(self, vals):
        if not self.env.su and {"service_type_id", "channel_id"} & vals.keys():
            late = self.filtered(lambda p: p.step != "accepted")
            if late:
                raise UserError(
                    self.env._(
                        "%s is handed over already: withdraw it and accept it anew to "
                        "change its channel or service type.",
                        late[0].display_name,
                    )
                )
        result = super().write(vals)
        if "service_type_id" in vals:
            self._rebuild_checklist()
        return result

    def copy(self, default=None):
        raise UserError(
            self.env._("An application is never copied: accept a new one instead.")
        )

    # ------------------------------------------------------------ hooks
    @api.model
    def _haerun_open_domain(self):
        return Domain("step", "not in", list(hookup_route.ENDED))

    def _haerun_title(self):
        self.ensure_one()
        return f"用水报装 {self.number} {self.applicant_name}"

    def _haerun_clock_holder(self):
        """Until hand-over the clerk who accepted is charged."""
        holder = super()._haerun_clock_holder()
        if not self.owner_id:
            holder["acting_user_id"] = self.intake_user_id.id
            holder["unit_id"] = self.intake_user_id.employee_id.department_id.id
        return holder

    def _contact_holders(self):
        return self.owner_user_id | self.acting_user_id

    def _contact_name(self):
        return self.applicant_name

    def _may_see_contact(self):
        """Supervision may look too: it follows the customers up (R38)."""
        if self.env.user.has_group("haerun_customer_rep.group_supervision"):
            return self
        mine = self.filtered(lambda p: p.intake_user_id == self.env.user)
        return mine | super()._may_see_contact()

    # --------------------------------------------------------- business
    @api.model
    def _completed_values(self, vals_list: list[dict]) -> list[dict]:
        """What the system adds to what the clerk typed."""
        types = self.env["haerun.service.type"].browse(
            {vals["service_type_id"] for vals in vals_list if "service_type_id" in vals}
        )
        versions = types._versions_on(fields.Date.context_today(self))
        completed = []
        for vals, number in zip(
            vals_list,
            fresh_numbers(
                self.env, "haerun_customer_rep.seq_hookup_project", len(vals_list)
            ),
            strict=True,
        ):
            version = versions.get(vals.get("service_type_id"))
            if vals.get("service_type_id") and not version:
                raise UserError(
                    self.env._(
                        "No rules are in force for service type %s: the rules "
                        "administrator must set a version of it.",
                        types.browse(vals["service_type_id"]).name,
                    )
                )
            vals = {
                "intake_user_id": self.env.uid,
                **vals,
                "number": number,
                "service_version_id": version.id if version else False,
                "external_no": (vals.get("external_no") or "").strip() or False,
                "phone": self._plain_phone(vals.get("phone")),
                "id_number": self._plain_id_number(vals.get("id_number")),
            }
            if version:
                vals["material_ids"] = self._merged_checklist(
                    version, vals.get("material_ids") or []
                )
            completed.append(vals)
        partners = self.env["res.partner"]._haerun_find_or_create(
            [
                (
                    vals.get("applicant_name") or "?",
                    vals["phone"] or "",
                    types.browse(vals.get("service_type_id")).for_company,
                )
                for vals in completed
            ]
        )
        for vals, partner in zip(completed, partners, strict=True):
            vals["partner_id"] = partner.id
        self._claim_external(
            [
                (vals["channel_id"], vals["external_no"])
                for vals in completed
                if vals["external_no"] and vals.get("channel_id")
            ]
        )
        return completed

    @api.model
    def _claim_external(self, keys: list[tuple[int, str]]):
        """Let no application of a channel come in twice, whichever way it comes.

        Two transactions that bring the same one meet here: the second is repeated
        by Odoo and then finds it.
        """
        if not keys:
            return
        # sudo: these marks belong to the machine, no user may touch them
        ledger = self.env["haerun.import.row"].sudo()
        marks = {f"{channel}\x1f{number}": number for channel, number in keys}
        claimed = ledger._claim(self._name, list(marks), self.env["haerun.import.run"])
        for mark, number in marks.items():
            if mark not in claimed or len(marks) < len(keys):
                raise UserError(
                    self.env._(
                        "Application %s of this channel is accepted already: "
                        "search for its number.",
                        number,
                    )
                )
