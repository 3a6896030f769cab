from odoo import models
from odoo.exceptions import AccessError


class IrRule(models.Model):
    """A refusal names no record of which one may not know (R119).

    In developer mode, which everybody may switch on, Odoo tells the names of the
    records and of the rules that refuse them.
    """

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        secret = self.env["haerun.secret.mixin"]._haerun_secret_models()
        model = self.env.registry[records._name]
        hidden = records._name in secret
        if issubclass(model, self.env.registry["haerun.secret.trace"]):
            known = [trace.secret_open for trace in records.sudo().exists()]
            hidden = not all(known)
        if not hidden:
            return super()._make_access_error(operation, records)
        return AccessError(
            self.env._("There is no such record, or it is not for you to see.")
        )
