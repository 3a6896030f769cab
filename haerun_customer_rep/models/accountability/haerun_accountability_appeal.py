from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.evidence import by_steps
from ...tools.state import check_state
from .haerun_accountability_decision import OUTCOMES


class AccountabilityAppeal(models.Model):
    """申诉: the person concerned asks for another look, and another looks (R113).

    Filed within the time that the rules give; decided by somebody who neither proposed
    nor approved, with a clock of its own.
    """

    _name = "haerun.accountability.appeal"
    _inherit = [
        "haerun.confidential.mixin",
        "haerun.accountability.part",
        "haerun.evidence.mixin",
    ]
    _description = "Appeal against a Decision"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(related="decision_id.number", store=True)
    # the person concerned reads the appeal and not the name of the case
    case_id = fields.Many2one(groups=fields.NO_ACCESS)
    decision_id = fields.Many2one(
        "haerun.accountability.decision",
        string="Written Decision",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users", string="Appellant", readonly=True, index=True
    )
    text = fields.Text(string="Grounds", required=True, readonly=True)
    filed_at = fields.Datetime(string="Appealed At", readonly=True)
    state = fields.Selection(
        [("filed", "Appeal Filed"), ("decided", "Decided")],
        default="filed",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    outcome = fields.Selection(OUTCOMES, string="Outcome of Appeal", readonly=True)
    sanction_id = fields.Many2one(
        "haerun.sanction",
        string="Sanction Instead",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    decided_at = fields.Datetime(readonly=True)
    decided_by_id = fields.Many2one(
        "res.users", string="Appeal Decided By", readonly=True
    )
    answer = fields.Text(string="Decision on the Appeal", readonly=True)
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _once = models.Constraint(
        "UNIQUE (decision_id)", "An appeal against this decision is filed already."
    )

    @property
    def _haerun_protected(self):
        return by_steps(self, frozenset())

    @api.depends("state", "acting_user_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for appeal in self:
            appeal.may_decide = (
                appeal.state == "filed" and appeal.acting_user_id == self.env.user
            )

    # ------------------------------------------------------------- action
    def action_decide(self):
        """Open the window in which the appeal is decided."""
        self.ensure_one()
        self._check_decider()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide on the Appeal"),
            "res_model": "haerun.accountability.appeal.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_appeal_id": self.id,
                "default_decision_id": self.decision_id.id,
            },
        }

    # ----------------------------------------------------------- business
    @api.model
    def _file(self, decision, text):
        """The person concerned appeals against ``decision``.

        :raise UserError: too late, twice, or without grounds
        """
        decision._check_mine()
        decision._check_may_appeal()
        if not (text or "").strip():
            raise UserError(self.env._("Say why the decision should not hold."))
        plain = decision.sudo()  # he may not know the case
        case = plain.case_id
        appeal = self.sudo().create(
            {
                "case_id": case.id,
                "decision_id": decision.id,
                "user_id": self.env.uid,
                "text": text.strip(),
                "filed_at": fields.Datetime.now(),
                "unit_id": case.unit_id.id,
            }
        )
        if not decision.read_at:
            plain.write({"read_at": fields.Datetime.now()})
        decider = appeal._decider()
        appeal.write({"owner_user_id": decider.id, "acting_user_id": decider.id})
        appeal._reach("filed")
        appeal._tell_assigned()
        case._reach("appealed")
        case._check_executed()
        return appeal.with_env(self.env)

    def _decider(self):
        """Who decides: head of the body or of the company, who had no part in it.

        Where none is left, it is the company's head.
        """
        self.ensure_one()
        case = self.sudo().case_id
        head = case._company_head()
        part = case.opinion_ids.review_ids.done_by | case.opinion_ids.proposed_by_id
        out = (part | case.hidden_user_ids | case.owner_user_id).sudo(False)
        heads = case._body_unit(case.body).manager_id.user_id.sudo(False)
        able = (head - out) or (heads - out)
        able = able or (case._body_users() - out)
        return able[:1] or head

    def _settle_decider(self):
        """Somebody came too near: another decides (R119)."""
        for appeal in self.sudo().filtered(lambda one: one.state == "filed"):
            if appeal.acting_user_id in appeal.case_id.hidden_user_ids:
                decider = appeal._decider()
                holder = {"owner_user_id": decider.id, "acting_user_id": decider.id}
                appeal.write(holder)
                appeal._open_clocks().write(holder)
                appeal._tell_assigned()

    def _check_decider(self):
        self.check_access("read")
        check_state(self, "filed")
        if self.env.user != self.acting_user_id:
            raise AccessError(
                self.env._(
                    "This appeal is decided by %s.",
                    self.acting_user_id.sudo().name or self.env._("nobody yet"),
                )
            )

    def _decide(self, outcome, sanction, answer):
        """Decide on this appeal; the decision is final (R113).

        :param outcome: ``upheld``, ``changed`` or ``revoked``
        :param sanction: haerun.sanction instead, for ``changed``; never a heavier one
        """
        self.ensure_one()
        self._check_decider()
        decision = self.sudo().decision_id
        if not outcome or not (answer or "").strip():
            raise UserError(
                self.env._("Decision %s: say the outcome and why.", decision.number)
            )
        first = decision.first_sanction_id
        if outcome == "changed" and (not sanction or sanction.degree >= first.degree):
            raise UserError(
                self.env._(
                    "Decision %s: choose a lighter sanction; nobody fares worse by an "
                    "appeal.",
                    decision.number,
                )
            )
        appeal = self.sudo()  # rights were checked above
        appeal.write(
            {
                "state": "decided",
                "outcome": outcome,
                "sanction_id": sanction.id if outcome == "changed" else False,
                "answer": answer.strip(),
                "decided_at": fields.Datetime.now(),
                "decided_by_id": self.env.uid,
            }
        )
        appeal._reach("decided")
        decision._appealed(outcome, sanction, answer)
        appeal._tell(appeal.user_id, self.env._("Your appeal is decided: read it."))

    # -------------------------------------------------------------- mixin
    @api.model
    def _haerun_open_domain(self):
        return [("state", "=", "filed")]

    def _haerun_title(self):
        self.ensure_one()
        return f"申诉 {self.number}"
