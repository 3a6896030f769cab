import secrets
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .haerun_return_visit import VISITORS


class VisitRule(models.Model):
    """After which milestone whom to visit, who does it and what he asks (R8, R38).

    Once a visit was made by it, it stays as it is and gets a new version (R120, R122).
    """

    _name = "haerun.visit.rule"
    _inherit = ["haerun.versioned.mixin"]
    _description = "Return Visit Rule"
    _order = "sequence, code, version desc"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="The same in every version of the rule.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    milestone_id = fields.Many2one(
        "haerun.milestone",
        string="After",
        required=True,
        ondelete="restrict",
        index=True,
        domain=lambda self: [("model", "in", self._visited_models())],
    )
    model = fields.Selection(related="milestone_id.model", store=True, index=True)
    condition = fields.Char(
        default="[]", help="A filter on the matter; the rule applies where it holds."
    )
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
    legal_basis = fields.Char()

    _version_uniq = models.Constraint(
        "UNIQUE (code, version)", "This version of the rule exists already."
    )
    _share_sound = models.Constraint(
        "CHECK (share > 0 AND share <= 100)", "Give a sample of 1 to 100 percent."
    )
    _period_sound = models.Constraint(
        "CHECK (period_months >= 0)", "Give a period of 0 or more months."
    )
    _free_fields = frozenset(
        {"active", "confirmed", "date_to", "sequence", "legal_basis", "name"}
    )

    # ---------------------------------------------------------- compute
    @api.depends("name", "version")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = (
                f"{rule.name} v{rule.version}" if rule.version > 1 else rule.name
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

    @api.constrains("condition", "milestone_id")
    def _check_condition(self):
        for rule in self:
            try:
                Domain(literal_eval(rule.condition or "[]")).validate(
                    self.env[rule.model]
                )
            except (KeyError, ValueError, SyntaxError, UserError) as error:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: its condition cannot be read; choose "
                        "the filter anew (%(error)s).",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    # ------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env.registry.clear_cache()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

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

    def _used_ids(self):
        # sudo: a rule is used whoever's visit it is
        visits = self.env["haerun.return.visit"].sudo()
        groups = visits._read_group([("rule_id", "in", self.ids)], ["rule_id"])
        return {rule.id for (rule,) in groups}

    @api.model
    def _in_force_domain(self, day):
        return Domain("date_from", "<=", day) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        )

    def _holds_for(self, records):
        """Return those of ``records`` for which this rule's condition holds."""
        self.ensure_one()
        domain = Domain(literal_eval(self.condition or "[]"))
        return records if domain.is_true() else records.filtered_domain(domain)
