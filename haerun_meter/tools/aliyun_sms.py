"""Short messages by Alibaba Cloud (阿里云短信服务), over its official SDK.

Nothing of Odoo in here. The SDK is imported when it is used: it costs a second.
Source: API 2017-05-25 of Dysmsapi, operations SendSms, SendBatchSms and
QuerySendDetails.
"""

import json
from typing import NamedTuple

ENDPOINT = "dysmsapi.aliyuncs.com"
#: numbers of one call of SendBatchSms
BATCH = 100
#: the whole call is refused for one bad number, so its numbers are tried one by one
ONE_IS_BAD = frozenset(
    {
        "isv.MOBILE_NUMBER_ILLEGAL",
        "isv.MOBILE_COUNT_OVER_LIMIT",
        "isv.BLACK_KEY_CONTROL",
    }
)


class Answer(NamedTuple):
    """What the service says of one message."""

    ok: bool
    reference: str  #: BizId, by which its delivery is asked for
    code: str
    message: str


class Report(NamedTuple):
    """How a message fared: ``state`` is ``waiting``, ``failed`` or ``delivered``."""

    state: str
    code: str


#: SendStatus of QuerySendDetails
_STATUS = {1: "waiting", 2: "failed", 3: "delivered"}


class AliyunSms:
    """One account of Alibaba Cloud.

    :param endpoint: host, or an address with ``http://`` for a double in tests
    """

    def __init__(self, key_id, key_secret, endpoint=ENDPOINT, timeout=15):
        from alibabacloud_dysmsapi20170525.client import Client
        from alibabacloud_tea_openapi.utils_models import Config

        protocol, _sep, host = (endpoint or ENDPOINT).rpartition("://")
        self._client = Client(
            Config(
                access_key_id=key_id,
                access_key_secret=key_secret,
                endpoint=host,
                protocol=protocol or "https",
                connect_timeout=timeout * 1000,
                read_timeout=timeout * 1000,
            )
        )

    def send(self, sign, template, messages):
        """Send one message to each number, all of one template.

        :param messages: list of ``(phone, {name: text})``
        :return: list of :class:`Answer`, in the order of ``messages``; a call that
            fails altogether is an answer too, never an exception
        """
        if len(messages) == 1:
            return [self._send_one(sign, template, *messages[0])]
        answers = [None] * len(messages)
        for numbers in self._batches(messages):
            chosen = [messages[number] for number in numbers]
            answer = self._send_batch(sign, template, chosen)
            for number in numbers:
                answers[number] = answer
                if answer.code in ONE_IS_BAD:
                    one = messages[number]
                    answers[number] = self._send_one(sign, template, *one)
        return answers

    @staticmethod
    def _batches(messages):
        """Yield lists of positions: at most BATCH, and no number twice in one.

        A call gives one BizId for all its numbers, so that the number alone says of
        which message a report is.
        """
        rest = list(range(len(messages)))
        while rest:
            phones, now, later = set(), [], []
            for number in rest:
                phone = messages[number][0]
                if phone in phones or len(now) == BATCH:
                    later.append(number)
                    continue
                phones.add(phone)
                now.append(number)
            yield now
            rest = later

    def _send_one(self, sign, template, phone, values):
        from alibabacloud_dysmsapi20170525 import models

        request = models.SendSmsRequest(
            phone_numbers=phone,
            sign_name=sign,
            template_code=template,
            template_param=_json(values),
        )
        return self._call(self._client.send_sms_with_options, request)

    def _send_batch(self, sign, template, messages):
        from alibabacloud_dysmsapi20170525 import models

        request = models.SendBatchSmsRequest(
            phone_number_json=_json([phone for phone, _values in messages]),
            sign_name_json=_json([sign] * len(messages)),
            template_code=template,
            template_param_json=_json([values for _phone, values in messages]),
        )
        return self._call(self._client.send_batch_sms_with_options, request)

    def _call(self, method, request):
        try:
            body = method(request, _once()).body
        except Exception as error:  # noqa: BLE001  the SDK raises of many kinds
            code = getattr(error, "code", None) or type(error).__name__
            return Answer(False, "", str(code), _short(error))
        return Answer(
            body.code == "OK", body.biz_id or "", body.code or "", body.message or ""
        )

    def report(self, phone, reference, day):
        """Ask how a message fared.

        :param reference: the ``reference`` of its :class:`Answer`
        :param day: the date at Beijing on which it was sent
        :return: a :class:`Report`, or None when the service does not know it (yet)
        """
        from alibabacloud_dysmsapi20170525 import models

        request = models.QuerySendDetailsRequest(
            phone_number=phone,
            biz_id=reference,
            send_date=day.strftime("%Y%m%d"),
            page_size=10,
            current_page=1,
        )
        try:
            body = self._client.query_send_details_with_options(request, _once()).body
        except Exception:  # noqa: BLE001  asked again at the next turn
            return None
        details = body.sms_send_detail_dtos
        found = details.sms_send_detail_dto if details else None
        if body.code != "OK" or not found:
            return None
        state = _STATUS.get(int(found[0].send_status or 0), "waiting")
        return Report(state, found[0].err_code or "")


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _once():
    """A message is never sent twice by a retry that nobody sees."""
    from darabonba.runtime import RuntimeOptions

    return RuntimeOptions(autoretry=False, max_attempts=1)


def _short(error):
    return str(getattr(error, "message", None) or error)[:200]
