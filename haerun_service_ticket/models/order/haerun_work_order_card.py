from odoo import api, models
from odoo.fields import Domain

from odoo.addons.haerun_customer_rep.tools.state import choices


class WorkOrder(models.Model):
    """A work order as a card and as an appointment on "My work today"."""

    _inherit = "haerun.work.order"

    @api.model
    def _my_work_domain(self):
        """Those one holds, those one carries out, and what one's team has to take."""
        open_ones = Domain(self._haerun_open_domain())
        teams = self.env["haerun.work.team"]._of_user(self.env.user)
        mine = Domain("worker_id", "=", self.env.uid)
        team = Domain("team_id", "in", teams.ids) & Domain("worker_id", "=", False)
        return super()._my_work_domain() | (open_ones & (mine | team))

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        methods = {
            "planned": "action_depart",
            "en_route": "action_arrive",
            "done": "action_sign",
        }
        labels = {
            "planned": self.env._("Set out"),
            "en_route": self.env._("I am here"),
            "on_site": self.env._("Record the work"),
            "done": self.env._("Let the customer sign"),
        }
        steps = choices(self, "step")
        for card, order in zip(cards, self, strict=True):
            method = methods.get(order.step, "action_open")
            label = labels[order.step]
            if order.step == "planned" and order.open_ticks:
                method, label = "action_open", self.env._("Tick the list")
            card.update(
                step=steps[order.step],
                customer=order.customer,
                address=order.address,
                phone=order.phone_full,
                phone_text=order.phone_full,
                text=order.task,
                actions=[{"method": method, "label": label, "primary": True}],
            )
        return cards

    def _my_appointment(self):
        """Return the visit that was agreed on as an appointment."""
        from_, to = self.appointment_from, self.appointment_to
        return {
            "model": self._name,
            "id": self.id,
            "at": self._fields["appointment_from"].to_string(from_),
            "until": to and self._fields["appointment_to"].to_string(to),
            "title": self._haerun_title(),
            "customer": self.customer,
            "address": self.address,
            "phone": self.phone_full,
            "phone_text": self.phone_full,
            "for_name": self.substituted and self.owner_user_id.sudo().name,
        }
