from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults

HOW = [
    ("page", "On the customer's page"),
    ("written", "In writing"),
    ("told", "In person or by phone"),
]
#: what a representative records; the page speaks for itself
HOW_TOLD = HOW[1:]


class HookupDesign(models.Model):
    """The customer's choice of a design unit (R23).

    Made by the customer, never by the system: there is no default and no proposal.
    A choice stays as it was told; another one supersedes it.
    """

    _name = "haerun.hookup.design"
    _inherit = ["haerun.hookup.part", "haerun.hookup.papers", "haerun.contact.mixin"]
    _description = "Choice of a Design Unit"
    _order = "id desc"
    _rec_name = "unit_name"

    project_id = fields.Many2one(
        "haerun.hookup.project",
        string="Project",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    unit_id = fields.Many2one(
        "haerun.external.unit",
        string="Design Unit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    # as it was when chosen
    unit_name = fields.Char(string="Name of the Unit", required=True, readonly=True)
    qualification_no = fields.Char(
        string="Qualification Number", required=True, readonly=True
    )
    qualification_grade = fields.Char(string="Qualification Grade", readonly=True)
    qualification_until = fields.Date(
        string="Qualified Until", required=True, readonly=True
    )
    contact_name = fields.Char(string="Contact Person", readonly=True)
    how = fields.Selection(HOW, string="Told How", required=True, readonly=True)
    note = fields.Char(readonly=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Evidence", copy=False)
    chosen_at = fields.Datetime(string="Chosen At", required=True, readonly=True)
    recorded_by_id = fields.Many2one("res.users", string="Recorded By", readonly=True)
    recorded_for_id = fields.Many2one(
        "res.users",
        string="Recorded For",
        readonly=True,
        help="The principal, when the deputy recorded it.",
    )
    is_current = fields.Boolean(string="In Force", compute="_compute_is_current")

    @api.depends("project_id.design_id")
    def _compute_is_current(self):
        for design in self:
            design.is_current = design.project_id.sudo().design_id == design

    @api.model_create_multi
    def create(self, vals_list):
        designs = super(HookupDesign, without_defaults(self)).create(vals_list)
        designs._own_papers()
        return designs

    def write(self, vals):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "The choice of %s stays as the customer made it: record a new one.",
                    self[:1].unit_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "The choice of %s is part of the project's file: record a new one.",
                self[:1].unit_name,
            )
        )

    # ------------------------------------------------------------ hooks
    def _contact_holders(self):
        project = self.project_id.sudo()
        return project.owner_user_id | project.acting_user_id

    def _may_see_contact(self):
        return self.filtered(lambda design: design.project_access == "write")

    def _contact_name(self):
        return self.contact_name or self.unit_name
