from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """By which template payment notices are sent."""

    _inherit = "res.config.settings"

    haerun_aliyun_notice_template = fields.Char(
        related="company_id.haerun_aliyun_notice_template", readonly=False
    )
