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
        """Send what has values for the template; see Odoo's ``SmsApi``.

        :return: list of dicts ``uuid``, ``state``, ``failure_reason``, ``reference``
        """
        numbers = {
            one["uuid"]: one["number"]
            for message in messages
            for one in message["numbers"]
        }
        # sudo: the queue is sent by the scheduled action, whoever filled it
        records = self.env["haerun.collection.record"].sudo()
        values = records._sms_values(list(numbers))
        company = self.company.sudo()
        uuids = [uuid for uuid in numbers if uuid in values]
        answers = self._client().send(
            company.haerun_aliyun_sign,
            company.haerun_aliyun_template,
            [(numbers[uuid], values[uuid]) for uuid in uuids],
        )
        told = {
            uuid: {
                "uuid": uuid,
                "state": "success"
                if answer.ok
                else self.STATES.get(answer.code, "server_error"),
                "failure_reason": None
                if answer.ok
                else f"{answer.code} {answer.message}".strip(),
                "reference": answer.reference,
            }
            for uuid, answer in zip(uuids, answers, strict=True)
        }
        no_template = self.env._(
            "Alibaba Cloud sends templates only, and there is none for this text."
        )
        return [
            told.get(uuid)
            or {"uuid": uuid, "state": "server_error", "failure_reason": no_template}
            for uuid in numbers
        ]
