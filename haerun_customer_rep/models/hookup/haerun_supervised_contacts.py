from odoo import api, models


class HaerunSupervisedContacts(models.AbstractModel):
    """Contacts are no supervised matter, but move with their post's work (R121)."""

    _inherit = "haerun.supervised.mixin"

    @api.model
    def _haerun_reassign_acting(self, representatives):
        """Planned contacts follow a substitution as matters do."""
        self.env["haerun.contact.log"]._follow_acting(representatives)
        return super()._haerun_reassign_acting(representatives)

    # ------------------------------------------------------------
    # Hooks: what a contact log says of the matter that it is about
    # ------------------------------------------------------------

    def _contact_number(self):
        """Return the number by which a contact calls this matter."""
        self.ensure_one()
        return self.display_name

    def _contact_customer(self):
        """Return the name of the customer who is contacted."""
        self.ensure_one()
        return self.display_name

    def _contact_posts(self):
        """Return the haerun.representative whose contacts these matters' are."""
        return self.owner_id | self.collaborator_ids

    def _contact_made(self, log):
        """Hook: ``log`` (haerun.contact.log) about this matter took place now."""
