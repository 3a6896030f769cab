from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults
from ...tools.sentence import joined
from ...tools.state import label
from .haerun_hookup_design import HOW

STATES = [
    ("open", "Under Review"),
    ("passed", "Passed"),
    ("returned", "Returned"),
    ("dropped", "Dropped"),
]
#: what the reviewer writes himself while the round is open
WRITTEN = frozenset({"opinion", "issue_ids"})


class HookupReview(models.Model):
    """A round of the drawing review: drawings in, issues, outcome (R25).

    Opened by the customer's design-finished notice; once concluded it stays as it is.
    """

    _name = "haerun.hookup.review"
    _inherit = ["haerun.hookup.paper", "haerun.hookup.papers"]
    _description = "Drawing Review"
    _order = "project_id desc, number desc"

    project_id = fields.Many2one(readonly=True)
    number = fields.Integer(string="Round", required=True, readonly=True)
    design_id = fields.Many2one(
        "haerun.hookup.design",
        string="Design Unit",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    submitted_at = fields.Datetime(string="Submitted", required=True, readonly=True)
    submitted_by_id = fields.Many2one("res.users", string="Recorded By", readonly=True)
    submitted_for_id = fields.Many2one(
        "res.users", string="Recorded For", readonly=True
    )
    how = fields.Selection(HOW, string="Told How", required=True, readonly=True)
    note = fields.Text(readonly=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Drawings", copy=False)
    acting_user_id = fields.Many2one(
        related="project_id.acting_user_id", string="Acts now"
    )
    issue_ids = fields.One2many(
        "haerun.hookup.review.issue", "review_id", string="Issues", copy=False
    )
    earlier_issue_ids = fields.Many2many(
        "haerun.hookup.review.issue",
        string="Issues of Earlier Rounds",
        compute="_compute_earlier_issue_ids",
        help="Open when this round began: each is to be resolved, with a note.",
    )
    open_count = fields.Integer(string="Open Issues", compute="_compute_open_count")
    opinion = fields.Text(string="Review Opinion", copy=False)
    state = fields.Selection(
        STATES, default="open", required=True, readonly=True, copy=False, index=True
    )
    reviewed_by_id = fields.Many2one(
        "res.users", string="Reviewer", readonly=True, copy=False
    )
    reviewed_for_id = fields.Many2one(
        "res.users",
        string="Reviewed For",
        readonly=True,
        copy=False,
        help="The principal, when the deputy reviewed.",
    )
    concluded_at = fields.Datetime(string="Concluded", readonly=True, copy=False)
    drop_reason = fields.Char(readonly=True, copy=False)

    _round_uniq = models.UniqueIndex(
        "(project_id, number)", "This round of the review exists already."
    )
    _one_open = models.UniqueIndex(
        "(project_id) WHERE state = 'open'",
        "A round of the review of this project is not concluded yet.",
    )

    # ---------------------------------------------------------- compute
    @api.depends("project_id", "number")
    def _compute_display_name(self):
        for review in self:
            review.display_name = self.env._(
                "%(project)s review, round %(number)s",
                project=review.project_id.sudo().display_name or "",
                number=review.number,
            )

    @api.depends("project_id.review_issue_ids.resolved_in_id")
    def _compute_earlier_issue_ids(self):
        for review in self:
            review.earlier_issue_ids = review.project_id.review_issue_ids.filtered(
                lambda issue, review=review: (
                    issue.review_id.number < review.number
                    and (
                        not issue.resolved_in_id
                        or issue.resolved_in_id.number >= review.number
                    )
                )
            )

    @api.depends("project_id.review_issue_ids.state", "issue_ids.state")
    def _compute_open_count(self):
        for review in self:
            # an issue that the form has not saved yet counts as well
            earlier = review.project_id.review_issue_ids.filtered(
                lambda issue, own=review._origin: issue.review_id._origin != own
            )
            issues = earlier | review.issue_ids
            review.open_count = len(issues.filtered(lambda i: i.state == "open"))

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        self.flush_model(["state"])  # the former round is concluded, also on disk
        reviews = super(HookupReview, without_defaults(self)).create(vals_list)
        reviews._own_papers()
        return reviews

    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals, self._fields.keys() - WRITTEN)
            self._check_open()
            for project in self.project_id:
                project._check_level("review_passed")
        return super().write(vals)

    # ----------------------------------------------------------- action
    def action_pass(self):
        """All issues are resolved: the project goes to EMD (R25)."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        project = self.project_id
        project._check_gate("review_passed")
        self._conclude("passed")
        project._reach("review_concluded")
        project._advance("review_passed")
        return True

    def action_return(self):
        """There are issues: time lies with the design unit again (R25)."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        project = self.project_id
        project._check_level("review_passed")
        missing = project._gate_open() or self._missing_to_return()
        if missing:
            raise UserError(
                self.env._(
                    "%(review)s cannot be returned: %(missing)s.",
                    review=self.display_name,
                    missing=joined(self.env, missing),
                )
            )
        self._conclude("returned")
        project._reach("review_concluded")
        project._stand_at("plan_delivered")
        project._set_back()
        project._tell_returned(self)
        return True

    def action_print(self):
        """The review opinion as a document (R25)."""
        self.check_access("read")
        unfinished = self.filtered(lambda r: r.state not in ("passed", "returned"))
        if unfinished:
            raise UserError(
                self.env._(
                    "%s has no outcome yet: pass or return it first.",
                    unfinished[0].display_name,
                )
            )
        return self.env.ref(
            "haerun_customer_rep.haerun_hookup_review_report"
        ).report_action(self)

    def action_open_issues(self):
        """The open issues of all rounds as a list to tick off."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Issues"),
            "res_model": "haerun.hookup.review.issue",
            "view_mode": "list,form",
            "domain": [
                ("project_id", "=", self.project_id.id),
                "|",
                ("state", "=", "open"),
                ("resolved_in_id", "=", self.id),
            ],
            "context": {"create": False},
        }

    # ------------------------------------------------------------ gates
    def _open_issues(self):
        """Issues of this and all other rounds that nobody resolved."""
        self.ensure_one()
        return self.project_id.review_issue_ids.filtered(lambda i: i.state == "open")

    def _missing_to_pass(self):
        """What the round lacks before the drawings pass, as parts of a sentence."""
        self.ensure_one()
        if self.state != "open":
            return [self._why_not_open()]
        missing = []
        left = self._open_issues()
        if left:
            missing.append(
                self.env._(
                    "these issues are not resolved: %s", "、".join(left.mapped("name"))
                )
            )
        return missing + self._missing_opinion()

    def _missing_to_return(self):
        self.ensure_one()
        missing = []
        if not self._open_issues():
            missing.append(self.env._("no issue is open, write down what is wrong"))
        return missing + self._missing_opinion()

    def _missing_opinion(self):
        if (self.opinion or "").strip():
            return []
        return [self.env._("write the review opinion")]

    def _why_not_open(self):
        return self.env._(
            "round %(number)s of the review is over (%(state)s)",
            number=self.number,
            state=label(self),
        )

    def _check_open(self):
        over = self.filtered(lambda review: review.state != "open")
        if over:
            raise UserError(
                self.env._(
                    "%s is concluded and stays as it is: what is new belongs into the "
                    "next round.",
                    over[0].display_name,
                )
            )

    # --------------------------------------------------------- business
    def _conclude(self, state):
        # sudo: outcome, time and reviewer are set by the system alone
        self.sudo().write(
            {
                "state": state,
                "concluded_at": fields.Datetime.now(),
                "reviewed_by_id": self.env.uid,
                "reviewed_for_id": self.project_id._on_behalf().id,
            }
        )

    def _drop(self, reason):
        """The project went back: the round under way lapses without an outcome."""
        self.sudo().write(
            {
                "state": "dropped",
                "concluded_at": fields.Datetime.now(),
                "drop_reason": reason,
            }
        )

    # ------------------------------------------------------------ print
    def _printed_issues(self):
        """Those of this round, then earlier ones, as the opinion tells them.

        :return: list of (issue, its state as of this round's conclusion)
        """
        self.ensure_one()
        issues = self.issue_ids.sorted("sequence") | self.earlier_issue_ids.sorted(
            lambda issue: (issue.review_id.number, issue.sequence)
        )
        return [
            (
                issue,
                bool(issue.resolved_in_id)
                and issue.resolved_in_id.number <= self.number,
            )
            for issue in issues
        ]

    def _sheets(self, lines: int = 24) -> list:
        """Issues cut into printed sheets by the lines that their text takes.

        The last sheet also holds opinion and outcome.
        """
        sheets, room = [[]], lines
        for issue, resolved in self._printed_issues():
            text = f"{issue.text}{issue.resolution or ''}"
            need = max(2, -(-len(text) // 16), -(-len(issue.clause or "") // 12))
            if sheets[-1] and need > room:
                sheets.append([])
                room = lines
            sheets[-1].append((issue, resolved))
            room -= need
        opinion = self.opinion or ""
        if room < 7 + len(opinion) // 36 + opinion.count("\n") and len(sheets[-1]) > 1:
            sheets.append([sheets[-1].pop()])
        return sheets
