from odoo import api, fields, models


class ContactLog(models.Model):
    """A contact about a ticket (R93, R101)."""

    _name = "haerun.contact.log"
    _inherit = ["haerun.contact.log", "haerun.ticket.part"]

    ticket_id = fields.Many2one(
        "haerun.ticket", string="Ticket", index="btree_not_null", ondelete="restrict"
    )

    @api.model
    def _matter_fields(self):
        return [*super()._matter_fields(), "ticket_id"]
