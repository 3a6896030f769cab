from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.state import called, label

#: reviews that are still to be decided on
OPEN = ("waiting", "pending")


class TieredMixin(models.AbstractModel):
    """What tiers decide on, one after the other, and what stays decided (R21, R117).

    The tiers are those of ``base_tier_validation``; what was decided is never
    unlinked, and who may decide is found out when the question is asked. Heirs have
    ``state`` with ``pending`` and ``approver_ids``, and say in
    :meth:`_deciders` who decides for whom, in :meth:`_settle_approvers` how they are
    told.
    """

    _name = "haerun.tiered.mixin"
    _inherit = ["tier.validation"]
    _description = "Matter That Tiers Decide on"

    may_decide = fields.Boolean(compute="_compute_may_decide")

    # the tiers' own entrances lead through ours, or nowhere
    def request_validation(self):
        if not self.env.su:
            raise UserError(self.env._("Hand it in for approval by its button."))
        return super().request_validation()

    def restart_validation(self):
        raise UserError(self.env._("What was decided stays: return it for revision."))

    def validate_tier(self):
        return self.action_approve()

    def reject_tier(self):
        return self.action_return()

    def _tier_validation_check_state_on_write(self, vals):
        """Whether tiers are still to be asked is not what it was at submission."""
        self.invalidate_recordset(["need_validation"])
        return super()._tier_validation_check_state_on_write(vals)

    def _allow_to_remove_reviews(self, values):
        """Opinions are evidence: they stay whatever becomes of the matter."""
        return False

    # -------------------------------------------------------- who decides
    @api.depends(lambda self: () if self._abstract else ("state", "approver_ids"))
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for one in self:
            one.may_decide = (
                one.state == "pending" and self.env.user in one.sudo().approver_ids
            )

    def _open_reviews(self):
        return self.review_ids.filtered(lambda review: review.status in OPEN)

    def _current_review(self):
        """The tier whose turn it is."""
        self.ensure_one()
        return self._open_reviews().sorted("sequence")[:1]

    def _deciders(self, review):
        """Who may decide on a tier now, and for whom: ``{user: principal or none}``."""
        raise NotImplementedError

    def _settle_approvers(self):
        """Store who is to decide now, and tell them."""
        raise NotImplementedError

    @api.model
    def _approvers_changed(self):
        """Somebody went away, came back or took over: who decides is asked anew."""
        self.sudo().search([("state", "=", "pending")])._settle_approvers()

    def _check_tiers(self, reviews):
        """:raise UserError: for what nobody can decide on"""
        if not reviews:
            raise UserError(
                self.env._(
                    "No approval rule fits %s: let the rules administrator add one.",
                    called(self),
                )
            )
        for review in reviews:
            if not self._deciders(review):
                raise UserError(
                    self.env._(
                        "Nobody can decide on “%(tier)s” of %(matter)s: let the rules "
                        "administrator name somebody.",
                        tier=review.name,
                        matter=called(self),
                    )
                )

    def _check_decidable(self):
        """Hook: something else stands in the way of deciding."""

    def _check_may_decide(self):
        """May the present user decide on the tier that is open, now?

        :return: the review (as superuser) and for whom he decides, or no user
        :raise AccessError: when he may not; says who may
        """
        self.ensure_one()
        self.check_access("read")
        one = self.sudo()  # who decides need not see the matter behind
        review = one._current_review()
        if one.state != "pending" or not review:
            raise UserError(
                self.env._(
                    "%(matter)s is “%(state)s”: there is nothing to decide.",
                    matter=called(self),
                    state=label(self),
                )
            )
        self._check_decidable()
        deciders = one._deciders(review)
        if self.env.user not in deciders:
            raise AccessError(
                self.env._(
                    "“%(tier)s” of %(matter)s is decided by %(who)s.",
                    tier=review.name,
                    matter=called(self),
                    who="、".join(user.sudo().name for user in deciders)
                    or self.env._("nobody who is there"),
                )
            )
        return review, deciders[self.env.user]

    # ---------------------------------------------------------- decisions
    def _tier_agrees(self, opinion=None):
        """The open tier agrees.

        :param opinion: text, kept with name and time
        :return: whether it was the last one
        :raise AccessError: when the tier is not for the present user
        """
        review, principal = self._check_may_decide()
        review._haerun_decide("approved", opinion or "同意", principal)
        one = self.sudo()  # rights were checked above
        rest = one._open_reviews()
        if rest:
            rest._update_review_status()
            one._settle_approvers()
        return not rest

    def _tier_returns(self, opinion):
        """The open tier sends it back: those behind it are not asked any more.

        :param opinion: text, required
        """
        review, principal = self._check_may_decide()
        if not (opinion or "").strip():
            raise UserError(
                self.env._(
                    "%s: say what is to be revised, nothing is returned without an "
                    "opinion.",
                    called(self),
                )
            )
        review._haerun_decide("rejected", opinion, principal)
        # sudo: rights were checked above
        self.sudo()._open_reviews().write({"status": "cancel"})
