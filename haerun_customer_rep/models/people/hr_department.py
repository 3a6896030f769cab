from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.context import without_defaults

LEVELS = [
    ("csd", "Customer Service Department"),
    ("emd", "Engineering Management Department"),
    ("section", "Section"),
    ("branch", "Branch"),
    ("station", "Station or hall"),
    ("other", "Other"),
]

#: rules of the business, which personnel does not set
PARAMETERS = frozenset(
    {
        "haerun_calendar_id",
        "haerun_complete_level",
        "haerun_effective_calendar_id",
        "haerun_level",
    }
)


class HrDepartment(models.Model):
    _inherit = "hr.department"

    haerun_level = fields.Selection(
        selection=LEVELS,
        string="Unit Level",
        help="Fixes which steps the representatives of the unit may act on. "
        "Empty: the level of the parent department.",
    )
    haerun_complete_level = fields.Selection(
        selection=LEVELS,
        string="Effective Unit Level",
        compute="_compute_haerun_complete_level",
        store=True,
        recursive=True,
    )
    haerun_calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Shift",
        index="btree_not_null",
        help="Working hours of the unit. Empty: those of the parent department, "
        "then of the company.",
    )
    haerun_effective_calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Effective Shift",
        compute="_compute_haerun_effective_calendar_id",
        store=True,
        recursive=True,
    )
    haerun_representative_ids = fields.One2many(
        comodel_name="haerun.representative",
        inverse_name="unit_id",
        string="Representatives",
    )

    @api.depends("haerun_level", "parent_id.haerun_complete_level")
    def _compute_haerun_complete_level(self):
        for department in self:
            department.haerun_complete_level = (
                department.haerun_level or department.parent_id.haerun_complete_level
            )

    @api.depends(
        "haerun_calendar_id",
        "parent_id.haerun_effective_calendar_id",
        "company_id.resource_calendar_id",
    )
    def _compute_haerun_effective_calendar_id(self):
        for department in self:
            department.haerun_effective_calendar_id = (
                department.haerun_calendar_id
                or department.parent_id.haerun_effective_calendar_id
                or department.company_id.resource_calendar_id
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._haerun_check_parameters(k for k, v in vals.items() if v)
        departments = super(HrDepartment, without_defaults(self, PARAMETERS)).create(
            vals_list
        )
        if any(vals.get("manager_id") for vals in vals_list):
            departments._haerun_managers_changed()
        return departments

    def write(self, vals):
        self._haerun_check_parameters(vals)
        result = super().write(vals)
        if {"manager_id", "parent_id", "active"} & vals.keys():
            self._haerun_managers_changed()
        return result

    def _haerun_check_parameters(self, names):
        """Level and shift are rules: the rules administrator alone sets them (R120)."""
        if self.env.su or self.env.user.has_group(
            "haerun_customer_rep.group_rules_admin"
        ):
            return
        if PARAMETERS & set(names):
            raise AccessError(
                self.env._(
                    "Level and shift of a unit are set by the rules administrator: "
                    "ask them to change %(unit)s.",
                    unit=", ".join(self.mapped("name")) or self.env._("the new unit"),
                )
            )

    def _haerun_managers_changed(self):
        """Rights and cover of a unit follow its manager at once."""
        self.env.registry.clear_cache()
        self.env["haerun.representative"]._haerun_refresh_acting()

    def _haerun_calendar(self):
        """The shift of this unit.

        :return: ``resource.calendar``: the unit's own, else its nearest parent's,
            else the company's (also for an empty recordset)
        """
        return (
            self.haerun_effective_calendar_id
            or (self.company_id or self.env.company).resource_calendar_id
        )

    def _haerun_head(self, besides=None):
        """Return the user who leads this unit, or the next unit above.

        :param besides: users who do not count: those away, or one who is not his own
            superior
        """
        excluded = besides or self.env["res.users"]
        department = self.sudo()  # who leads a unit is no secret
        while department:
            head = department.manager_id.user_id
            if head and head.active and head not in excluded:
                return head
            department = department.parent_id
        return self.env["res.users"]
