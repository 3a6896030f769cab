from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """By which templates customers are told of an outage."""

    _inherit = "res.config.settings"

    haerun_aliyun_outage_template = fields.Char(
        related="company_id.haerun_aliyun_outage_template", readonly=False
    )
    haerun_aliyun_outage_extended_template = fields.Char(
        related="company_id.haerun_aliyun_outage_extended_template", readonly=False
    )
    haerun_aliyun_outage_restored_template = fields.Char(
        related="company_id.haerun_aliyun_outage_restored_template", readonly=False
    )
