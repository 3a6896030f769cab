import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .haerun_return_visit import VISITORS


class VisitRule(models.Model):
    """After which milestone whom to visit, who does it and what he asks (R8, R38).

    Once a visit was made by it, it stays as it is and gets a new version (R120, R122).
    """

    _name = "haerun.visit.rule"
    _inherit = ["haerun.conditional.rule"]
    _description = "Return Visit Rule"
    _order = "sequence, code, version desc"
    _haerun_used_by = ("haerun.return.visit", "rule_id")

    milestone_id = fields.Many2one(
        "haerun.milestone",
        string="After",
        required=True,
        ondelete="restrict",
        index=True,
        domain=lambda self: [("model", "in", self._visited_models())],
    )
    model = fields.Selection(related="milestone_id.model", store=True, index=True)
    visitor = fields.Selection(VISITORS, required=True, default="coordinator")
    share = fields.Float(
        string="Sample (%)",
        default=100.0,
        required=True,
        aggregator=None,
        help="Of a hundred matters so many are visited. Which ones follows from a "
        "secret number: nobody picks them, and the same ones come out again.",
    )
    seed = fields.Char(
        string="Secret Number",
        default=lambda self: secrets.token_hex(16),
        groups="haerun_customer_rep.group_rules_admin",
        required=True,
        exportable=False,
    )
    period_months = fields.Integer(
        string="Every (months)",
        help="Visit again and again, so many months after the milestone and after "
        "each visit; 0: once, at the milestone.",
    )
    script = fields.Text(help="What the visitor says; shown while he calls.")
    question_ids = fields.One2many(
        "haerun.visit.question", "rule_id", string="Questions", copy=True
    )

    _share_sound = models.Constraint(
        "CHECK (share > 0 AND share <= 100)", "Give a sample of 1 to 100 percent."
    )
    _period_sound = models.Constraint(
        "CHECK (period_months >= 0)", "Give a period of 0 or more months."
    )

    # ------------------------------------------------------- constrains
    @api.constrains("milestone_id")
    def _check_milestone(self):
        visited = self._visited_models()
        for rule in self:
            if rule.milestone_id.model not in visited:
                raise ValidationError(
                    self.env._(
                        "Rule “%s”: its matters are not visited, choose another "
                        "milestone.",
                        rule.name,
                    )
                )

    # --------------------------------------------------------- business
    @api.model
    def _visited_models(self):
        """Names of the models whose matters can be visited."""
        registry = self.env.registry
        mixin = registry["haerun.visited.mixin"]
        return [
            name
            for name, model in registry.items()
            if issubclass(model, mixin) and not model._abstract
        ]
