from odoo import fields, models


class TicketCategory(models.Model):
    _inherit = "haerun.ticket.category"

    outage_explains = fields.Boolean(
        string="An Outage May Explain It",
        help="A petition of this category from a place without water waits for its "
        "outage, and is answered with it, instead of being forwarded.",
    )
