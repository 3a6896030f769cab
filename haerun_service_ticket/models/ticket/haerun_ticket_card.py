from odoo import models

from odoo.addons.haerun_customer_rep.tools.state import choices


class Ticket(models.Model):
    """A ticket as a card on "My work today"."""

    _inherit = "haerun.ticket"

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        steps = choices(self, "step")
        actions = {
            "accepted": ("action_forward", self.env._("Forward")),
            "forwarded": ("action_sign", self.env._("Sign for it")),
            "replied": ("action_open", self.env._("Audit")),
            "audited": ("action_feed_back", self.env._("Feed back")),
        }
        for card, ticket in zip(cards, self, strict=True):
            method, label = actions.get(
                ticket.step, ("action_open", self.env._("Look at it"))
            )
            if ticket.step == "signed" and not (
                ticket.contacted_at or ticket.anonymous
            ):
                method, label = "action_contact", self.env._("Contact")
            card.update(
                step=steps[ticket.step],
                customer=ticket.customer,
                address=ticket.address,
                phone=ticket.phone_full,
                phone_text=ticket.phone_full,
                text=ticket.text or False,
                actions=[{"method": method, "label": label, "primary": True}],
            )
        return cards
