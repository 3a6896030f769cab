from odoo import models


class Petition(models.Model):
    """Whose phone it is, and who sees it in full."""

    _inherit = "haerun.petition"

    def _contact_holders(self):
        """Who works on its ticket now."""
        ticket = self.sudo().ticket_id
        return ticket.owner_user_id | ticket.acting_user_id

    def _contact_name(self):
        return self.caller or self.display_name

    def _may_see_contact(self):
        """Who took it in, and whoever may ask for the contact of its ticket."""
        csd = self.env.user.has_group("haerun_customer_rep.group_csd_service")

        def shown(petition):
            plain = petition.sudo()
            if csd or plain.intake_user_id == self.env.user:
                return True
            ticket = plain.ticket_id.with_env(self.env)
            return bool(ticket._filtered_access("read")._may_see_contact())

        return self.filtered(shown)
