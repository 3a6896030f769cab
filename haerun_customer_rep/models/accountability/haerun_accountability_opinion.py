from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.state import label

STATES = [
    ("draft", "Being Handed In"),
    ("pending", "In Approval"),
    ("approved", "Approved"),
    ("returned", "Returned"),
]


class AccountabilityOpinion(models.Model):
    """处理意见: what is proposed, and what each tier says to it (R117).

    One record a submission: what was returned stays as it was. Tiers are those of
    ``base_tier_validation``; nobody concerned, hidden from or proposing decides.
    """

    _name = "haerun.accountability.opinion"
    _inherit = [
        "haerun.accountability.part",
        "haerun.evidence.mixin",
        "haerun.tiered.mixin",
    ]
    _description = "Handling Opinion"
    _order = "id desc"
    _rec_name = "proposed_at"
    _state_from = ["draft", "pending"]
    _state_to = ["approved"]
    _cancel_state = "returned"
    _tier_validation_manual_config = True

    state = fields.Selection(STATES, default="draft", required=True, readonly=True)
    text = fields.Text(string="Handling Opinion", required=True, readonly=True)
    summary = fields.Text(
        string="Sanctions Proposed", readonly=True, help="As they were handed in."
    )
    heavy = fields.Boolean(
        readonly=True, help="Serious impact, or a sanction that needs the next tier."
    )
    proposed_at = fields.Datetime(readonly=True)
    proposed_by_id = fields.Many2one("res.users", string="Proposed By", readonly=True)
    proposed_for_id = fields.Many2one("res.users", string="Proposed For", readonly=True)
    return_reason = fields.Text(string="Why Returned", readonly=True)
    ended_at = fields.Datetime(readonly=True)
    approver_ids = fields.Many2many(
        "res.users",
        "haerun_accountability_approver_rel",
        string="To Decide Now",
        readonly=True,
    )

    # ------------------------------------------------------------- action
    def action_approve(self):
        """Open the window in which the open tier agrees."""
        self._check_may_decide()
        return self.case_id._ask("approve", self.env._("Approve"), opinion_id=self.id)

    def action_return(self):
        """Open the window in which the opinion goes back."""
        self._check_may_decide()
        return self.case_id._ask(
            "return", self.env._("Return for Revision"), opinion_id=self.id
        )

    def _tier_validation_check_write_allowed(self, vals):
        """Nobody but the system writes an opinion, at whatever state."""

    # ----------------------------------------------------------- business
    @api.model
    def _hand_in(self, case, text):
        """Hand an opinion on ``case`` in; the first tier is told (R117).

        :raise UserError: without a text, or when nobody can decide
        """
        if not (text or "").strip():
            raise UserError(self.env._("%s: write the handling opinion.", case.number))
        people = case.sudo().person_ids
        opinion = self.sudo().create(
            {
                "case_id": case.id,
                "text": text.strip(),
                "summary": "\n".join(people.mapped(self._line)),
                "heavy": case.severity != "normal"
                or any(people.sanction_id.mapped("next_tier")),
                "proposed_at": fields.Datetime.now(),
                "proposed_by_id": self.env.uid,
                "proposed_for_id": case._on_behalf().id,
            }
        )
        opinion.write({"state": "pending"})
        reviews = opinion.request_validation()
        opinion._check_tiers(reviews)
        opinion._settle_approvers()
        return opinion

    @api.model
    def _line(self, person):
        finding = label(person, "finding")
        sanction = person.sanction_id.name or "—"
        return f"{person.employee_id.name}：{finding}，{sanction}"

    def _approve(self, text=None):
        """The open tier agrees; with the last one the case is decided.

        :raise AccessError: when the tier is not for the present user
        """
        if not self._tier_agrees(text):
            return
        one = self.sudo()  # rights were checked by it
        one.write({"state": "approved", "ended_at": fields.Datetime.now()})
        one._settle_approvers()
        one.case_id._decided(one)

    def _return(self, text):
        """The opinion goes back for revision.

        :param text: why, required
        """
        self._tier_returns(text)
        one = self.sudo()  # rights were checked by it
        one.write(
            {
                "state": "returned",
                "return_reason": text,
                "ended_at": fields.Datetime.now(),
            }
        )
        one._settle_approvers()
        case = one.case_id
        case._returned()
        case._tell(
            case.acting_user_id,
            self.env._("The handling opinion was returned: %s", text),
            topic="returned",
        )

    # -------------------------------------------------------- who decides
    def _excluded(self):
        """Who never decides: who proposed it, and who may not know."""
        case = self.sudo().case_id
        return (
            case.hidden_user_ids
            | self.proposed_by_id
            | self.proposed_for_id
            | case.owner_user_id
            | case.acting_user_id
        ).sudo(False)

    def _deciders(self, review):
        """Who may decide on a tier now, and for whom: ``{user: principal or none}``."""
        self.ensure_one()
        out = self._excluded()
        away = self.env["haerun.representative"]._haerun_users_away()
        nobody = self.env["res.users"]
        found = {}
        for principal in self._tier_principals(review) - out:
            if principal not in away:
                found[principal] = nobody
                continue
            posts = principal.sudo().haerun_representative_ids
            posts = posts.filtered(lambda post: post.state == "valid")
            other = (posts.acting_user_id.sudo(False) - out - away)[:1]
            other = other or self._head_above(principal, out | away)
            if other:
                found.setdefault(other, principal)
        return found

    def _head_above(self, principal, out):
        unit = principal.sudo().employee_id.department_id
        return unit._haerun_head(besides=out | principal).sudo(False)

    def _tier_principals(self, review):
        """Whose the decision of a tier is: by office, or as the rule names them."""
        case = self.sudo().case_id
        head = case._company_head()
        out = self._excluded()
        if review.review_type == "haerun_company":
            return head
        if review.review_type == "haerun_body":
            unit = case._body_unit(case.body)
            first = unit.manager_id.user_id.sudo(False)
            return first if first and first not in out else head
        return review.with_context(haerun_as_named=True)._get_reviewers()

    def _settle_approvers(self):
        """Store who is to decide now, and tell them by the outbox alone."""
        for one in self.sudo():
            reviews = one._open_reviews()
            self.env.add_to_compute(reviews._fields["reviewer_ids"], reviews)
            wanted = self.env["res.users"]
            if one.state == "pending" and reviews:
                wanted = wanted.union(*one._deciders(one._current_review()))
            new = wanted - one.approver_ids
            if one.approver_ids != wanted:
                one.approver_ids = wanted
                self.env.flush_all()
                one.case_id._haerun_forget_traces()
            if new:
                one.case_id._tell(
                    new, self.env._("A handling opinion waits for your decision.")
                )
