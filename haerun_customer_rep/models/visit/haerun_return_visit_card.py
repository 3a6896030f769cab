from odoo import api, fields, models
from odoo.fields import Domain

from .haerun_return_visit import OPEN


class ReturnVisitCard(models.Model):
    """A visit as a card and as an appointment on "My work today"."""

    _inherit = "haerun.return.visit"

    on_my_list = fields.Boolean(store=False, search="_search_on_my_list")

    @api.model
    def _search_on_my_list(self, operator, value):
        """Own visits, and for the section what nobody of it has taken yet."""
        if operator != "in" or True not in value:
            return NotImplemented
        uid = self.env.uid
        mine = Domain("acting_user_id", "=", uid) | Domain("owner_user_id", "=", uid)
        return mine | self._pool_domain()

    @api.model
    def _pool_domain(self):
        """What lies with all of the supervision section, for who belongs to it."""
        if not self.env.user.has_group("haerun_customer_rep.group_supervision"):
            return Domain.FALSE
        return Domain("visitor", "=", "section") & Domain("acting_user_id", "=", False)

    @api.model
    def _my_work_domain(self):
        """What nobody of the section has taken yet lies with all of it."""
        pool = Domain("state", "in", OPEN) & self._pool_domain()
        return super()._my_work_domain() | pool

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        for card, visit in zip(cards, self, strict=True):
            card.update(
                customer=visit.customer or False,
                address=visit.address or False,
                phone=visit.phone_full,
                phone_text=visit.phone_full,
            )
            if visit.attempt_count:
                tries = self.env._("tried %s times", visit.attempt_count)
                card["step"] = " · ".join(filter(None, [card["step"], tries]))
        return cards

    def _my_appointment(self):
        """Return the call that was agreed on as an appointment."""
        return {
            "model": self._name,
            "id": self.id,
            "at": fields.Datetime.to_string(self.next_attempt_at),
            "until": False,
            "title": self.env._("Call: %s", self.res_name),
            "customer": self.customer or False,
            "address": self.address or False,
            "phone": self.phone_full,
            "phone_text": self.phone_full,
            "for_name": self.substituted and self.owner_user_id.sudo().name,
        }
