from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools.context import without_defaults
from ...tools.window import open_form
from ..time.haerun_supervised_mixin import PROTECTED as SUPERVISED

VISITORS = [
    ("coordinator", "CSD Representative"),
    ("section", "Supervision Section"),
]
LEVELS = [
    ("5", "Very Satisfied"),
    ("4", "Satisfied"),
    ("3", "Fairly Satisfied"),
    ("2", "Dissatisfied"),
    ("1", "Very Dissatisfied"),
]
DISSATISFIED = ("1", "2")
STATES = [
    ("due", "To Visit"),
    ("tried", "Tried"),
    ("done", "Visited"),
    ("unreachable", "Unreachable"),
    ("cancelled", "Lapsed"),
]
OPEN = ("due", "tried")
ORIGINS = [
    ("milestone", "By Rule"),
    ("schedule", "By Schedule"),
    ("redo", "After a Redo"),
    ("hand", "By Hand"),
]
#: set by methods alone
PROTECTED = frozenset(
    {
        "res_model",
        "res_id",
        "res_name",
        "rule_id",
        "rule_code",
        "milestone",
        "origin",
        "visitor",
        "counts",
        "redo_id",
        "round",
        "void",
        "customer",
        "address",
        "phone",
        "phone_plain",
        "id_number",
        "id_number_plain",
        "state",
        "opened_at",
        "attempt_ids",
        "attempt_count",
        "next_attempt_at",
        "reached_at",
        "concluded_at",
        "concluded_by_id",
        "concluded_for_id",
        "visited_owner_id",
        "visited_unit_id",
        "score",
        "satisfied",
        "conclusion",
        "redo_ids",
    }
)
#: what may still change on a visit that is over: nothing that the customer said
FREE = frozenset({"void", "collaborator_ids", "message_main_attachment_id"})


class ReturnVisit(models.Model):
    """回访: a customer is asked how a matter went for him (R8, R38, R39, R92, R111).

    Made by rule, by schedule or by hand; called, answered, concluded by its visitor.
    A concluded visit is evidence and stays as it is.
    """

    _name = "haerun.return.visit"
    _inherit = ["haerun.supervised.mixin", "haerun.contact.mixin"]
    _description = "Return Visit"
    _order = "id desc"
    _rec_name = "res_name"
    _rec_names_search = ["res_name", "customer", "address"]
    _haerun_protected = SUPERVISED | PROTECTED

    res_model = fields.Char(string="Kind", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    res_name = fields.Char(string="Matter", readonly=True)
    rule_id = fields.Many2one(
        "haerun.visit.rule",
        string="Rule",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    rule_code = fields.Char(readonly=True)
    script = fields.Text(related="rule_id.script", related_sudo=True)
    milestone = fields.Char(readonly=True)
    origin = fields.Selection(ORIGINS, required=True, readonly=True)
    visitor = fields.Selection(VISITORS, required=True, readonly=True, index=True)
    counts = fields.Boolean(
        readonly=True,
        help="The supervision section's visit is the one that counts in assessment.",
    )
    round = fields.Integer(
        readonly=True, default=1, aggregator=None, help="2: after a first redo."
    )
    redo_id = fields.Many2one(
        "haerun.visit.redo",
        string="Verifies",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    redo_ids = fields.One2many("haerun.visit.redo", "visit_id", string="Redone")
    void = fields.Boolean(
        readonly=True,
        index="btree_not_null",
        help="The matter went back before the milestone that was visited.",
    )
    customer = fields.Char(readonly=True)
    address = fields.Char(readonly=True)
    steps = fields.Text(string="How It Went", compute="_compute_steps")
    state = fields.Selection(
        STATES,
        default="due",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    opened_at = fields.Datetime(readonly=True, index=True)
    attempt_ids = fields.One2many(
        "haerun.visit.attempt", "visit_id", string="Attempts", readonly=True
    )
    attempt_count = fields.Integer(string="Tries", readonly=True, aggregator="avg")
    next_attempt_at = fields.Datetime(
        string="Call Again", readonly=True, index="btree_not_null"
    )
    reached_at = fields.Datetime(string="Reached At", readonly=True)
    answer_ids = fields.One2many(
        "haerun.visit.answer", "visit_id", string="Questionnaire"
    )
    opinion_ids = fields.One2many(
        "haerun.visit.opinion", "visit_id", string="Opinions and Suggestions"
    )
    satisfaction = fields.Selection(LEVELS, string="Overall Satisfaction")
    complaint = fields.Text(
        string="What Is Wrong", help="Why the customer is not satisfied, in his words."
    )
    complaint_phase = fields.Selection(
        "_selection_phase",
        string="Part Complained About",
        help="Whoever held the matter there has to put it right.",
    )
    note = fields.Text(string="Remarks")
    conclusion = fields.Text(readonly=True, help="Why the visit ended unanswered.")
    concluded_at = fields.Datetime(
        string="Concluded At", readonly=True, index="btree_not_null"
    )
    concluded_by_id = fields.Many2one("res.users", string="Visited By", readonly=True)
    concluded_for_id = fields.Many2one("res.users", string="Visited For", readonly=True)
    visited_owner_id = fields.Many2one(
        "haerun.representative",
        string="Representative Visited About",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    visited_unit_id = fields.Many2one(
        "hr.department",
        string="Unit Visited About",
        readonly=True,
        index="btree_not_null",
    )
    score = fields.Integer(
        string="Satisfaction (1-5)",
        compute="_compute_score",
        store=True,
        aggregator="avg",
    )
    satisfied = fields.Float(
        string="Satisfied (%)",
        compute="_compute_score",
        store=True,
        aggregator="avg",
        help="Share of the visits that answered fairly satisfied or better.",
    )
    dissatisfied = fields.Boolean(compute="_compute_dissatisfied")
    is_mine = fields.Boolean(compute="_compute_is_mine")
    in_pool = fields.Boolean(compute="_compute_is_mine")
    may_give_up = fields.Boolean(compute="_compute_may_give_up")

    _record_idx = models.Index("(res_model, res_id)")
    _once_by_rule = models.UniqueIndex(
        "(rule_code, res_model, res_id, milestone) WHERE origin = 'milestone'"
        " AND void IS NOT TRUE",
        "This milestone is visited already.",
    )
    _one_by_schedule = models.UniqueIndex(
        "(rule_code, res_model, res_id) WHERE origin = 'schedule'"
        " AND state IN ('due', 'tried')",
        "The scheduled visit of this matter is still open.",
    )

    # ---------------------------------------------------------- compute
    @api.model
    def _selection_phase(self):
        return self.env["haerun.visited.mixin"]._visit_phases()

    @api.depends("res_name")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = self.env._("Visit: %s", visit.res_name or "")

    @api.depends("satisfaction", "state")
    def _compute_score(self):
        for visit in self:
            said = visit.state == "done" and visit.satisfaction
            visit.score = int(said or 0)
            visit.satisfied = 100.0 * (bool(said) and said not in DISSATISFIED)

    @api.depends("satisfaction")
    def _compute_dissatisfied(self):
        for visit in self:
            visit.dissatisfied = visit.satisfaction in DISSATISFIED

    @api.depends("acting_user_id", "owner_user_id", "visitor")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        section = self.env.user.has_group("haerun_customer_rep.group_supervision")
        for visit in self:
            people = visit.acting_user_id | visit.owner_user_id
            visit.is_mine = self.env.user in people
            visit.in_pool = section and visit.visitor == "section" and not visit.is_mine

    @api.depends("acting_user_id", "owner_user_id")
    @api.depends_context("uid")
    def _compute_full(self):
        return super()._compute_full()

    def _compute_steps(self):
        """What the visitor may speak of: the way of the matter with its dates."""
        for visit in self:
            # sudo: the section knows the matters it visits
            steps = visit._matter().sudo()._visited_steps() if visit.res_id else []
            local = self.env.company._haerun_local
            visit.steps = "\n".join(
                f"{local(at).strftime('%Y-%m-%d')}  {name}" for name, at in steps
            )

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A return visit comes about by rule, or from the matter it is "
                    "about: open the matter and visit from there."
                )
            )
        quiet = without_defaults(self).with_context(mail_create_nosubscribe=True)
        return super(ReturnVisit, quiet).create(vals_list)

    def write(self, vals):
        if not FREE.issuperset(vals):
            over = self.filtered(lambda visit: visit.state not in OPEN)
            if over:
                raise UserError(
                    self.env._(
                        "“%s” is concluded and stays as it is: visit once more "
                        "instead.",
                        over[0].display_name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A return visit is evidence and is never deleted."))

    # ----------------------------------------------------------- action
    def action_open_record(self):
        """Open the matter that is visited."""
        self.ensure_one()
        return open_form(self.res_model, self.res_id)

    def _open(self):
        self.ensure_one()
        return open_form(self._name, self.id)

    # --------------------------------------------------------- business
    @api.model
    def _plan(self, matters, visitor, rule, origin, milestone=False, redo=None):
        """Plan a visit of each of ``matters``; its clock starts, its visitor is told.

        :param visitor: ``coordinator`` or ``section``
        :param rule: haerun.visit.rule whose questions are asked, may be empty
        :param redo: haerun.visit.redo that these visits verify
        :return: the new visits, as superuser
        """
        now = fields.Datetime.now()
        matters = matters.sudo()
        unit = self._section_unit() if visitor == "section" else None
        common = {
            "res_model": matters._name,
            "rule_id": rule.id,
            "rule_code": rule.code,
            "milestone": milestone,
            "origin": origin,
            "visitor": visitor,
            "counts": visitor == "section",
            "opened_at": now,
            "unit_id": unit.id if unit else False,
            "redo_id": redo.id if redo else False,
            "round": redo.visit_id.round + 1 if redo else 1,
        }
        # sudo: visits are planned by the system alone
        visits = self.sudo().create(
            [
                {
                    **common,
                    **matter._visited_values(),
                    "res_id": matter.id,
                    "res_name": matter._haerun_title(),
                    "answer_ids": [
                        Command.create(values)
                        for values in self._questionnaire(rule, matter)
                    ],
                }
                for matter in matters
            ]
        )
        if visitor == "coordinator":
            takers = {}
            for visit, matter in zip(visits, matters, strict=True):
                rep = matter._visited_coordinator()
                takers[rep] = takers.get(rep, visits.browse()) | visit
            for rep, mine in takers.items():
                mine._assign(rep)
        visits._reach("due")
        return visits

    @api.model
    def _questionnaire(self, rule, matter):
        """The questions of ``rule`` on what ``matter`` went through, as values."""
        went = matter._visited_phases()
        return [
            question._kept()
            for question in rule.question_ids
            if not question.phase or question.phase in went
        ]

    @api.model
    def _section_unit(self):
        """The unit of the supervision section."""
        # sudo: which unit it is, is no secret
        units = self.env["hr.department"].sudo()
        return units.search([("haerun_level", "=", "section")], order="id", limit=1)

    def _matter(self):
        """The visited matter; it is never deleted, as it has clocks."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _lapse(self, reason):
        """What was to be visited is no more; the clock lapses, not met."""
        visits = self.sudo()  # state is set by the system
        visits._clock_cancel(reason)
        visits.write({"state": "cancelled", "conclusion": reason})

    # ------------------------------------------------------------ mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "in", OPEN)]

    def _haerun_title(self):
        self.ensure_one()
        return f"回访 {self.res_name or ''}"

    def _contact_holders(self):
        return self.owner_user_id | self.acting_user_id

    def _contact_name(self):
        return self.customer or self.display_name
