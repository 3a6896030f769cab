from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.context import without_defaults
from .haerun_return_visit import DISSATISFIED, LEVELS, OPEN, VISITORS
from .haerun_visit_question import KINDS

#: what the visitor writes; the rest is the question and facts frozen with the visit
EDITABLE = frozenset({"rating", "yes_no", "text"})


class VisitAnswer(models.Model):
    """What a customer answered to one question of a visit.

    The question is kept as it was asked. When the visit is concluded, it is frozen
    who held the matter at the part asked about, and of which unit: a later transfer
    never rewrites the figures.
    """

    _name = "haerun.visit.answer"
    _description = "Answer of a Return Visit"
    _order = "visit_id desc, sequence, id"

    visit_id = fields.Many2one(
        "haerun.return.visit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    visit_state = fields.Selection(related="visit_id.state")
    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Question", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    phase = fields.Selection(
        "_selection_phase", string="About", readonly=True, index=True
    )
    required = fields.Boolean(readonly=True)
    rating = fields.Selection(LEVELS, string="Satisfaction")
    yes_no = fields.Selection([("yes", "Yes"), ("no", "No")], string="Yes or No")
    text = fields.Char(string="Answer")
    score = fields.Integer(
        string="Satisfaction (1-5)",
        compute="_compute_score",
        store=True,
        aggregator="avg",
    )
    satisfied = fields.Float(
        string="Satisfied (%)", compute="_compute_score", store=True, aggregator="avg"
    )
    answered_at = fields.Datetime(readonly=True, index="btree_not_null")
    visitor = fields.Selection(VISITORS, readonly=True)
    counts = fields.Boolean(readonly=True)
    round = fields.Integer(readonly=True, aggregator=None)
    owner_id = fields.Many2one(
        "haerun.representative",
        string="Representative",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    acting_user_id = fields.Many2one("res.users", string="Acted", readonly=True)
    unit_id = fields.Many2one(
        "hr.department", string="Unit", readonly=True, index="btree_not_null"
    )

    @api.model
    def _selection_phase(self):
        return self.env["haerun.visited.mixin"]._visit_phases()

    @api.depends("rating")
    def _compute_score(self):
        for answer in self:
            answer.score = int(answer.rating or 0)
            answer.satisfied = 100.0 * (
                bool(answer.rating) and answer.rating not in DISSATISFIED
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super(VisitAnswer, without_defaults(self)).create(vals_list)

    def write(self, vals):
        if self.filtered(lambda answer: answer.visit_id.state not in OPEN):
            raise UserError(
                self.env._("The visit is concluded: its answers stay as they are.")
            )
        if not self.env.su and not EDITABLE.issuperset(vals):
            raise AccessError(
                self.env._("A question stays as it was asked: write the answer only.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The answers of a visit are never deleted."))

    def _answered(self):
        """Whether the customer gave an answer of the kind that was asked for."""
        self.ensure_one()
        given = {"satisfaction": self.rating, "yes_no": self.yes_no}
        return bool(given.get(self.kind, (self.text or "").strip()))

    def _freeze(self, holders):
        """Note who held the matter at each part asked about.

        :param holders: as of ``_visited_holders`` of the matter
        """
        now = fields.Datetime.now()
        for answer in self:
            holder = holders.get(answer.phase) or holders[None]
            answer.write(
                {
                    "answered_at": now,
                    "visitor": answer.visit_id.visitor,
                    "counts": answer.visit_id.counts,
                    "round": answer.visit_id.round,
                    "owner_id": holder["owner_id"],
                    "acting_user_id": holder["acting_user_id"],
                    "unit_id": holder["unit_id"],
                }
            )
