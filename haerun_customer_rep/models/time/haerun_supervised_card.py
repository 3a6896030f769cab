from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import clock_ledger


class HaerunSupervisedCard(models.AbstractModel):
    """How a supervised matter looks as a card on "My work today"."""

    _inherit = "haerun.supervised.mixin"

    @api.model
    def _my_work_domain(self):
        """Return the domain of the open matters that are the present user's to do."""
        mine = Domain("acting_user_id", "=", self.env.uid)
        return Domain(self._haerun_open_domain()) & mine

    def _my_work_cards(self):
        """Return a dict per matter, in order, with a bounded number of queries.

        Heirs call super and add what they know to the dicts. The keys:

        - ``model``, ``id``, ``title``, ``step`` (what is to be done);
        - ``due_at`` (server format), ``due_state``, ``days_left`` (working days
          after today), ``paused_until``;
        - ``for_name``: the principal when the holder is his deputy, else False;
        - ``customer``, ``address``: text or False;
        - ``phone``: what a tap dials, or False; ``phone_text``: what is shown;
        - ``notice``: whether it is a notice;
        - ``actions``: ``[{"method", "label", "primary"}]``, methods of the model
          that a tap calls on the record; one that returns an action opens it.
        """
        clocks = self._earliest_clocks()
        to_string = fields.Datetime.to_string
        principals = {record.id: record.owner_user_id.name for record in self.sudo()}
        cards = []
        for record in self:
            clock = clocks.get(record.id, self.env["haerun.clock"])
            cards.append(
                {
                    "model": self._name,
                    "id": record.id,
                    "title": record._haerun_title(),
                    "step": clock.limit_id.name or False,
                    "due_at": to_string(record.due_at),
                    "due_state": record.due_state,
                    "days_left": clock.days_left if record.due_at else 0,
                    "paused_until": to_string(clock.pause_until),
                    "for_name": record.substituted and principals[record.id],
                    "customer": False,
                    "address": False,
                    "phone": False,
                    "phone_text": False,
                    "notice": False,
                    "actions": [],
                }
            )
        return cards

    def _earliest_clocks(self):
        """Return ``{record id: the open clock that is due first}``; running first."""
        clocks = self.env["haerun.clock"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "in", clock_ledger.OPEN),
            ],
            order="due_at, id",
        )
        first = {}
        for clock in clocks.sorted(lambda clock: clock.state != "running"):
            first.setdefault(clock.res_id, clock)
        return first
