from odoo import fields, models

from ...tools.aliyun_sms import ENDPOINT
from ...tools.sms_api import AliyunSmsApi

PROVIDERS = [
    ("none", "Record only"),
    ("odoo", "Odoo"),
    ("aliyun", "Alibaba Cloud"),
]


class ResCompany(models.Model):
    """By whom the company's messages are sent."""

    _inherit = "res.company"

    haerun_sms_provider = fields.Selection(
        PROVIDERS,
        string="Messages Are Sent By",
        default="none",
        required=True,
        groups="base.group_system",
    )
    haerun_aliyun_key_id = fields.Char(
        string="AccessKey ID", groups="base.group_system", exportable=False
    )
    haerun_aliyun_key_secret = fields.Char(
        string="AccessKey Secret", groups="base.group_system", exportable=False
    )
    haerun_aliyun_sign = fields.Char(
        string="Signature",
        groups="base.group_system",
        help="The sign name that Alibaba Cloud has approved.",
    )
    haerun_aliyun_template = fields.Char(
        string="Template of Dunning",
        groups="base.group_system",
        help="Its code, for example SMS_123456789; its text may use customer, account, "
        "amount, since and bills.",
    )
    haerun_aliyun_endpoint = fields.Char(
        string="Endpoint", default=ENDPOINT, groups="base.group_system"
    )

    def _haerun_sends_sms(self, template):
        """Whether a provider is chosen and has all that it needs.

        :param template: the field of the template that Alibaba Cloud would fill in
        """
        company = self.sudo()  # keys are the administrator's, that there are is not
        if company.haerun_sms_provider == "aliyun":
            return all(
                (
                    company.haerun_aliyun_key_id,
                    company.haerun_aliyun_key_secret,
                    company.haerun_aliyun_sign,
                    company[template],
                )
            )
        return company.haerun_sms_provider == "odoo"

    def _get_sms_api_class(self):
        self.ensure_one()
        # sudo: whoever sends does not choose by whom
        if self.sudo().haerun_sms_provider == "aliyun":
            return AliyunSmsApi
        return super()._get_sms_api_class()
