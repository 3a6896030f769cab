from odoo import api, models


class SmsSms(models.Model):
    _inherit = "sms.sms"

    @api.model
    def _haerun_holders(self):
        return [*super()._haerun_holders(), "haerun.outage.message"]
