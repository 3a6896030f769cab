from odoo import models


class WaterAccount(models.Model):
    """The account opens its 客户全貌, and is found by its phone by who holds it."""

    _inherit = "haerun.water.account"

    def action_view_customer(self):
        """Open all that is known of this customer on one page."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "haerun_meter.customer_view_action"
        )
        return {**action, "context": {"active_id": self.id}}

    def _may_see_contact(self):
        """Who holds an account sees its phone in full, so he may look for it too."""
        allowed = super()._may_see_contact()
        return allowed | (self - allowed).filtered(
            lambda account: self.env.user in account._contact_holders()
        )
