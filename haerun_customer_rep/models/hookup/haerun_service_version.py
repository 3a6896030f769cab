from odoo import api, fields, models

UNITS = [
    ("work_day", "working days"),
    ("work_hour", "working hours"),
]


class ServiceVersion(models.Model):
    """What a service type asks and promises from one day to another (R1, R122).

    Versions stand side by side, so that fewer steps, days or papers can be shown.
    """

    _name = "haerun.service.version"
    _inherit = ["haerun.versioned.mixin"]
    _description = "Service Type Version"
    _order = "service_type_id, date_from desc, version desc"

    service_type_id = fields.Many2one(
        "haerun.service.type", required=True, ondelete="cascade", index=True
    )
    active = fields.Boolean(default=True)
    promised_amount = fields.Float(string="Promised Time", required=True)
    promised_unit = fields.Selection(UNITS, required=True, default="work_day")
    material_ids = fields.One2many(
        "haerun.service.material", "version_id", string="Materials", copy=True
    )
    step_ids = fields.One2many(
        "haerun.service.step", "version_id", string="Steps", copy=True
    )
    material_count = fields.Integer(compute="_compute_counts", string="Papers")
    step_count = fields.Integer(compute="_compute_counts", string="Step Count")
    legal_basis = fields.Char()

    _promised_positive = models.Constraint(
        "CHECK (promised_amount > 0)", "Give a promised time greater than zero."
    )
    _version_uniq = models.UniqueIndex(
        "(service_type_id, version)", "This version exists already."
    )
    _free_fields = frozenset({"active", "confirmed", "date_to", "legal_basis"})

    @api.depends("service_type_id.name", "version")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.service_type_id.name} v{version.version}"

    @api.depends("material_ids", "step_ids")
    def _compute_counts(self):
        for version in self:
            version.material_count = len(version.material_ids.filtered("required"))
            version.step_count = len(version.step_ids)

    def _used_ids(self):
        # sudo: a version is used whoever's project it is
        projects = self.env["haerun.hookup.project"].sudo()
        groups = projects._read_group(
            [("service_version_id", "in", self.ids)], ["service_version_id"]
        )
        return {version.id for (version,) in groups}
