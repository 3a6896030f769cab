from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.state import choices

CLASSES = [
    ("engineering", "Engineering"),
    ("marketing", "Marketing"),
    ("service", "Service"),
]


class HaerunRepresentative(models.Model):
    """The appointment of an employee as a customer representative (R3, R4)."""

    _name = "haerun.representative"
    _description = "Representative's Appointment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "unit_id, rep_class, id"
    _rec_names_search = ["name", "unit_id.name"]

    name = fields.Char(related="employee_id.name", store=True, string="Name")
    employee_id = fields.Many2one(
        comodel_name="hr.employee",
        string="Employee",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        related="employee_id.user_id",
        store=True,
        index=True,
        string="User",
    )
    rep_class = fields.Selection(
        selection=CLASSES,
        string="Class",
        required=True,
        index=True,
        tracking=True,
    )
    unit_id = fields.Many2one(
        comodel_name="hr.department",
        string="Unit",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    unit_level = fields.Selection(
        related="unit_id.haerun_complete_level",
        store=True,
        string="Unit Level",
    )
    area_ids = fields.Many2many(
        comodel_name="haerun.service.area",
        string="Service Areas",
        compute="_compute_area_ids",
        inverse="_inverse_area_ids",
        search="_search_area_ids",
    )
    responsible_ids = fields.One2many(
        comodel_name="haerun.area.responsible",
        inverse_name="representative_id",
        string="Responsible for",
    )
    subrole_ids = fields.Many2many(
        comodel_name="haerun.subrole",
        string="Sub-roles",
    )
    deputy_id = fields.Many2one(
        comodel_name="haerun.representative",
        string="Deputy",
        ondelete="set null",
        index=True,
        tracking=True,
        help="Stands in when the holder is away: same class and unit, unless "
        "leadership of both units approves another office.",
    )
    deputy_approved_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Other Office Approved by",
        compute="_compute_deputy_approval",
        store=True,
        precompute=True,
        tracking=True,
    )
    deputy_approved_at = fields.Datetime(
        string="Other Office Approved on",
        compute="_compute_deputy_approval",
        store=True,
        precompute=True,
    )
    deputy_missing = fields.Boolean(
        string="Without a Deputy",
        compute="_compute_deputy_missing",
        store=True,
    )
    principal_ids = fields.One2many(
        comodel_name="haerun.representative",
        inverse_name="deputy_id",
        string="Deputy of",
    )
    date_from = fields.Date(
        string="Valid from",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    date_to = fields.Date(
        string="Valid until",
        tracking=True,
        help="Last day of the appointment. Empty: until further notice.",
    )
    active = fields.Boolean(default=True)
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("valid", "Valid"),
            ("ended", "Ended"),
        ],
        string="Status",
        compute="_compute_state",
        store=True,
        index=True,
    )
    acting_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Acting Now",
        readonly=True,
        copy=False,
        index=True,
        help="Who acts for this post now: the holder, or the end of the chain of "
        "deputies, or the head of the unit.",
    )
    is_away = fields.Boolean(
        string="Away",
        compute="_compute_is_away",
        search="_search_is_away",
    )
    may_edit = fields.Boolean(compute="_compute_may")
    may_name_deputy = fields.Boolean(compute="_compute_may")
    may_substitute = fields.Boolean(compute="_compute_may")
    substitution_ids = fields.One2many(
        comodel_name="haerun.substitution",
        inverse_name="principal_id",
        string="Substitutions",
    )

    _employee_class_unit_uniq = models.UniqueIndex(
        "(employee_id, rep_class, unit_id) WHERE active",
        "This employee holds this class in this unit already: change that appointment.",
    )
    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "An appointment cannot end before it begins: correct the dates.",
    )

    # Compute, inverse and search

    @api.depends("name", "rep_class", "unit_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        classes = choices(self, "rep_class")
        for rep in self:
            post = " · ".join(
                part for part in (classes.get(rep.rep_class), rep.unit_id.name) if part
            )
            rep.display_name = f"{rep.name or ''}({post})" if post else rep.name

    @api.depends("responsible_ids.area_id")
    def _compute_area_ids(self):
        for rep in self:
            rep.area_ids = rep.responsible_ids.area_id

    def _inverse_area_ids(self):
        for rep in self:
            wanted = rep.area_ids
            rep.responsible_ids.filtered(
                lambda r, w=wanted: r.area_id not in w
            ).unlink()
            new = wanted - rep.responsible_ids.area_id
            # taking an area over from the holder of the same class
            taken = self.env["haerun.area.responsible"].search(
                [("area_id", "in", new.ids), ("rep_class", "=", rep.rep_class)]
            )
            taken.representative_id = rep
            self.env["haerun.area.responsible"].create(
                [
                    {"area_id": area.id, "representative_id": rep.id}
                    for area in new - taken.area_id
                ]
            )

    def _search_area_ids(self, operator, value):
        return [("responsible_ids.area_id", operator, value)]

    @api.depends("deputy_id", "deputy_id.unit_id", "unit_id")
    def _compute_deputy_approval(self):
        """Naming a deputy of another office is the approval, by those who may (R121).

        Recorded with the moment it is made, and void once either post moves.
        """
        for rep in self:
            foreign = rep.deputy_id and rep.deputy_id.unit_id != rep.unit_id
            approved = foreign and rep._may_approve_office(rep.deputy_id.unit_id)
            rep.deputy_approved_by_id = self.env.user if approved else False
            rep.deputy_approved_at = fields.Datetime.now() if approved else False

    @api.depends(
        "state",
        "active",
        "deputy_id.state",
        "deputy_id.active",
        "deputy_id.employee_id.active",
        "deputy_id.user_id.active",
    )
    def _compute_deputy_missing(self):
        for rep in self:
            deputy = rep.deputy_id
            fit = deputy.active and deputy.state == "valid"
            fit = fit and deputy._haerun_has_person()
            rep.deputy_missing = rep.active and rep.state == "valid" and not fit

    @api.depends("date_from", "date_to")
    def _compute_state(self):
        today = self.env.company._haerun_today()
        for rep in self:
            if rep.date_from and rep.date_from > today:
                rep.state = "planned"
            elif rep.date_to and rep.date_to < today:
                rep.state = "ended"
            else:
                rep.state = "valid"

    @api.depends("substitution_ids.state")
    def _compute_is_away(self):
        away = (
            self.env["haerun.substitution"]
            .sudo()
            ._read_group(
                [("principal_id", "in", self.ids), ("state", "=", "active")],
                ["principal_id"],
            )
        )
        ids = {principal.id for (principal,) in away}
        for rep in self:
            rep.is_away = rep._origin.id in ids

    def _search_is_away(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("substitution_ids", "any!", [("state", "=", "active")])]

    @api.depends_context("uid")
    @api.depends("rep_class", "unit_id", "employee_id")
    def _compute_may(self):
        user = self.env.user
        rules = user.has_group("haerun_customer_rep.group_rules_admin")
        classes = {
            code
            for code, _label in CLASSES
            if user.has_group(f"haerun_customer_rep.group_csd_{code}")
        }
        for rep in self:
            manage = rep._may_manage()
            rep.may_edit = rules or rep.rep_class in classes or (classes and not rep.id)
            rep.may_name_deputy = rep.may_edit or manage
            rep.may_substitute = manage or rep.user_id == user

    # Constraints

    @api.constrains("rep_class", "unit_id")
    def _check_unit_level(self):
        for rep in self:
            if rep.unit_level == "emd" and rep.rep_class != "engineering":
                raise ValidationError(
                    self.env._(
                        "%(unit)s has engineering representatives only: choose this "
                        "class for %(name)s or another unit.",
                        unit=rep.unit_id.name,
                        name=rep.name,
                    )
                )

    @api.constrains("deputy_id", "employee_id", "rep_class", "unit_id")
    def _check_deputy_id(self):
        for rep in self | self.with_context(active_test=False).principal_ids:
            deputy = rep.deputy_id
            if not deputy:
                continue
            if deputy.employee_id == rep.employee_id:
                message = self.env._(
                    "%(rep)s cannot be their own deputy: name another."
                )
            elif deputy.rep_class != rep.rep_class:
                message = self.env._(
                    "The deputy of %(rep)s must have the same class: name another than "
                    "%(deputy)s."
                )
            elif deputy.unit_id != rep.unit_id and not rep.deputy_approved_by_id:
                message = self.env._(
                    "The deputy of %(rep)s must belong to the same unit: name another "
                    "than %(deputy)s, or let the head of both units name them."
                )
            else:
                continue
            raise ValidationError(
                message % {"rep": rep.display_name, "deputy": deputy.display_name}
            )

    # Actions

    def action_substitute(self):
        """Enter by hand who stands in for this post."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "haerun.substitution",
            "view_mode": "form",
            "name": self.env._("Substitution"),
            "context": {"default_principal_id": self.id},
        }
