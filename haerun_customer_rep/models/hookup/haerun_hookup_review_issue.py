from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.context import without_defaults
from ...tools.evidence import refuse
from ...tools.window import open_form

#: what the reviewer writes of an issue in the round that raises it
RAISED = frozenset({"review_id", "drawing_no", "clause", "text", "severity"})


class HookupReviewIssue(models.Model):
    """What is wrong with a drawing; open until a round finds it resolved (R25)."""

    _name = "haerun.hookup.review.issue"
    _inherit = ["haerun.hookup.part"]
    _description = "Review Issue"
    _order = "review_id, sequence"

    review_id = fields.Many2one(
        "haerun.hookup.review",
        string="Round",
        required=True,
        index=True,
        ondelete="restrict",
    )
    project_id = fields.Many2one(related="review_id.project_id", store=True, index=True)
    sequence = fields.Integer(readonly=True, copy=False)
    name = fields.Char(
        string="Number",
        compute="_compute_name",
        store=True,
        help="Round and number within it.",
    )
    drawing_no = fields.Char(string="Drawing Number", required=True)
    clause = fields.Char(string="Clause or Standard")
    text = fields.Text(string="Issue", required=True)
    severity = fields.Selection(
        [("minor", "Minor"), ("major", "Major"), ("mandatory", "Mandatory clause")],
        default="major",
        required=True,
    )
    state = fields.Selection(
        [("open", "Open"), ("resolved", "Resolved")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    resolution = fields.Char(copy=False, help="How it was put right.")
    resolved_in_id = fields.Many2one(
        "haerun.hookup.review",
        string="Resolved In",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    resolved_at = fields.Datetime(readonly=True, copy=False)
    resolved_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _sequence_uniq = models.UniqueIndex(
        "(review_id, sequence)", "This issue has a number already."
    )

    @api.depends("review_id.number", "sequence")
    def _compute_name(self):
        for issue in self:
            issue.name = f"{issue.review_id.number}-{issue.sequence}"

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Raise issues in an open round; they are numbered as they come."""
        if not self.env.su:
            for vals in vals_list:
                self._check_raised(vals, RAISED | {"resolution"})
        reviews = self.env["haerun.hookup.review"].browse(
            {vals.get("review_id") for vals in vals_list if vals.get("review_id")}
        )
        reviews._check_open()
        if not self.env.su:
            reviews.check_access("write")
            for review in reviews:
                review.project_id._check_level("review_passed")
        last = {
            # sudo: numbers follow all issues of the round
            review.id: max(review.sudo().issue_ids.mapped("sequence"), default=0)
            for review in reviews
        }
        numbered = []
        for vals in vals_list:
            review = vals.get("review_id")
            last[review] = last.get(review, 0) + 1
            numbered.append({**vals, "sequence": last[review]})
        clean = without_defaults(self, self._fields.keys() - RAISED)
        issues = super(HookupReviewIssue, clean).create(numbered)
        issues.check_access("write")
        return issues

    def write(self, vals):
        if not self.env.su:
            self._check_raised(vals, (RAISED | {"resolution"}) - {"review_id"})
            if "resolution" in vals:
                self._check_open_round()
            if vals.keys() - {"resolution"}:
                self.review_id._check_open()
            for project in self.project_id:
                project._check_level("review_passed")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open_round(self):
        """An issue written by mistake goes while its round is open."""
        self.review_id._check_open()
        for project in self.project_id:
            project._check_level("review_passed")
        if self.filtered("resolved_in_id"):
            raise UserError(
                self.env._(
                    "Issue %s is resolved and stays in the file.",
                    self.filtered("resolved_in_id")[0].name,
                )
            )

    # ----------------------------------------------------------- action
    def action_open(self):
        """The issue in a window: how it was put right."""
        self.ensure_one()
        self.check_access("read")
        return {**open_form(self._name, self.id), "target": "new", "name": self.name}

    def action_resolve(self):
        """The new drawings put it right; the note says how (R25)."""
        for issue in self:
            review = issue._check_open_round()
            if issue.state == "resolved":
                raise UserError(self.env._("Issue %s is resolved already.", issue.name))
            if not (issue.resolution or "").strip():
                raise UserError(
                    self.env._("Write how issue %s was put right.", issue.name)
                )
            # sudo: state, time and by whom are set by the system alone
            issue.sudo().write(
                {
                    "state": "resolved",
                    "resolved_in_id": review.id,
                    "resolved_at": fields.Datetime.now(),
                    "resolved_by_id": self.env.uid,
                }
            )
        return True

    def action_take_up(self):
        """Ticked off by mistake in this round: it is open again."""
        for issue in self:
            review = issue._check_open_round()
            if issue.resolved_in_id != review:
                raise UserError(
                    self.env._(
                        "Issue %s was not resolved in this round: raise it anew.",
                        issue.name,
                    )
                )
            # sudo: state, time and by whom are set by the system alone
            issue.sudo().write(
                {
                    "state": "open",
                    "resolved_in_id": False,
                    "resolved_at": False,
                    "resolved_by_id": False,
                }
            )
        return True

    # ----------------------------------------------------------- checks
    def _check_raised(self, vals, allowed):
        refuse(self, self._fields.keys() - allowed, vals)

    def _check_open_round(self):
        """The round under way in which an issue may be resolved.

        :return: ``haerun.hookup.review``
        """
        self.check_access("write")
        for issue in self:
            issue.project_id._check_level("review_passed")
            review = issue.project_id.review_id
            if review.state != "open" or (
                issue.resolved_in_id and issue.resolved_in_id != review
            ):
                raise UserError(
                    self.env._(
                        "Issue %s is dealt with in a round of the review: none is "
                        "under way for it.",
                        issue.name,
                    )
                )
        return self.project_id.review_id
