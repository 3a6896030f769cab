from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class HaerunConditionalRule(models.AbstractModel):
    """A rule with versions for the matters that its condition holds for (R1, R8).

    All versions share one code; what runs by the rule finds it by its milestone and
    keeps that in a cache, which every change empties. Heirs have a field ``model``,
    stored and related from the milestone that ``_haerun_milestone`` names.
    """

    _name = "haerun.conditional.rule"
    _inherit = ["haerun.cached.mixin", "haerun.versioned.mixin"]
    _description = "Rule with a Condition"

    #: field of the milestone whose matters the rule is for
    _haerun_milestone = "milestone_id"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="The same in every version of the rule.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    condition = fields.Char(
        default="[]", help="A filter on the matter; the rule applies where it holds."
    )
    legal_basis = fields.Char()

    _version_uniq = models.Constraint(
        "UNIQUE (code, version)", "This version of the rule exists already."
    )
    _free_fields = frozenset(
        {"active", "confirmed", "date_to", "sequence", "legal_basis", "name"}
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = (
                f"{rule.name} v{rule.version}" if rule.version > 1 else rule.name
            )

    @api.constrains(lambda self: ("condition", self._haerun_milestone))
    def _check_condition(self):
        for rule in self:
            try:
                rule._condition().validate(self.env[rule.model])
            except (KeyError, ValueError, SyntaxError, UserError) as error:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: its condition cannot be read; choose "
                        "the filter anew (%(error)s).",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _condition(self):
        self.ensure_one()
        return Domain(literal_eval(self.condition or "[]"))

    def _holds_for(self, records):
        """Return those of ``records`` for which this rule's condition holds."""
        domain = self._condition()
        return records if domain.is_true() else records.filtered_domain(domain)
