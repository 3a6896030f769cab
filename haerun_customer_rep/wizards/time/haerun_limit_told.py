from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.time.haerun_supervised_promise import TOLD_BY


class HaerunLimitTold(models.TransientModel):
    """How the customer was told until when his matter is handled (R102)."""

    _name = "haerun.limit.told"
    _description = "Customer Told the Limit"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    due_at = fields.Datetime(string="Handled until", compute="_compute_due_at")
    how = fields.Selection(TOLD_BY, required=True, default="phone")
    note = fields.Char()

    @api.depends("res_model", "res_id")
    def _compute_due_at(self):
        for wizard in self:
            wizard.due_at = wizard._record()._promised_due_at()

    def action_confirm(self):
        """Record it, with server time and the present deadline."""
        self.ensure_one()
        self._record()._tell_limit(self.how, self.note)
        return {"type": "ir.actions.act_window_close"}

    def _record(self):
        if self.res_model not in self.env["haerun.supervised.mixin"]._haerun_models():
            raise UserError(self.env._("Open the matter and tell its limit there."))
        return self.env[self.res_model].browse(self.res_id)
