from odoo import models

from ...tools.sms_api import AliyunSmsApi


class SmsSms(models.Model):
    """What a provider says of a message is kept with the collection record."""

    _inherit = "sms.sms"

    def _split_by_api(self):
        """What is sent by hand goes the same way as the queue."""
        api = self.env.company._get_sms_api_class()
        if api is AliyunSmsApi:
            yield api(self.env), self
        else:
            yield from super()._split_by_api()

    def _handle_call_result_hook(self, results):
        self.env["haerun.collection.record"].sudo()._sms_results(results)
        return super()._handle_call_result_hook(results)
