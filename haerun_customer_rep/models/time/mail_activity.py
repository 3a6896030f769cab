from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    haerun_clock_id = fields.Many2one(
        "haerun.clock",
        string="Clock",
        index="btree_not_null",
        ondelete="cascade",
        help="The clock whose ladder scheduled this activity.",
    )
