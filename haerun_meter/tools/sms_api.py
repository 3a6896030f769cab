"""Whom Odoo's ``sms`` hands its messages to, when it is not Odoo's own service."""

from odoo.addons.sms.tools.sms_api import SmsApiBase

from .aliyun_sms import AliyunSms


class AliyunSmsApi(SmsApiBase):
    """Alibaba Cloud: it sends templates with values, never a free text."""

    #: codes of the service that have a word in Odoo; the rest is told as it came
    STATES = {
        "isv.MOBILE_NUMBER_ILLEGAL": "wrong_number_format",
        "isv.AMOUNT_NOT_ENOUGH": "insufficient_credit",
        "isv.OUT_OF_SERVICE": "insufficient_credit",
    }
    PROVIDER_TO_SMS_FAILURE_TYPE = SmsApiBase.PROVIDER_TO_SMS_FAILURE_TYPE | {
        "insufficient_credit": "sms_credit",
    }

    def _client(self):
        company = self.company.sudo()  # keys are the administrator's
        return AliyunSms(
            company.haerun_aliyun_key_id,
            company.haerun_aliyun_key_secret,
            company.haerun_aliyun_endpoint,
        )

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        """Send what has a template, a call for each; see Odoo's ``SmsApi``.

        :return: list of dicts ``uuid``, ``state``, ``failure_reason``, ``reference``
        """
        numbers = {
            one["uuid"]: one["number"]
            for message in messages
            for one in message["numbers"]
        }
        filled = self.env["sms.sms"]._haerun_templates(list(numbers))
        sign = self.company.sudo().haerun_aliyun_sign
        by_template = {}
        for uuid, (template, _values) in filled.items():
            by_template.setdefault(template, []).append(uuid)
        told = {}
        client = self._client() if by_template else None
        for template, uuids in by_template.items():
            answers = client.send(
                sign, template, [(numbers[uuid], filled[uuid][1]) for uuid in uuids]
            )
            for uuid, answer in zip(uuids, answers, strict=True):
                told[uuid] = self._result(uuid, answer)
        no_template = self.env._(
            "Alibaba Cloud sends templates only, and there is none for this text."
        )
        return [
            told.get(uuid)
            or {"uuid": uuid, "state": "server_error", "failure_reason": no_template}
            for uuid in numbers
        ]

    def _result(self, uuid, answer):
        if answer.ok:
            state, reason = "success", None
        else:
            state = self.STATES.get(answer.code, "server_error")
            reason = f"{answer.code} {answer.message}".strip()
        return {
            "uuid": uuid,
            "state": state,
            "failure_reason": reason,
            "reference": answer.reference,
        }
