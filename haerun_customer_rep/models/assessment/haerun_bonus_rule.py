from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import assessment
from ...tools.assessment import Rule
from ..people.haerun_representative import CLASSES
from .haerun_indicator import SCOPES

KINDS = [
    ("score_from", "Score from"),
    ("score_below", "Score below"),
    ("rank_to", "Place up to"),
    ("count", "For each fact"),
    ("sanction", "By sanctions"),
]
PERIODS = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]


class HaerunBonusRule(models.Model):
    """奖惩: what a score, a place or a fact brings or costs, in yuan."""

    _name = "haerun.bonus.rule"
    _description = "Bonus or Deduction"
    _inherit = ["haerun.versioned.mixin"]
    _order = "period, sequence, id"
    _haerun_used_by = ("haerun.assessment.bonus", "rule_id")
    _free_fields = frozenset(
        {"active", "confirmed", "date_to", "sequence", "name", "source"}
    )

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    period = fields.Selection(PERIODS, required=True, default="quarter")
    scope = fields.Selection(SCOPES, string="Asked of", required=True, default="post")
    rep_class = fields.Selection(CLASSES, string="Class")
    kind = fields.Selection(KINDS, string="Given by", required=True)
    threshold = fields.Float(
        digits=(16, 2), aggregator=None, help="A score of 100, or a place."
    )
    formula = fields.Selection(
        "_selection_formula", help="Each counted fact brings the amount."
    )
    amount = fields.Float(
        string="Amount (yuan)",
        digits=(16, 2),
        aggregator=None,
        help="Below zero: a deduction. Of sanctions it is what their decisions say.",
    )
    source = fields.Char(help="Clause or document that the figures come from.")

    _amount_given = models.Constraint(
        "CHECK (amount <> 0 OR kind = 'sanction')", "Give an amount."
    )

    @api.model
    def _selection_formula(self):
        return self.env["haerun.fact"]._selection_formula()

    @api.constrains("kind", "threshold", "formula")
    def _check_kind(self):
        formulas = self.env["haerun.formula"]._formulas()
        for rule in self:
            known = formulas.get(rule.formula)
            if rule.kind == "count" and (not known or known.secret):
                raise ValidationError(
                    self.env._(
                        "“%s”: choose what is counted, among what may be known.",
                        rule.name,
                    )
                )
            if rule.kind not in ("count", "sanction") and rule.threshold <= 0:
                raise ValidationError(
                    self.env._("“%s”: give the score or the place.", rule.name)
                )

    @api.model
    def _in_force(self, day, period):
        """The rules of a kind of period in force on a day."""
        return self.sudo().search(
            self._in_force_domain(day) & Domain("period", "=", period)
        )

    def _given_to(self, kind, rep_class):
        """Those of these rules that a post of a class, or a unit, falls under."""
        return self.filtered(
            lambda rule: (
                rule.scope in (kind, "both")
                and (kind == "unit" or rule.rep_class in (False, rep_class))
            )
        )

    def _bring(self, score, place, counts):
        """What these rules bring, as ``{rule: amount}``.

        :param score: decimal, or None
        :param place: rank, or None
        :param counts: ``{formula: how many}``
        """
        return assessment.bonus(
            {
                rule: Rule(
                    rule.kind, Decimal(str(rule.threshold)), Decimal(str(rule.amount))
                )
                for rule in self
                if rule.kind != "sanction"
            },
            score,
            place,
            {rule: int(counts.get(rule.formula, 0)) for rule in self},
        )
