from odoo import fields, models


class ResCompany(models.Model):
    """By which template payment notices are sent."""

    _inherit = "res.company"

    haerun_aliyun_notice_template = fields.Char(
        string="Template of Payment Notices",
        groups="base.group_system",
        help="Its code, for example SMS_123456789; its text may use customer, account, "
        "period, volume, amount, open, due, and page: what follows /haerun/bill/ in "
        "the link, as a place takes no whole address.",
    )
