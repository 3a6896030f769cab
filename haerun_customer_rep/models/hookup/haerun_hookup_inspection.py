from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.context import without_defaults
from ...tools.inspection import KINDS
from ...tools.state import label

STATES = [("open", "To Inspect"), ("passed", "Passed"), ("failed", "Not Passed")]
#: set by the record's own buttons, or once when it is laid
PROTECTED = frozenset(
    {
        "state",
        "item_id",
        "previous_id",
        "inspected_at",
        "inspected_by_id",
        "inspected_for_id",
        "branch_invited_at",
        "branch_joined_at",
        "branch_joined_by_id",
        "branch_joined_for_id",
        "branch_absence",
        "branch_absence_by_id",
        "voided_at",
        "void_reason",
        # of the project, stored for lists
        "acting_user_id",
        "owner_user_id",
        "unit_id",
    }
)
#: what stays as it was laid
LAID = frozenset({"project_id", "kind", "name", "required", "sequence"})


class HookupInspection(models.Model):
    """A node, sub-item or meter installation that is inspected on site (R12, R27, R32).

    One record a visit: what did not pass stays as evidence, and a re-inspection is a
    new record that points at it.
    """

    _name = "haerun.hookup.inspection"
    _inherit = ["haerun.photo.mixin", "haerun.hookup.record"]
    _description = "Inspection of Works"
    _order = "project_id desc, kind desc, sequence, id"

    branch_rep_id = fields.Many2one(related="project_id.branch_rep_id")
    item_id = fields.Many2one(
        "haerun.inspection.item",
        string="From the Template",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    kind = fields.Selection(KINDS, required=True, default="node", index=True)
    name = fields.Char(string="What Is Inspected", required=True)
    sequence = fields.Integer(default=100)
    required = fields.Boolean(
        default=True, help="The project does not go on before it has passed."
    )
    point_ids = fields.One2many(
        "haerun.inspection.point", "inspection_id", string="Check Points"
    )
    points_done = fields.Char(string="Checked", compute="_compute_points_done")
    state = fields.Selection(
        STATES,
        string="Result",
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    standing = fields.Boolean(
        compute="_compute_standing",
        search="_search_standing",
        help="Neither inspected again nor void.",
    )

    # on site
    place = fields.Char(string="Location")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    remark = fields.Text()
    participants = fields.Char(
        string="Others Present", help="Contractor, supervisor, customer: unit and name."
    )
    inspected_at = fields.Datetime(readonly=True, copy=False)
    inspected_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    inspected_for_id = fields.Many2one(
        "res.users",
        string="Inspected For",
        readonly=True,
        copy=False,
        help="The principal, when the deputy inspected.",
    )
    previous_id = fields.Many2one(
        "haerun.hookup.inspection",
        string="Re-Inspection Of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    next_ids = fields.One2many(
        "haerun.hookup.inspection", "previous_id", string="Re-Inspections"
    )
    rectification_ids = fields.One2many(
        "haerun.hookup.rectification", "inspection_id", string="Rectification Opinions"
    )
    voided_at = fields.Datetime(readonly=True, copy=False)
    void_reason = fields.Char(readonly=True, copy=False)

    # the branch's representative (R30)
    branch_invited_at = fields.Datetime(readonly=True, copy=False)
    branch_joined_at = fields.Datetime(
        string="Branch Joined", readonly=True, copy=False
    )
    branch_joined_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    branch_joined_for_id = fields.Many2one("res.users", readonly=True, copy=False)
    branch_absence = fields.Char(
        string="Branch Absent",
        readonly=True,
        copy=False,
        help="Why the branch's representative, who was invited, did not come.",
    )
    branch_absence_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    may_inspect = fields.Boolean(compute="_compute_may")
    may_join = fields.Boolean(compute="_compute_may")
    next_open_id = fields.Many2one(
        "haerun.hookup.inspection",
        compute="_compute_next_open_id",
        help="What of the same stage is still to be inspected.",
    )

    _previous_uniq = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL",
        "This inspection has been followed by another already: open that one.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("name", "project_id", "previous_id")
    def _compute_display_name(self):
        for line in self:
            name = line.name or ""
            if line.previous_id:
                name = self.env._("%s (again)", name)
            number = line.project_id.sudo().number
            line.display_name = f"{number} {name}" if number else name

    @api.depends("point_ids.result")
    def _compute_points_done(self):
        for line in self:
            points = line.point_ids
            line.points_done = (
                f"{len(points.filtered('result'))}/{len(points)}" if points else False
            )

    @api.depends("next_ids", "voided_at")
    def _compute_standing(self):
        for line in self:
            line.standing = not line.next_ids and not line.voided_at

    @api.model
    def _search_standing(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("next_ids", "=", False) & Domain("voided_at", "=", False)
        if set(value) >= {True, False}:
            return Domain.TRUE
        return domain if True in value else ~domain

    @api.depends_context("uid")
    @api.depends("project_id", "state")
    def _compute_may(self):
        for project, lines in self.grouped("project_id").items():
            branch = project._is_branch_user()
            writes = project.has_access("write")
            for line in lines:
                line.may_inspect = writes
                line.may_join = branch and not line.branch_joined_at

    @api.depends("project_id.inspection_ids.state", "kind")
    def _compute_next_open_id(self):
        for line in self:
            line.next_open_id = (line.project_id.inspection_ids - line).filtered(
                lambda other, kind=line.kind: (
                    other.state == "open" and other.standing and other.kind == kind
                )
            )[:1]

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Add what the template does not have; lines of the template are laid."""
        for vals in vals_list:
            self._check_protected(vals, PROTECTED)
        lines = super(HookupInspection, without_defaults(self, PROTECTED)).create(
            vals_list
        )
        if not self.env.su:
            lines.project_id.check_access("write")
            for line in lines:
                line._check_stage()
        return lines

    def write(self, vals):
        self._check_protected(vals, PROTECTED | LAID)
        if not self.env.su:
            self._check_open()
        return super().write(vals)

    # ----------------------------------------------------------- checks
    def _check_open(self):
        """:raise UserError: when one of these was concluded or is void"""
        for line in self:
            if line.state != "open" or line.sudo().voided_at:
                raise UserError(
                    self.env._(
                        "%(line)s is concluded (%(result)s) and stays as it is: "
                        "inspect again, which is a new record.",
                        line=line.display_name,
                        result=self.env._("void")
                        if line.sudo().voided_at
                        else label(line),
                    )
                )

    def _haerun_is_evidence(self):
        return self.state != "open"
