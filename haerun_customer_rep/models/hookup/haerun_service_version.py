from odoo import api, fields, models

UNITS = [
    ("work_day", "working days"),
    ("work_hour", "working hours"),
]
#: phases whose time another than the company holds, or that follow water-on: they are
#: steps of a version, and no part of what it promises
NOT_PROMISED = frozenset({"design", "construction", "account", "visit"})


class ServiceVersion(models.Model):
    """What a service type asks and promises from one day to another (R1, R122).

    Versions stand side by side, so that fewer steps, days or papers can be shown.
    What is promised is the time that the company itself takes from acceptance to
    water-on; design and construction, which others hold, do not count.
    """

    _name = "haerun.service.version"
    _inherit = ["haerun.versioned.mixin"]
    _description = "Service Type Version"
    _order = "service_type_id, date_from desc, version desc"
    _haerun_used_by = ("haerun.hookup.project", "service_version_id")

    service_type_id = fields.Many2one(
        "haerun.service.type", required=True, ondelete="cascade", index=True
    )
    active = fields.Boolean(default=True)
    promised_amount = fields.Float(
        string="Promised Time",
        required=True,
        aggregator="avg",
        help="Time that the company takes from acceptance to water-on, without "
        "outside line.",
    )
    promised_amount_simple = fields.Float(
        string="Promised with Simple Outside Line",
        compute="_compute_promised_line",
        store=True,
        readonly=False,
        precompute=True,
        aggregator="avg",
    )
    promised_amount_line = fields.Float(
        string="Promised with Outside Line",
        compute="_compute_promised_line",
        store=True,
        readonly=False,
        precompute=True,
        aggregator="avg",
    )
    promised_unit = fields.Selection(UNITS, required=True, default="work_day")
    material_ids = fields.One2many(
        "haerun.service.material", "version_id", string="Materials", copy=True
    )
    step_ids = fields.One2many(
        "haerun.service.step", "version_id", string="Steps", copy=True
    )
    material_count = fields.Integer(
        compute="_compute_material_count",
        store=True,
        string="Papers",
        aggregator="avg",
    )
    step_count = fields.Integer(
        compute="_compute_step_counts",
        store=True,
        string="Step Count",
        aggregator="avg",
        help="Steps of a project without outside line.",
    )
    step_count_line = fields.Integer(
        compute="_compute_step_counts",
        store=True,
        string="Steps with Outside Line",
        aggregator="avg",
    )
    legal_basis = fields.Char()

    _promised_positive = models.Constraint(
        "CHECK (promised_amount > 0)", "Give a promised time greater than zero."
    )
    _promised_line_positive = models.Constraint(
        "CHECK (promised_amount_simple > 0 AND promised_amount_line > 0)",
        "Give a promised time with outside line greater than zero.",
    )
    _version_uniq = models.UniqueIndex(
        "(service_type_id, version)", "This version exists already."
    )
    _free_fields = frozenset({"active", "confirmed", "date_to", "legal_basis"})

    @api.depends("service_type_id.name", "version")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.service_type_id.name} v{version.version}"

    @api.depends("promised_amount")
    def _compute_promised_line(self):
        """What is not said for an outside line is what is promised without one."""
        for version in self:
            promised = version.promised_amount
            version.promised_amount_simple = version.promised_amount_simple or promised
            version.promised_amount_line = version.promised_amount_line or promised

    @api.depends("material_ids.required")
    def _compute_material_count(self):
        for version in self:
            version.material_count = len(version.material_ids.filtered("required"))

    @api.depends("step_ids.outside_line")
    def _compute_step_counts(self):
        for version in self:
            version.step_count = len(version.step_ids._applies("none"))
            version.step_count_line = len(version.step_ids._applies("needed"))

    def _promised(self, outside_line):
        """Working days that the company may hold a project until water-on.

        :param outside_line: as the survey found it; while it is unknown the longest
            promise holds
        :return: working days; 0.0 for no version
        """
        amount = {
            "none": self.promised_amount,
            "simple": self.promised_amount_simple,
        }.get(outside_line, self.promised_amount_line)
        if self.promised_unit == "work_hour":
            return amount / (self.env.company.resource_calendar_id.hours_per_day or 8.0)
        return amount
