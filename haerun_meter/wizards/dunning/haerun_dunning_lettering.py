from datetime import timedelta

from odoo import fields, models

from ...models.dunning.haerun_dunning_letter import KINDS

#: days that a letter leaves for paying
DAYS = 7


class DunningLettering(models.TransientModel):
    """Letters to customers who owe, printed at once (R64)."""

    _name = "haerun.dunning.lettering"
    _inherit = ["haerun.window.mixin"]
    _description = "Write Dunning Letters"

    account_ids = fields.Many2many("haerun.water.account", required=True)
    kind = fields.Selection(KINDS, required=True, default="demand")
    pay_until = fields.Date(required=True, default=lambda self: self._default_until())

    def _default_until(self):
        return self.env.company._haerun_today() + timedelta(days=DAYS)

    def action_confirm(self):
        """Issue and print them."""
        self.ensure_one()
        letters = self.env["haerun.dunning.letter"]._issue(
            self.account_ids, self.kind, self.pay_until
        )
        return {**letters.action_print(), "close_on_report_download": True}
