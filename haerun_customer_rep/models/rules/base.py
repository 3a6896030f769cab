from odoo import api, models


class Base(models.AbstractModel):
    """Whatever writes a rule, and however, says so in ``haerun.rule.change`` (R120).

    This lies beneath every override of a rule's own model, so that nothing that was
    refused there is told, and nothing that was done is left out.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        kind = self._haerun_rule_kind()
        if kind:
            self.env["haerun.rule.change"]._tell_created(kind, records)
        return records

    def write(self, vals):
        kind = self._haerun_rule_kind()
        if not kind:
            return super().write(vals)
        changes = self.env["haerun.rule.change"]
        before = changes._before(self)
        result = super().write(vals)
        changes._tell_changed(kind, self, before)
        return result

    def unlink(self):
        kind = self._haerun_rule_kind()
        if not kind:
            return super().unlink()
        changes = self.env["haerun.rule.change"]
        gone = changes._deleted(kind, self)
        result = super().unlink()
        changes._keep(gone)
        return result

    def _haerun_rule_kind(self):
        """How these records are rules; None for all others.

        While add-ons are loaded nothing is told: what they ship is under version
        control, and nobody's decision.
        """
        return (
            self.env["haerun.rule.registry"]._by_model().get(self._name)
            if self.env.registry.ready
            else None
        )
