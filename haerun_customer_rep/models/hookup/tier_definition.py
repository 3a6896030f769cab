from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

PLAN = "haerun.hookup.plan"


class TierDefinition(models.Model):
    """Who approves plans is a rule: the rules administrator alone sets it (R120)."""

    _inherit = "tier.definition"

    review_type = fields.Selection(
        selection_add=[
            ("individual", "One person"),
            ("group", "Anybody of a group"),
            ("field", "Whom a field of the record names"),
            ("haerun_head", "Head of the unit"),
            ("haerun_coordinator", "CSD coordinator: engineering"),
            ("haerun_leader", "Next leader above the head of the unit"),
        ],
        ondelete={
            "haerun_head": "cascade",
            "haerun_coordinator": "cascade",
            "haerun_leader": "cascade",
        },
    )

    @api.model
    def _haerun_matters(self):
        """The models whose approval is a rule of this house; later rooms add theirs."""
        return [PLAN]

    @api.model
    def _get_tier_validation_model_names(self):
        return [*super()._get_tier_validation_model_names(), *self._haerun_matters()]

    @api.model_create_multi
    def create(self, vals_list):
        definitions = super().create(vals_list)
        definitions._haerun_check_rules()
        return definitions

    def write(self, vals):
        self._haerun_check_rules()
        result = super().write(vals)
        self._haerun_check_rules()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_decided(self):
        self._haerun_check_rules()
        # sudo: evidence counts, whoever may see it
        used = (
            self.env["tier.review"]
            .sudo()
            .search(
                [
                    ("definition_id", "in", self.ids),
                    ("model", "in", self._haerun_matters()),
                ],
                limit=1,
            )
        )
        if used:
            raise UserError(
                self.env._(
                    "“%s” has decided already: archive it instead of deleting it.",
                    used.definition_id.name,
                )
            )

    def _haerun_check_rules(self):
        if self.env.su or self.env.user.has_group(
            "haerun_customer_rep.group_rules_admin"
        ):
            return
        # sudo: the model of a rule is no secret
        if {*self._haerun_matters()} & {*self.sudo().mapped("model_id.model")}:
            raise AccessError(
                self.env._("Who approves is set by the rules administrator: ask them.")
            )
