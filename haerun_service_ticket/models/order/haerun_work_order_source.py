from odoo import models

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import order_way as way
from ...tools import ticket_way


class WorkOrder(models.Model):
    """What happens on site is told to the ticket and the check it came from."""

    _inherit = "haerun.work.order"

    def _note_on_source(self, kind):
        """Tell ticket and check what has happened with these orders.

        :param kind: ``ordered``, ``arrived``, ``done``, ``closed`` or ``cancelled``
        """
        for order in self:
            # sudo: whoever was on site, it belongs into the ticket's ledger
            plain = order.sudo()
            text = order._told_source(kind)
            if plain.ticket_id:
                order._note_on_ticket(plain.ticket_id, kind, text)
            if plain.check_id:
                plain.check_id._message_log(
                    body=text, author_id=self.env.user.partner_id.id
                )

    def _told_source(self, kind):
        """One sentence about what has happened."""
        self.ensure_one()
        order = self.sudo()
        if kind == "ordered":
            names = (order.kind_id.name, order.task, order._appointment_text())
            detail = " · ".join(filter(None, names))
        elif kind == "arrived":
            detail = self.env._("Arrived on site")
        elif kind == "done":
            detail = " · ".join(filter(None, (order.work_done, order._leak_text())))
        elif kind == "cancelled":
            detail = self.env._("Cancelled: %s", order.cancel_reason)
        else:
            detail = order._sign_text() or self.env._("Closed")
        return f"{order.number}：{detail}"

    def _note_on_ticket(self, ticket, kind, text):
        """:param ticket: the haerun.ticket, as superuser"""
        working = ticket.step in ticket_way.HANDLING
        if kind == "arrived" and working and not ticket.on_site_at:
            # being there is the milestone; what was done follows
            ticket._step("on_site", {"on_site_at": self.arrived_at}, text)
            ticket._reach("on_site")
        elif kind == "done" and working:
            photos = self.sudo().photo_ids | self.sudo().photo_after_ids
            ticket._note_measures(text, photos)
        elif kind in ("arrived", "done"):
            ticket._log("on_site", text)
        else:
            ticket._log("ordered" if kind == "ordered" else "order_ended", text)
        if kind in ("closed", "cancelled"):
            ticket._close_by_itself()
        if kind != "ordered" and ticket.step not in ticket_way.ENDED:
            ticket._tell(ticket.acting_user_id, text)

    def _leak_text(self):
        """The instants of a leak, as the sheet and the ledger tell them."""
        self.ensure_one()
        local = self.env.company._haerun_local
        labels = choices(self.env["haerun.work.event"], "kind")
        return " ".join(
            f"{labels[code]} {local(self[way.REACHED[code]]):%m-%d %H:%M}"
            for code in way.LEAK
            if self[way.REACHED[code]]
        )
