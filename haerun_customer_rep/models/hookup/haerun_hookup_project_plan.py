from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.state import label

#: what is asked of the holder in between
TASKS = ("mail_activity_plan_deliver", "mail_activity_plan_revise")


class HookupProject(models.Model):
    """The water-supply plan on the project: versions, gates, going back (R19-R22)."""

    _inherit = "haerun.hookup.project"

    plan_ids = fields.One2many(
        "haerun.hookup.plan", "project_id", string="Plans", copy=False
    )
    plan_id = fields.Many2one(
        "haerun.hookup.plan",
        string="Plan",
        compute="_compute_plan_id",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        ondelete="set null",
        help="The newest version that is not superseded.",
    )
    plan_state = fields.Selection(related="plan_id.state", string="Plan Status")

    @api.depends("plan_ids.state")
    def _compute_plan_id(self):
        for project in self:
            valid = project.plan_ids.filtered(lambda p: p.state != "superseded")
            project.plan_id = valid.sorted("version")[-1:]

    # ----------------------------------------------------------- action
    def action_compile_plan(self):
        """Open the plan to write on: the draft, or a new version."""
        self.ensure_one()
        self.check_access("write")
        plan = self.plan_id
        if plan and plan.state != "returned":
            return plan._open()
        last = plan or self.plan_ids.sorted("version")[-1:]
        if last:
            return last._revise()._open()
        plan = self.env["haerun.hookup.plan"].create({"project_id": self.id})
        return plan._open()

    def action_open_plan(self):
        """The newest version of the plan."""
        self.ensure_one()
        if not self.plan_id:
            raise UserError(
                self.env._("%s has no plan yet: compile it first.", self.display_name)
            )
        return self.plan_id._open()

    # ------------------------------------------------------------ gates
    def _check_may_compile(self):
        """May the present user begin a version of the plan now?

        :raise UserError: one sentence that says why not
        """
        self.ensure_one()
        if not self.env.su:
            self.check_access("write")
        self._check_level("plan_submitted")
        standing = self.plan_id.filtered(lambda plan: plan.state != "returned")
        unsigned = self.survey_id.state != "signed"
        missing = (
            self._gate_open()
            or (unsigned and self._gate_plan_submitted())
            or self._gate_order("plan_submitted")
        )
        if standing and not missing:
            missing = [
                self.env._(
                    "%(plan)s is “%(state)s”, go on with that one",
                    plan=standing.display_name,
                    state=label(standing),
                )
            ]
        if missing:
            raise UserError(
                self.env._(
                    "No plan can be compiled for %(project)s: %(missing)s.",
                    project=self.display_name,
                    missing=missing[0],
                )
            )

    def _gate_order(self, step):
        """A plan whose approval was taken back is submitted where the project is."""
        if (
            step == "plan_submitted" == self.step
            and self.sudo().plan_id.state != "pending"
        ):
            return []
        return super()._gate_order(step)

    def _gate_plan_submitted(self):
        """The plan says all it has to; before that, the survey is signed (R19)."""
        return super()._gate_plan_submitted() or self._missing_plan()

    def _missing_plan(self):
        plan = self.sudo().plan_id
        if not plan:
            return [self.env._("no plan is compiled")]
        if plan.state == "returned":
            return [self.env._("the plan was returned, revise it in a new version")]
        return plan._missing_content() if plan.state == "draft" else []

    def _gate_plan_approved(self):
        """Every tier has agreed (R21)."""
        plan = self.sudo().plan_id
        if plan.state in ("approved", "delivered"):
            return []
        review = plan._current_review() if plan.state == "pending" else None
        if review:
            return [
                self.env._(
                    "“%(tier)s” has not decided on the plan (%(who)s)",
                    tier=review.name,
                    who="、".join(plan.approver_ids.mapped("name")) or "?",
                )
            ]
        return [self.env._("the plan is not approved")]

    def _gate_plan_delivered(self):
        """Only an approved plan goes to the customer (R22)."""
        plan = self.sudo().plan_id
        if plan.state == "approved":
            return []
        if plan.state == "delivered":
            return [self.env._("the customer has received the plan already")]
        return [self.env._("the plan is not approved")]

    # ------------------------------------------------------------ turns
    def _step_undone(self, steps, reason):
        result = super()._step_undone(steps, reason)
        for plan in self.sudo().plan_ids:
            if "plan_approved" in steps and plan.state in ("approved", "delivered"):
                plan._supersede(reason)
            elif "plan_submitted" in steps and plan.state == "pending":
                plan._supersede(reason)
            elif "plan_delivered" in steps and plan.state == "delivered":
                plan._void_receipt(reason)
        if "plan_delivered" in steps:
            self._end_plan_tasks()
        return result

    def _go_back(self, step, reason):
        result = super()._go_back(step, reason)
        if step == "plan_approved":
            self.sudo()._ask_for_plan("mail_activity_plan_deliver")
        return result

    def _end(self, step, reason):
        result = super()._end(step, reason)
        self.sudo().plan_ids._settle_approvers()
        return result

    def _reopen(self, reason):
        result = super()._reopen(reason)
        self.sudo().plan_ids._settle_approvers()
        return result

    # ------------------------------------------------------------ tasks
    def _ask_for_plan(self, task, note=None):
        """Tell who acts what to do with the plan now."""
        kind = self.env.ref(f"haerun_customer_rep.{task}")
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].sudo().with_context(
            mail_activity_quick_update=True
        ).create(
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model_id,
                    "res_id": project.id,
                    "user_id": project.acting_user_id.id,
                    "date_deadline": fields.Date.context_today(self),
                    "summary": kind.summary,
                    "note": note,
                }
                for project in self
                if project.acting_user_id
            ]
        )

    def _end_plan_tasks(self):
        """What was asked about the plan is done, or no longer to be done."""
        kinds = self.env["mail.activity.type"].browse(
            self.env.ref(f"haerun_customer_rep.{task}").id for task in TASKS
        )
        # sudo: the task may lie with the principal while the deputy does it
        tasks = (
            self.env["mail.activity"]
            .sudo()
            .search(
                Domain("res_model", "=", self._name)
                & Domain("res_id", "in", self.ids)
                & Domain("activity_type_id", "in", kinds.ids)
            )
        )
        tasks.action_feedback()
