from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .tier_definition import PLAN


class TierReview(models.Model):
    """An opinion on a plan is evidence: made by the plan's methods alone (R21)."""

    _inherit = "tier.review"

    # named anew, in the words of an approval (and in Chinese)
    status = fields.Selection(
        selection_add=[
            ("waiting", "Waits its turn"),
            ("pending", "To decide"),
            ("rejected", "Returned"),
            ("approved", "Agreed"),
            ("cancel", "Not decided"),
        ]
    )
    haerun_for_id = fields.Many2one(
        "res.users",
        string="Decided For",
        readonly=True,
        help="Who was away or had compiled the plan, when another decided for him.",
    )
    haerun_tier = fields.Char(
        string="Approval Tier", readonly=True, help="The rule's name at that time."
    )
    haerun_readable = fields.Boolean(
        compute="_compute_haerun_readable", search="_search_haerun_readable"
    )

    @api.depends("model", "res_id")
    @api.depends_context("uid")
    def _compute_haerun_readable(self):
        """Opinions on a plan are read by who reads the plan."""
        plans = self.env[PLAN].sudo(False)
        for review in self:
            review.haerun_readable = review.model != PLAN or (
                plans.browse(review.res_id).has_access("read")
            )

    @api.model
    def _search_haerun_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        plans = self.env[PLAN].sudo(False)
        seen = plans._search([]) if plans.has_access("read") else []
        readable = Domain("model", "!=", PLAN) | Domain("res_id", "in", seen)
        return readable if True in value else ~readable

    # ------------------------------------------------------------- CRUD
    @api.model
    def _haerun_matters(self):
        """The models on which opinions are evidence; later rooms add theirs."""
        return [PLAN]

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        reviews._haerun_check_own()
        return reviews

    def write(self, vals):
        self._haerun_check_own()
        if "model" in vals:
            result = super().write(vals)
            self._haerun_check_own()
            return result
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_on_plans(self):
        if self.filtered(lambda review: review.model in self._haerun_matters()):
            raise AccessError(
                self.env._("An opinion of a tier is evidence and stays as it is.")
            )

    def _haerun_check_own(self):
        ours = self._haerun_matters()
        if not self.env.su and self.filtered(lambda review: review.model in ours):
            raise AccessError(
                self.env._(
                    "Opinions of a tier are given by the buttons of the matter: use "
                    "them."
                )
            )

    # --------------------------------------------------------- business
    def _haerun_decide(self, status, opinion, principal):
        """Note the present user's decision; it is never changed afterwards."""
        self.ensure_one()
        self.write(
            {
                "status": status,
                "comment": opinion.strip(),
                "done_by": self.env.uid,
                "haerun_for_id": principal.id,
                "haerun_tier": self.name,
                "reviewed_date": fields.Datetime.now(),
            }
        )

    def _haerun_principals(self, plan):
        """Whose the decision is, there or away; never one who compiled the plan
        where the rule names an office, not a person."""
        self.ensure_one()
        compilers = plan.compiler_ids
        head = plan.unit_id._haerun_head(besides=compilers)
        if self.review_type == "haerun_head":
            return head
        if self.review_type == "haerun_leader":
            return plan.unit_id._haerun_head(besides=compilers | head)
        if self.review_type == "haerun_coordinator":
            group = self.env.ref("haerun_customer_rep.group_csd_engineering")
            users = group.sudo().all_user_ids
            return users.filtered(lambda user: user.active and not user.share)
        return self.with_context(haerun_as_named=True)._get_reviewers()

    def _get_reviewers(self):
        """On plans: who is there to decide, those standing in included (R121)."""
        if self.model != PLAN or self.env.context.get("haerun_as_named"):
            return super()._get_reviewers()
        plan = self.env[PLAN].sudo().browse(self.res_id)
        users = self.env["res.users"]
        return users.union(*plan._deciders(self))
