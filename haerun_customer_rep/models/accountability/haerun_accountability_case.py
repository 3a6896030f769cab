from random import SystemRandom

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools.context import without_defaults
from ...tools.state import check_state
from ...tools.window import open_form
from ..time.haerun_supervised_mixin import PROTECTED as SUPERVISED

KINDS = [
    ("complaint", "Complaint"),
    ("petition", "Petition to Higher Authority"),
    ("media", "Media Exposure"),
]
SEVERITIES = [("normal", "Ordinary"), ("serious", "Serious"), ("grave", "Grave")]
BODIES = [
    ("csd", "Customer Service Department"),
    ("section", "Supervision Section"),
    ("company", "Company's Head"),
]
STATES = [
    ("received", "Case Received"),
    ("investigating", "Under Investigation"),
    ("opinion", "Handling Opinion"),
    ("approval", "In Approval"),
    ("decided", "Decided"),
    ("appeal", "Under Appeal"),
    ("executed", "Executed"),
    ("closed", "Closed"),
    ("dismissed", "Dismissed"),
]
OVER = ("closed", "dismissed")
#: until the handling opinion is handed in
BEFORE = ("received", "investigating", "opinion")
#: what people fill in; all else is set by methods
BY_HAND = frozenset(
    {
        "kind",
        "severity",
        "name",
        "what",
        "happened_on",
        "complainant",
        "phone",
        "id_number",
        "impact",
        "person_ids",
        "unit_ids",
        "evidence_ids",
        "statement_ids",
        "obstruction_ids",
        "referral_ids",
    }
)
GROUPS = (
    "haerun_customer_rep.group_accountability",
    "haerun_customer_rep.group_supervision",
)


class AccountabilityCase(models.Model):
    """问责: neglect or breach that caused a complaint, a petition, exposure (R112).

    Investigated by CSD, by the supervision section where CSD is concerned, and by the
    company's head where both are; kept from those concerned, their deputies and
    their people (R116, R119).
    """

    _name = "haerun.accountability.case"
    _inherit = [
        "haerun.confidential.mixin",
        "haerun.hidden.mixin",
        "haerun.contact.mixin",
    ]
    _description = "Accountability Case"
    _order = "id desc"
    _rec_names_search = ["number", "name"]
    _haerun_protected = SUPERVISED

    number = fields.Char(readonly=True, copy=False, index=True)
    name = fields.Char(string="Title", required=True)
    kind = fields.Selection(KINDS, required=True, default="complaint", tracking=True)
    severity = fields.Selection(
        SEVERITIES,
        string="Impact",
        required=True,
        default="normal",
        tracking=True,
        help="At serious impact and above the person in charge and the unit leader "
        "answer as well.",
    )
    impact = fields.Text(string="Negative Impact")
    what = fields.Text(string="What Happened", required=True)
    happened_on = fields.Date(required=True, default=fields.Date.context_today)
    complainant = fields.Char()
    source_model = fields.Char(string="Source Kind", readonly=True)
    source_id = fields.Many2oneReference(
        string="Source", model_field="source_model", readonly=True
    )
    source_name = fields.Char(string="Opened From", readonly=True)
    body = fields.Selection(
        BODIES, string="Investigated By", default="csd", required=True, readonly=True
    )
    leader_user_id = fields.Many2one(
        "res.users",
        string="Company's Head",
        readonly=True,
        index="btree_not_null",
        help="Where neither CSD nor the section may investigate.",
    )
    state = fields.Selection(
        STATES,
        default="received",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        group_expand=True,
        copy=False,
    )
    received_at = fields.Datetime(readonly=True)
    received_by_id = fields.Many2one("res.users", readonly=True)
    investigated_at = fields.Datetime(readonly=True)
    decided_at = fields.Datetime(readonly=True)
    executed_at = fields.Datetime(readonly=True)
    closed_at = fields.Datetime(string="Case Closed At", readonly=True)
    dismiss_reason = fields.Text(string="Why Dismissed", readonly=True)
    person_ids = fields.One2many(
        "haerun.accountability.person", "case_id", "Persons Concerned"
    )
    unit_ids = fields.One2many("haerun.accountability.unit", "case_id", "Units")
    evidence_ids = fields.One2many(
        "haerun.accountability.evidence", "case_id", string="Evidence"
    )
    statement_ids = fields.One2many(
        "haerun.accountability.statement", "case_id", string="Statements"
    )
    obstruction_ids = fields.One2many(
        "haerun.accountability.obstruction", "case_id", string="Obstruction"
    )
    referral_ids = fields.One2many(
        "haerun.accountability.referral",
        "case_id",
        string="Referrals to Discipline Inspection",
    )
    opinion_ids = fields.One2many(
        "haerun.accountability.opinion", "case_id", string="Handling Opinions"
    )
    # computed: neither knows its case, as the person concerned reads both
    decision_ids = fields.Many2many(
        "haerun.accountability.decision",
        string="Decisions",
        compute="_compute_decision_ids",
        compute_sudo=True,
    )
    appeal_ids = fields.Many2many(
        "haerun.accountability.appeal",
        string="Appeals",
        compute="_compute_decision_ids",
        compute_sudo=True,
    )
    #: no inverse: a report does not know the case for which it is asked
    report_ids = fields.Many2many(
        "haerun.accountability.report",
        "haerun_accountability_case_report_rel",
        "case_id",
        "report_id",
        string="Reports of Units",
        readonly=True,
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")
    is_over = fields.Boolean(compute="_compute_is_over")
    may_decide = fields.Boolean(compute="_compute_may_decide")
    opinion_text = fields.Text(
        string="Handling Opinion", compute="_compute_opinion_text"
    )

    _number_uniq = models.Constraint("UNIQUE (number)", "This number is taken.")

    # ---------------------------------------------------------- compute
    @api.depends("number", "name")
    def _compute_display_name(self):
        for case in self:
            case.display_name = f"{case.number or ''} {case.name or ''}".strip()

    @api.depends("acting_user_id", "owner_user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for case in self:
            case.is_mine = self.env.user in case.acting_user_id | case.owner_user_id

    @api.depends("opinion_ids.approver_ids")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for case in self:
            case.may_decide = self.env.user in case.sudo().opinion_ids.approver_ids

    @api.depends("opinion_ids.text", "opinion_ids.summary")
    def _compute_opinion_text(self):
        for case in self:
            last = case.opinion_ids.sorted("id")[-1:]
            lines = [last.text, last.summary]
            case.opinion_text = "\n".join(line for line in lines if line)

    @api.depends("person_ids.decision_ids.appeal_ids")
    def _compute_decision_ids(self):
        for case in self:
            case.decision_ids = case.person_ids.decision_ids
            case.appeal_ids = case.decision_ids.appeal_ids

    @api.depends("state")
    def _compute_is_over(self):
        for case in self:
            case.is_over = case.state in OVER

    @api.depends("acting_user_id", "owner_user_id")
    @api.depends_context("uid")
    def _compute_full(self):
        return super()._compute_full()

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A case is opened by “Open accountability”: choose it in the menu "
                    "or on the matter it comes from."
                )
            )
        quiet = without_defaults(self).with_context(mail_create_nosubscribe=True)
        self._leap()
        numbers = self._draw_numbers(len(vals_list))
        cases = super(AccountabilityCase, quiet).create(
            [
                {**vals, "number": number}
                for vals, number in zip(vals_list, numbers, strict=True)
            ]
        )
        cases._persons_changed()
        return cases

    def write(self, vals):
        if not self.env.su:
            odd = sorted(vals.keys() - BY_HAND - set(self._mail_names()))
            if odd:
                self._check_protected_names(odd[0])
            # parts of the case say themselves until when they are added
            said = {name for name in BY_HAND & vals.keys() if name[-4:] != "_ids"}
            if said:
                self._check_working(*BEFORE)
        result = super().write(vals)
        if "severity" in vals:
            self.sudo()._persons_changed()
        return result

    def copy(self, default=None):
        raise UserError(self.env._("A case is not copied: open another one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("An accountability case is evidence: dismiss it instead.")
        )

    @api.model
    def _mail_names(self):
        prefixes = ("message_", "activity_", "my_activity_", "website_message_")
        return [name for name in self._fields if name.startswith(prefixes)]

    def _check_protected_names(self, name):
        field = self._fields.get(name)
        raise AccessError(
            self.env._(
                "%(field)s of “%(record)s” is set by the system: use the buttons.",
                field=field._description_string(self.env) if field else name,
                record=self[:1].display_name,
            )
        )

    @api.model
    def _leap(self):
        """Ids leap: a gap between two cases tells of no third one (R119)."""
        steps = SystemRandom().randint(1, 9)
        self.env.cr.execute(
            SQL(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
                " FROM generate_series(1, %s)",
                self._table,
                steps,
            )
        )

    @api.model
    def _draw_numbers(self, count, prefix="WZ", field="number"):
        """Return fresh numbers, drawn: their order tells nothing of others (R119)."""
        year = self.env.company._haerun_today().year
        drawn = []
        while len(drawn) < count:
            number = f"{prefix}{year}-{SystemRandom().randrange(10000, 100000)}"
            taken = self.sudo().with_context(active_test=False)
            if number not in drawn and not taken.search_count([(field, "=", number)]):
                drawn.append(number)
        return drawn

    # ----------------------------------------------------------- action
    def action_open_source(self):
        """Open what the case was opened from."""
        self.ensure_one()
        self.check_access("read")
        return open_form(self.source_model, self.source_id)

    # ------------------------------------------------------------ mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "not in", OVER)]

    def _haerun_title(self):
        self.ensure_one()
        return f"问责 {self.number}"

    def _contact_holders(self):
        return self.owner_user_id | self.acting_user_id

    def _contact_name(self):
        return self.complainant or self.display_name

    # --------------------------------------------------------- business
    def _check_working(self, *states):
        """May the present user work on these cases, which stand at one of ``states``?

        :raise AccessError: for anybody but who may write the case
        :raise UserError: for a case that stands elsewhere
        """
        self.check_access("write")
        if states:
            check_state(self, *states)
