from odoo import models


class SmsSms(models.Model):
    """What a provider says of a message is kept with the collection record."""

    _inherit = "sms.sms"

    def _handle_call_result_hook(self, results):
        super()._handle_call_result_hook(results)
        self.env["haerun.collection.record"].sudo()._sms_results(results)
