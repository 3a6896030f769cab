import hashlib
import json

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.state import label
from .haerun_hookup_plan import CONTENT


class HookupPlan(models.Model):
    """The approval of a plan: tiers by rule, each by who is there to decide (R21)."""

    _inherit = "haerun.hookup.plan"

    _state_from = ["draft", "pending"]
    _state_to = ["approved"]
    _cancel_state = "superseded"

    submitted_at = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    submitted_for_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="The principal, when the deputy submitted it.",
    )
    digest = fields.Char(
        readonly=True, copy=False, help="SHA-256 of content and files as submitted."
    )
    approved_at = fields.Datetime(readonly=True, copy=False)
    returned_at = fields.Datetime(readonly=True, copy=False)
    return_opinion = fields.Text(
        string="Opinion on Return", readonly=True, copy=False, tracking=True
    )
    approver_ids = fields.Many2many(
        "res.users",
        "haerun_hookup_plan_approver_rel",
        string="To Decide Now",
        readonly=True,
        copy=False,
        help="Who may decide on the tier that is open, those standing in included.",
    )

    # ----------------------------------------------------------- action
    def action_submit(self):
        """Hand the plan in for approval (R20, R21)."""
        self.ensure_one()
        self.check_access("write")
        self._check_current()
        self.project_id._check_gate("plan_submitted")
        self._note_compiler()
        plan = self.sudo()  # state, time and author are set by the system alone
        plan.write(
            {
                "state": "pending",
                "submitted_at": fields.Datetime.now(),
                "submitted_by_id": self.env.uid,
                "submitted_for_id": self.project_id._on_behalf().id,
                "survey_id": plan.project_id.survey_id.id,
                "digest": plan._content_digest(),
            }
        )
        reviews = plan.request_validation()
        plan._check_tiers(reviews)
        plan._settle_approvers()
        plan.project_id._end_plan_tasks()
        self.project_id._advance("plan_submitted")
        return True

    def action_approve(self):
        """Ask for the opinion with which the open tier agrees."""
        return self._ask_opinion("approve", self.env._("Approve the Plan"))

    def action_return(self):
        """Ask for the opinion with which the plan goes back."""
        return self._ask_opinion("return", self.env._("Return for Revision"))

    def _ask_opinion(self, decision, title):
        self._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.plan.opinion",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_plan_id": self.id, "default_decision": decision},
        }

    # -------------------------------------------------------- decisions
    def _approve(self, opinion=None):
        """The open tier agrees; with the last one the plan is approved (R21).

        :param opinion: text, kept with name and time
        :raise AccessError: when the tier is not for the present user
        """
        if not self._tier_agrees(opinion):
            return
        plan = self.sudo()  # rights were checked by it
        plan.write({"state": "approved", "approved_at": fields.Datetime.now()})
        plan._settle_approvers()
        plan.project_id._check_gate("plan_approved")
        plan.project_id._advance("plan_approved")
        plan.project_id._ask_for_plan("mail_activity_plan_deliver")

    def _return(self, opinion):
        """The plan goes back for revision; its clock runs on (R20, R21).

        :param opinion: text, required
        """
        self._tier_returns(opinion)
        plan = self.sudo()  # rights were checked by it
        plan.write(
            {
                "state": "returned",
                "returned_at": fields.Datetime.now(),
                "return_opinion": opinion,
            }
        )
        plan._settle_approvers()
        plan.project_id._stand_at("survey_signed")
        plan.project_id._set_back()
        plan.project_id._ask_for_plan("mail_activity_plan_revise", opinion)

    def _check_decidable(self):
        """Nobody decides on what he compiled, nor while the project stands still."""
        plan = self.sudo()  # an approver need not see the project
        stopped = plan.project_id._gate_open()
        if stopped:
            raise UserError(
                self.env._(
                    "%(plan)s cannot be decided on: %(why)s.",
                    plan=self.display_name,
                    why=stopped[0],
                )
            )
        if self.env.user in plan.compiler_ids:
            raise AccessError(
                self.env._(
                    "%s was compiled by you or for you: another has to decide on it.",
                    self.display_name,
                )
            )

    # ------------------------------------------------------ who decides
    def _deciders(self, review):
        """Who may decide on a tier now, and for whom: ``{user: principal or none}``.

        Whoever compiled the plan is left out; for one who is away, or who compiled
        it, the one standing in decides (R121).
        """
        self.ensure_one()
        plan = self.sudo()  # who leads and who stands in is no secret
        away = self.env["haerun.representative"]._haerun_users_away()
        out = plan.compiler_ids | away
        nobody = self.env["res.users"]
        principals = review._haerun_principals(plan)
        found = dict.fromkeys(principals - out, nobody)
        for principal in principals & out:
            other = plan._stand_in(principal, out | principal)
            if other:
                found.setdefault(other, principal)
        return found

    def _stand_in(self, principal, out):
        """Who decides in place of ``principal``: his deputy, else a head above.

        :param out: users who do not count
        """
        posts = principal.haerun_representative_ids.filtered(
            lambda post: post.state == "valid" and post.acting_user_id
        )
        acting = posts.sorted(lambda post: post.rep_class != "engineering")
        found = acting.acting_user_id - out
        unit = principal.employee_id.department_id or self.unit_id
        return found[:1] or unit._haerun_head(besides=out)

    def _settle_approvers(self):
        """Store who is to decide now, tell them by an activity, and nobody else."""
        if not self:
            return
        kind = self.env.ref("haerun_customer_rep.mail_activity_plan_approve")
        Activity = self.env["mail.activity"].sudo()
        quiet = Activity.with_context(mail_activity_quick_update=True)
        model_id = self.env["ir.model"]._get_id(self._name)
        today = fields.Date.context_today(self)
        for plan in self.sudo():
            reviews = plan._open_reviews()
            self.env.add_to_compute(reviews._fields["reviewer_ids"], reviews)
            asked = plan.state == "pending" and not plan.project_id.ended
            wanted = plan._current_review().reviewer_ids if asked else None
            wanted = wanted or self.env["res.users"]
            if plan.approver_ids != wanted:
                plan.approver_ids = wanted
            tasks = plan.activity_ids.filtered(lambda a: a.activity_type_id == kind)
            tasks.filtered(lambda a, who=wanted: a.user_id not in who).unlink()
            quiet.create(
                [
                    {
                        "activity_type_id": kind.id,
                        "res_model_id": model_id,
                        "res_id": plan.id,
                        "user_id": user.id,
                        "date_deadline": today,
                        "summary": kind.summary,
                    }
                    for user in wanted - tasks.exists().user_id
                ]
            )
            if plan.review_ids:
                plan._update_counter({"review_created": True})

    # --------------------------------------------------------- business
    def _check_current(self):
        """Only the newest version goes on."""
        current = self.project_id.plan_id
        if current != self:
            raise UserError(
                self.env._(
                    "%(plan)s is “%(state)s”: go on with the newest version.",
                    plan=self.display_name,
                    state=label(self),
                )
            )

    def _content_digest(self) -> str:
        """SHA-256 over what is approved."""
        self.ensure_one()
        content = {name: self[name] for name in CONTENT if not name.endswith("_ids")}
        content["files"] = sorted(self.attachment_ids.mapped("checksum"))
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def _print_state(self):
        """Printed beside the number, as long as the plan does not hold."""
        self.ensure_one()
        return "" if self.state in ("approved", "delivered") else label(self)

    def _approval_sheets(self, size: int = 10) -> list:
        """All that was decided up to this version, cut into printed sheets."""
        self.ensure_one()
        words = {"approved": "同意", "rejected": "退回", "cancel": "未审"}
        versions = self.sudo().project_id.plan_ids.filtered(
            lambda plan: plan.version <= self.version
        )
        rows = [
            {
                "version": plan.version,
                "tier": review.haerun_tier or review.name,
                "who": review.done_by.name,
                "principal": review.haerun_for_id.name,
                "decision": words.get(review.status, "待审"),
                "opinion": review.comment,
                "at": review.reviewed_date,
            }
            for plan in versions.sorted("version")
            for review in plan.review_ids.sorted("sequence")
        ]
        return [rows[i : i + size] for i in range(0, len(rows) or 1, size)]

    def _supersede(self, reason):
        """This version holds no more; what was decided on it stays."""
        for plan in self.sudo():
            plan._open_reviews().write({"status": "cancel"})
            plan.write({"state": "superseded", "superseded_reason": reason})
            plan._settle_approvers()
