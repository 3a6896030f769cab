from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """By whom messages to customers are sent, and with which key."""

    _inherit = "res.config.settings"

    haerun_sms_provider = fields.Selection(
        related="company_id.haerun_sms_provider", readonly=False
    )
    haerun_aliyun_key_id = fields.Char(
        related="company_id.haerun_aliyun_key_id", readonly=False
    )
    haerun_aliyun_key_secret = fields.Char(
        related="company_id.haerun_aliyun_key_secret", readonly=False
    )
    haerun_aliyun_sign = fields.Char(
        related="company_id.haerun_aliyun_sign", readonly=False
    )
    haerun_aliyun_template = fields.Char(
        related="company_id.haerun_aliyun_template", readonly=False
    )
    haerun_aliyun_endpoint = fields.Char(
        related="company_id.haerun_aliyun_endpoint", readonly=False
    )
