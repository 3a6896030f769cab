from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.context import without_defaults
from ...tools.evidence import refuse

ROLES = [
    ("direct", "Directly Responsible"),
    ("charge", "Person in Charge"),
    ("leader", "Unit Leader"),
]
FINDINGS = [("true", "Proven True"), ("partly", "Partly True"), ("not", "Not True")]
GUILTY = ("true", "partly")
PARTS = [
    ("", "In Own Post"),
    ("principal", "A: Handed Nothing Over"),
    ("deputy", "B: While Standing In"),
]
#: what is written by hand when somebody is put on the case, and afterwards
ENTRY = frozenset({"case_id", "employee_id", "role", "ab_part", "why"})
VERDICT = frozenset(
    {
        "role",
        "ab_part",
        "why",
        "finding",
        "facts",
        "liability",
        "reasons",
        "sanction_id",
    }
)
OPEN = ("received", "investigating", "opinion")


class AccountabilityPerson(models.Model):
    """责任人: a person whom a case concerns, and the verdict on him (R112, R115).

    Post and unit are those at entry: a later transfer leaves them. With A/B, A answers
    for not handing over, B for what he did while standing in (R121).
    """

    _name = "haerun.accountability.person"
    _inherit = ["haerun.accountability.part"]
    _description = "Person an Accountability Case Concerns"
    _rec_name = "employee_id"
    _order = "case_id, id"

    employee_id = fields.Many2one(
        "hr.employee", string="Employee", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", string="User", readonly=True, index="btree_not_null"
    )
    representative_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    unit_id = fields.Many2one(
        "hr.department", string="Unit", readonly=True, index="btree_not_null"
    )
    job = fields.Char(string="Post", readonly=True)
    role = fields.Selection(
        ROLES, string="Responsibility", default="direct", required=True
    )
    ab_part = fields.Selection(
        [part for part in PARTS if part[0]],
        string="A/B",
        help="A answers for not handing over, B for acts while standing in.",
    )
    why = fields.Char(string="Why Concerned")
    by_system = fields.Boolean(
        string="Proposed by the System",
        readonly=True,
        help="At serious impact the person in charge and the unit leader are named.",
    )
    finding = fields.Selection(FINDINGS, string="Fact Finding")
    facts = fields.Text(string="Facts Found")
    liability = fields.Text(help="Which duty was neglected, and how.")
    reasons = fields.Text(string="Reasons of the Sanction")
    sanction_id = fields.Many2one(
        "haerun.sanction",
        string="Sanction",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('date_from', '<=', context_today()), '|', ('date_to', '=', False),"
        " ('date_to', '>=', context_today())]",
    )
    obstruction_ids = fields.One2many(
        "haerun.accountability.obstruction", "person_id", string="Obstruction"
    )
    decision_ids = fields.One2many(
        "haerun.accountability.decision", "person_id", string="Written Decision"
    )
    kind = fields.Selection(related="case_id.kind", store=True)
    happened_on = fields.Date(related="case_id.happened_on", store=True)

    _once = models.Constraint(
        "UNIQUE (case_id, employee_id)", "This person is on the case already."
    )

    @api.constrains("finding", "sanction_id")
    def _check_sanction(self):
        for person in self:
            if person.sanction_id and person.finding not in GUILTY:
                raise ValidationError(
                    self.env._(
                        "%s is not found responsible: leave the sanction out.",
                        person.employee_id.sudo().name,
                    )
                )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            refuse(self, self._fields.keys() - ENTRY - VERDICT, vals)
        clean = without_defaults(self, self._fields.keys() - {"case_id"})
        people = super(AccountabilityPerson, clean).create(
            [{**vals, **self._entry(vals.get("employee_id"))} for vals in vals_list]
        )
        if not self.env.su:
            people.case_id._check_working(*OPEN)
        people.sudo().case_id._persons_changed()
        return people

    def write(self, vals):
        if not self.env.su:
            refuse(self, self._fields.keys() - VERDICT, vals)
            self.case_id._check_working(*OPEN)
        result = super().write(vals)
        return result

    def unlink(self):
        self.case_id._check_working("received", "investigating")
        cases = self.case_id
        result = super().unlink()
        cases.sudo()._persons_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_named_by_system(self):
        for person in self:
            of = [("person_id", "=", person.id)]
            for name in ("obstruction", "referral", "decision"):
                if self.env[f"haerun.accountability.{name}"].sudo().search(of, limit=1):
                    raise UserError(
                        self.env._(
                            "%s is named on the file of the case and stays on it.",
                            person.employee_id.sudo().name,
                        )
                    )
            if person.by_system and person.case_id.severity != "normal":
                raise UserError(
                    self.env._(
                        "%s is on the case by its severity: find “Not True” instead "
                        "of taking the person off.",
                        person.employee_id.sudo().name,
                    )
                )

    @api.model
    def _entry(self, employee_id):
        """Post and unit of an employee as they are now, as values.

        :raise ValidationError: for the company's head, whom nobody here judges
        """
        # sudo: personnel data that a case keeps of its persons
        employee = self.env["hr.employee"].sudo().browse(employee_id)
        user = employee.user_id
        if user and user == self.env["haerun.accountability.case"]._company_head():
            raise ValidationError(
                self.env._(
                    "%s leads the company and is not judged here: refer the matter to "
                    "discipline inspection.",
                    employee.name,
                )
            )
        posts = self.env["haerun.representative"].sudo()
        post = posts.search(
            [("employee_id", "=", employee.id), ("state", "=", "valid")],
            order="id",
            limit=1,
        )
        return {
            "user_id": user.id,
            "representative_id": post.id,
            "unit_id": (post.unit_id or employee.department_id).id,
            "job": employee.job_title,
        }

    # --------------------------------------------------------- business
    def _users(self):
        """The users of these persons: at entry, and now."""
        people = self.sudo()  # who somebody is, is a fact
        staff = people.employee_id.with_context(active_test=False)
        return (people.user_id | staff.user_id).sudo(False)

    def _units(self):
        """The units of these persons: at entry, and now."""
        people = self.sudo()
        return people.unit_id | people.employee_id.department_id

    def _missing_verdict(self):
        """What is still to be said about this person, as text, or nothing."""
        self.ensure_one()
        if not self.finding:
            return self.env._("the finding")
        if not (self.facts or "").strip():
            return self.env._("the facts found")
        if self.finding in GUILTY and not (self.liability or "").strip():
            return self.env._("the liability")
        if self.finding in GUILTY and not self.sanction_id:
            return self.env._("the sanction")
        return ""
