from odoo import api, models


class HaerunSupervisedContacts(models.AbstractModel):
    """Contacts are no supervised matter, but move with their post's work (R121)."""

    _inherit = "haerun.supervised.mixin"

    @api.model
    def _haerun_reassign_acting(self, representatives):
        """Planned contacts follow a substitution as matters do."""
        self.env["haerun.contact.log"]._follow_acting(representatives)
        return super()._haerun_reassign_acting(representatives)
