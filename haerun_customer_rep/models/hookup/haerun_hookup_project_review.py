from odoo import api, fields, models
from odoo.fields import Command


class HookupProject(models.Model):
    """Review of the drawings, round by round, until all issues are resolved (R25)."""

    _inherit = "haerun.hookup.project"

    review_ids = fields.One2many(
        "haerun.hookup.review", "project_id", string="Review Rounds", copy=False
    )
    review_id = fields.Many2one(
        "haerun.hookup.review",
        string="Review Round",
        compute="_compute_review_id",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        ondelete="set null",
        help="The latest one.",
    )
    review_state = fields.Selection(related="review_id.state", string="Review")
    review_issue_ids = fields.One2many(
        "haerun.hookup.review.issue", "project_id", string="Review Issues", copy=False
    )

    @api.depends("review_ids")
    def _compute_review_id(self):
        for project in self:
            project.review_id = project.review_ids.sorted("number")[-1:]

    # ----------------------------------------------------------- action
    def action_open_review(self):
        """The latest round of the drawing review (R25)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "haerun.hookup.review",
            "res_id": self.review_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------ gates
    def _gate_review_passed(self):
        """A round that waits for its outcome, and no open issue of any round (R25)."""
        review = self.review_id
        if not review:
            return [
                self.env._(
                    "no drawings are in, record the customer's design-finished notice"
                )
            ]
        return review._missing_to_pass()

    # --------------------------------------------------------- business
    def _open_round(self, drawings, note, how):
        """Open the next round with these drawings; the gate was checked."""
        # sudo: rounds are opened by the system alone
        return (
            self.env["haerun.hookup.review"]
            .sudo()
            .create(
                {
                    "project_id": self.id,
                    "number": max(self.sudo().review_ids.mapped("number"), default=0)
                    + 1,
                    "design_id": self.sudo().design_id.id,
                    "submitted_at": fields.Datetime.now(),
                    "submitted_by_id": self.env.uid,
                    "submitted_for_id": self._on_behalf().id,
                    "how": how,
                    "note": note,
                    "attachment_ids": [Command.set(drawings.ids)],
                }
            )
            .with_env(self.env)
        )

    def _haerun_worker(self):
        """Where the design has no step of its own, it is drawn before the review."""
        worker = super()._haerun_worker()
        if (
            self.step == "plan_delivered"
            and not self.suspended_at
            and self.goes_review
            and not self.goes_design
            and self.review_id.state != "open"
        ):
            return "design"
        return worker

    def _bundle_documents(self):
        """The opinions of the rounds that came to an end (R25)."""
        concluded = self.review_ids.filtered(
            lambda review: review.state in ("passed", "returned")
        )
        return [
            *super()._bundle_documents(),
            (
                "haerun_customer_rep.haerun_hookup_review_report",
                concluded.sorted("number"),
            ),
        ]

    def _step_undone(self, steps, reason):
        """A round under way lapses; a passed one is taken up by another round."""
        project = self.sudo()  # rounds are opened and dropped by the system alone
        review = project.review_id
        if "design_finished" in steps:
            if review.state == "open":
                review._drop(reason)
        elif "review_passed" in steps and review.state == "passed":
            self._open_round(review.attachment_ids, reason, review.how)
        return super()._step_undone(steps, reason)

    def _tell_returned(self, review):
        """The customer's side learns that the drawings come back, and why."""
        customer = self.sudo().partner_id
        self.message_post(
            body=self.env._(
                "Round %(number)s of the drawing review: returned to the design unit "
                "with these issues: %(issues)s. %(opinion)s",
                number=review.number,
                issues="、".join(review._open_issues().mapped("name")),
                opinion=review.opinion,
            ),
            subtype_xmlid="mail.mt_comment",
            partner_ids=customer.filtered("email").ids,
        )
