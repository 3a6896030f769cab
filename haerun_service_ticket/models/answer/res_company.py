from odoo import fields, models


class ResCompany(models.Model):
    """By which templates customers are told of an outage."""

    _inherit = "res.company"

    haerun_aliyun_outage_template = fields.Char(
        string="Template of Outages",
        groups="base.group_system",
        help="Its code, for example SMS_123456789; its text may use customer, what, "
        "place, reason, from and to.",
    )
    haerun_aliyun_outage_extended_template = fields.Char(
        string="Template of Longer Outages", groups="base.group_system"
    )
    haerun_aliyun_outage_restored_template = fields.Char(
        string="Template of Restored Supply", groups="base.group_system"
    )
