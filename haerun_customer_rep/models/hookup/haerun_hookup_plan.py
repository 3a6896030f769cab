from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.context import without_defaults
from ...tools.evidence import refuse
from ...tools.state import label
from .haerun_hookup_project import DIAMETERS
from .haerun_hookup_survey import OUTSIDE_LINES

STATES = [
    ("draft", "Compiling"),
    ("pending", "In Approval"),
    ("approved", "Approved"),
    ("returned", "Returned for Revision"),
    ("delivered", "Received by Customer"),
    ("superseded", "Superseded"),
]
#: how a plan gets to the customer, and how he receives it
WAYS = [
    ("counter", "At the counter"),
    ("visit", "Brought to the customer"),
    ("post", "By post"),
    ("message", "By phone or message"),
    ("page", "On the customer's page"),
]
#: what the engineer writes; all else is set by the plan's own methods
CONTENT = (
    "supply_mode",
    "connection_point",
    "existing_main",
    "pipe_material",
    "diameter",
    "outside_line",
    "outside_length",
    "pressure",
    "meter_diameter",
    "meter_kind",
    "meter_count",
    "meter_place",
    "backflow",
    "fire_water",
    "notes",
    "attachment_ids",
)
FREE = ("message_", "activity_", "my_activity_")


class HookupPlan(models.Model):
    """One version of the water-supply plan 供水方案 of a project (R6, R20-R22)."""

    _name = "haerun.hookup.plan"
    _inherit = [
        "haerun.hookup.record",
        "mail.thread",
        "mail.activity.mixin",
        "haerun.tiered.mixin",
    ]
    _description = "Water-Supply Plan"
    _order = "project_id desc, version desc"

    version = fields.Integer(default=1, required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES,
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    service_type_id = fields.Many2one(
        related="project_id.service_type_id", store=True, index=True
    )
    due_at = fields.Datetime(related="project_id.due_at")
    due_state = fields.Selection(related="project_id.due_state")

    # content
    supply_mode = fields.Selection(
        [
            ("direct", "Direct from the main"),
            ("secondary", "Secondary, pressurised"),
            ("mixed", "Low floors direct, high floors pressurised"),
        ],
        string="Mode of Supply",
    )
    connection_point = fields.Char(string="Point of Connection")
    existing_main = fields.Char(help="Material, diameter, depth, owner.")
    pipe_material = fields.Selection(
        [
            ("ductile", "Ductile iron"),
            ("pe", "PE"),
            ("composite", "Steel-plastic composite"),
            ("stainless", "Stainless steel"),
            ("ppr", "PP-R"),
        ]
    )
    diameter = fields.Selection(DIAMETERS, string="Diameter of the Service Line")
    diameter_mm = fields.Integer(
        string="Diameter (mm)",
        compute="_compute_diameter_mm",
        store=True,
        help="For the rules of approval.",
    )
    outside_line = fields.Selection(OUTSIDE_LINES)
    outside_length = fields.Float(string="Length of the Outside Line (m)")
    pressure = fields.Float(string="Pressure (MPa)", digits=(6, 3))
    meter_diameter = fields.Selection(DIAMETERS)
    meter_kind = fields.Selection(
        [
            ("mechanical", "Mechanical"),
            ("remote", "Remote reading"),
            ("ultrasonic", "Ultrasonic"),
            ("electromagnetic", "Electromagnetic"),
            ("prepaid", "Prepaid"),
        ],
        string="Kind of Meter",
    )
    meter_count = fields.Integer(string="Number of Meters", default=1)
    meter_place = fields.Char(string="Place of the Meter")
    backflow = fields.Selection(
        [
            ("none", "Not needed"),
            ("check_valve", "Check valve"),
            ("preventer", "Backflow preventer"),
            ("air_gap", "Air gap"),
        ],
        string="Backflow Prevention",
    )
    fire_water = fields.Selection(
        [
            ("none", "None"),
            ("shared", "Shared with domestic water"),
            ("separate", "Separate line and meter"),
        ]
    )
    notes = fields.Text()
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Drawings and Files", copy=False
    )

    # who made it
    replaces_id = fields.Many2one(
        "haerun.hookup.plan",
        string="Revises",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    survey_id = fields.Many2one(
        "haerun.hookup.survey",
        string="Based on Survey",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    compiler_ids = fields.Many2many(
        "res.users",
        "haerun_hookup_plan_compiler_rel",
        string="Compiled By",
        readonly=True,
        copy=False,
        help="Everybody who wrote on the plan or for whom it was written: none of "
        "them approves it.",
    )
    superseded_reason = fields.Char(readonly=True, copy=False)

    _version_uniq = models.UniqueIndex(
        "(project_id, version)", "This version of the plan exists already."
    )
    _open_uniq = models.UniqueIndex(
        "(project_id) WHERE state IN ('draft', 'pending', 'approved', 'delivered')",
        "This project has a plan already: change that one.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("project_id.display_name", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = self.env._(
                "%(project)s plan V%(version)s",
                # sudo: who approves reads the plan, not the project
                project=plan.project_id.sudo().display_name or "",
                version=plan.version,
            )

    @api.depends("diameter")
    def _compute_diameter_mm(self):
        for plan in self:
            plan.diameter_mm = int(plan.diameter or 0)

    # ------------------------------------------------------- constrains
    @api.constrains("pressure", "outside_length", "meter_count")
    def _check_figures(self):
        for plan in self:
            if not 0 <= plan.pressure <= 2.5:
                raise ValidationError(
                    self.env._(
                        "%(plan)s: %(pressure)s MPa is no pressure of a water main, "
                        "give 0 to 2.5.",
                        plan=plan.display_name,
                        pressure=plan.pressure,
                    )
                )
            if plan.outside_length < 0 or plan.meter_count < 0:
                raise ValidationError(
                    self.env._(
                        "%s: length and number of meters cannot be negative, "
                        "correct them.",
                        plan.display_name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """A first version, filled from project and signed survey (R19)."""
        self.flush_model(["project_id", "state"])  # one version stands at a time
        if self.env.su:
            return super(HookupPlan, without_defaults(self)).create(vals_list)
        completed = []
        for vals in vals_list:
            self._check_free(vals, {"project_id"})
            project = self.env["haerun.hookup.project"].browse(vals.get("project_id"))
            project._check_may_compile()
            completed.append({**self._values_from(project), **vals})
        plans = super(HookupPlan, without_defaults(self)).create(completed)
        for plan in plans:
            plan._note_compiler()
        plans._own_files()
        return plans

    def write(self, vals):
        if not self.env.su:
            self._check_free(vals)
        content = {name for name in vals if name in CONTENT}
        if content:
            fixed = self.filtered(lambda plan: plan.state != "draft")
            if fixed:
                raise UserError(
                    self.env._(
                        "%(plan)s is “%(state)s” and stays as it is: make a new "
                        "version.",
                        plan=fixed[0].display_name,
                        state=label(fixed[0]),
                    )
                )
            for plan in self:
                plan.project_id._check_level("plan_submitted")
                plan._note_compiler()
        # the tiers' own lock is stricter than ours: it knows no chatter
        plans = super(HookupPlan, self.with_context(skip_validation_check=True))
        result = plans.write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        return result

    def copy(self, default=None):
        raise UserError(self.env._("A plan is never copied: make a new version."))

    # ----------------------------------------------------------- action
    # --------------------------------------------------------- business
    def _own_files(self):
        """Drawings follow the rights of the plan, not those of who uploaded them."""
        for plan in self.sudo():
            loose = plan.attachment_ids.filtered(lambda a: not a.res_id)
            loose.write({"res_model": self._name, "res_id": plan.id})

    def _haerun_is_evidence(self):
        return self.state != "draft"

    def _open(self):
        """The window on this plan."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.model
    def _check_free(self, vals, more=frozenset()):
        refuse(
            self,
            {
                name
                for name in self._fields.keys() - CONTENT - more
                if not name.startswith(FREE)
            },
            vals,
        )
