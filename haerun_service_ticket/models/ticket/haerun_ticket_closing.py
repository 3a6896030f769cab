from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import ticket_way as way


class Ticket(models.Model):
    """闭环: a ticket closes with a final result in the ledger, never without (R103)."""

    _inherit = "haerun.ticket"

    on_the_spot = fields.Boolean(related="category_id.on_the_spot")

    # ----------------------------------------------------------- action
    def action_close(self):
        """Close what did not close by itself, now that nothing is left."""
        for ticket in self:
            csd = ticket._may("coordinator")
            ticket._check_may("coordinator" if csd else ticket._feeder(), "fed_back")
            ticket._refuse("closed", ticket._missing_to_close())
            ticket._close()
        return True

    def action_answer(self):
        """Open the window in which it is answered on the spot (R47)."""
        self.ensure_one()
        self._check_answer()
        return self._ask_in("haerun.ticket.feedback", self.env._("Answer on the Spot"))

    # ------------------------------------------------------------ seams
    def _answer(self, text, channel=None, result="explained"):
        """Answer on the spot: told, fed back and closed by who took it in (R47, R48).

        :param text: what the customer was told, the final result
        :param channel: haerun.channel; that by which it came when left out
        :param result: a key of ``ticket_way.RESULTS``
        :raise UserError: for a category that is not answered on the spot
        """
        self.ensure_one()
        self._check_answer()
        if not (text or "").strip():
            raise UserError(
                self.env._("%s: write what the customer was told.", self.display_name)
            )
        now = fields.Datetime.now()
        channel = channel or self.channel_id
        reached = ("contacted", "replied", "fed_back")
        self._step(
            "fed_back",
            {
                "step": "fed_back",
                "result": result,
                "result_text": text,
                "feedback_channel_id": channel.id,
                **{way.REACHED[code]: now for code in reached},
            },
            text,
            channel_id=channel.id,
        )
        for code in reached:
            self.sudo()._reach(code)
        self._close_by_itself()

    def _close_by_itself(self):
        """Close these tickets if nothing is left to do."""
        for ticket in self:
            if ticket.step == "fed_back" and not ticket._missing_to_close():
                ticket._close()

    # --------------------------------------------------------- business
    def _close(self):
        """The end: the final result enters the ledger, what still runs lapses."""
        ticket = self.sudo()
        names = choices(self, "result")
        self._step(
            "closed",
            {
                "step": "closed",
                "step_before_end": ticket.step,
                "ended_at": fields.Datetime.now(),
                "end_reason": False,
            },
            f"{names[ticket.result]}：{ticket.result_text}",
        )
        ticket._reach("closed")
        # a limit whose end never came must not run for ever
        ticket._clock_cancel(self.env._("Closed without it"))
        ticket.activity_ids.unlink()
        ticket._sync_holdings()

    def _missing_to_close(self):
        """Return what keeps the ticket from being closed, as clauses."""
        # sudo: whoever may see the parts, they count
        ticket = self.sudo()
        missing = []
        if not ticket.result or not (ticket.result_text or "").strip():
            missing.append(self.env._("the final result is missing"))
        children = ticket.child_ids.filtered(lambda one: one.step not in way.ENDED)
        if children:
            missing.append(
                self.env._(
                    "its child %s is still open, a parent closes last",
                    children[0].display_name,
                )
            )
        return missing + ticket.with_env(self.env)._missing_visits()

    def _check_answer(self):
        self._check_may("intake", "accepted")
        if not self.sudo().category_id.on_the_spot:
            raise UserError(
                self.env._(
                    "%(ticket)s: “%(category)s” is not answered on the spot; forward "
                    "it.",
                    ticket=self.display_name,
                    category=self.sudo().category_id.name,
                )
            )
