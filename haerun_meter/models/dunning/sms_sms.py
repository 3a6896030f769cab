from odoo import api, models

from ...tools.sms_api import AliyunSmsApi


class SmsSms(models.Model):
    """Odoo's queue, filled by records that want to know how their message fared."""

    _inherit = "sms.sms"

    # ------------------------------------------------------------ hooks
    @api.model
    def _haerun_holders(self):
        """Hook: the models whose records go by this queue (``haerun.sms.mixin``)."""
        return ["haerun.collection.record"]

    # --------------------------------------------------------- business
    @api.model
    def _haerun_records(self, uuids):
        """Return ``{uuid: record}`` of whatever these messages are of."""
        found = {}
        for name in self._haerun_holders():
            # sudo: the queue is sent by the scheduled action, whoever filled it
            found |= self.env[name].sudo()._sms_by_uuid(uuids)
        return found

    @api.model
    def _haerun_templates(self, uuids):
        """Return ``{uuid: (template, {place: text})}`` of those that have one."""
        return {
            uuid: filled
            for uuid, record in self._haerun_records(uuids).items()
            if (filled := record._sms_filled())[0]
        }

    def _haerun_by_company(self):
        """Yield these messages by the company whose provider sends them."""
        records = self._haerun_records(self.mapped("uuid"))
        here = self.env.company

        def company(sms):
            record = records.get(sms.uuid)
            return (record and record.company_id.with_env(self.env)) or here

        for one, own in self.grouped(company).items():
            # sudo: whoever starts the queue may not be of that company
            yield own if one == here else own.sudo().with_company(one)

    def _split_by_api(self):
        """What is sent by hand goes the same way as the queue."""
        for own in self._haerun_by_company():
            api_class = own.env.company._get_sms_api_class()
            if api_class is AliyunSmsApi:
                yield api_class(own.env), own
            else:
                yield from super(SmsSms, own)._split_by_api()

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        how = {
            "unlink_failed": unlink_failed,
            "unlink_sent": unlink_sent,
            "raise_exception": raise_exception,
        }
        if self.env.context.get("sms_api"):
            return super()._send(**how)
        for own in self._haerun_by_company():
            super(SmsSms, own)._send(**how)

    def _handle_call_result_hook(self, results):
        for name in self._haerun_holders():
            self.env[name].sudo()._sms_results(results)
        return super()._handle_call_result_hook(results)
