from odoo import models


class Ticket(models.Model):
    """A ticket may lead to accountability, and shows nothing of it (R112, R119)."""

    _name = "haerun.ticket"
    _inherit = ["haerun.ticket", "haerun.accountability.source"]

    def _accountability_values(self):
        self.ensure_one()
        ticket = self.sudo()  # who handles it, its reader may know
        return {
            "name": ticket.title,
            "kind": "complaint",
            "what": ticket.text,
            "complainant": ticket.customer,
            **self._accountability_holders(
                ticket.owner_user_id | ticket.acting_user_id,
                ticket.handling_unit_id or ticket.unit_id,
            ),
        }
