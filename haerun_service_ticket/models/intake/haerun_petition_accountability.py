from odoo import models


class Petition(models.Model):
    """A petition may lead to accountability, and shows nothing of it (R112, R119)."""

    _name = "haerun.petition"
    _inherit = ["haerun.petition", "haerun.accountability.source"]

    def _accountability_values(self):
        self.ensure_one()
        petition = self.sudo()  # who handles it, its reader may know
        ticket = petition.ticket_id
        return {
            "name": petition.title,
            "kind": "complaint",
            "what": petition.text,
            "complainant": petition.caller,
            "happened_on": self.env.company._haerun_local(petition.received_at).date(),
            **self._accountability_holders(
                ticket.owner_user_id | ticket.acting_user_id,
                ticket.handling_unit_id or ticket.unit_id,
            ),
        }
