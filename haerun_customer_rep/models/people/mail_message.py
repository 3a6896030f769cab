from odoo import fields, models


class MailMessage(models.Model):
    _inherit = "mail.message"

    haerun_acting_for_id = fields.Many2one(
        comodel_name="res.partner",
        string="On Behalf of",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The principal for whom the author acted as deputy.",
    )
