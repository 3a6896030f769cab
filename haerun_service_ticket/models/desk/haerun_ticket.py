from odoo import models

from ...tools import ticket_way as way


class Ticket(models.Model):
    """Who is told what of a ticket: who holds it, whoever does it in his place."""

    _inherit = "haerun.ticket"

    def _told_users(self):
        """Both hear of it: A, whose it is, and B, who acts while A is away (R121)."""
        return super()._told_users() | self.owner_user_id

    def _told_topic(self):
        """Back with who had it already: returned, to be rewritten, taken up again."""
        back = self.step == "signed" or (self.step == "accepted" and self.return_count)
        return "returned" if back else super()._told_topic()

    def _told_at_once(self):
        return self.danger or super()._told_at_once()

    def _log(self, kind, text=False, **values):
        """What others do with one's ticket is told to who holds it."""
        lines = super()._log(kind, text, **values)
        if kind == "petition_joined":
            self._tell_joined(text)
        elif kind in way.ENDED:
            self._tell_parents()
        return lines

    def _tell_joined(self, text):
        """The customer asks again, or another asks for the same (R86)."""
        for ticket in self.sudo():
            # the first petition is what the ticket is about
            if ticket.step in way.ENDED or ticket.petition_count < 2:
                continue
            told = self.env._("The customer asks again (%s)", ticket.petition_count)
            people = ticket._told_users() | ticket.handler_id.acting_user_id
            ticket._tell(people, " · ".join(filter(None, (told, text))), "repeated")

    def _tell_parents(self):
        """All children have ended: who holds the parent can close it."""
        for parent in self.sudo().parent_id:
            if parent.step in way.ENDED:
                continue
            if all(child.step in way.ENDED for child in parent.child_ids):
                parent._tell(
                    parent._told_users(),
                    self.env._("All of its children are closed"),
                    "children",
                )
