from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import ticket_way as way

#: turns that who holds it may take; the rest is for who leads
BY_HOLDER = {"resume": "handler"}


class Ticket(models.Model):
    """Turns off the straight way: extension, suspension, cancelling, reopening.

    Each with its reason, its right and its line in the ledger. Cancelled is not met:
    clocks lapse. What is reopened runs on with what was left.
    """

    _inherit = "haerun.ticket"

    # ----------------------------------------------------------- action
    def action_extend(self):
        """Ask for more time, before it is over (延期)."""
        self.ensure_one()
        self._check_extension()
        return self._ask_turn("extension", self.env._("Extension"))

    def action_suspend(self):
        """Ask what it waits for, and until when."""
        return self._ask_checked("suspend", self.env._("Suspend"))

    def action_resume(self):
        """What it waited for has come."""
        for ticket in self:
            ticket._check_turn("resume")
            ticket._resume(self.env._("Resumed."))
        return True

    def action_cancel(self):
        """Ask why nobody has to deal with it any more."""
        return self._ask_checked("cancel", self.env._("Cancel the Ticket"))

    def action_reopen(self):
        """Ask why an ended ticket is taken up again."""
        return self._ask_checked("reopen", self.env._("Reopen"))

    def _ask_checked(self, kind, title):
        for ticket in self:
            ticket._check_turn(kind)
        return self._ask_turn(kind, title)

    def _ask_turn(self, kind, title, request=None):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.ticket.turn",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_ticket_ids": self.ids,
                "default_kind": kind,
                "default_request_id": request.id if request else False,
            },
        }

    # ------------------------------------------------------------ seams
    def _ask_extension(self, days, reason):
        """Ask for ``days`` working days more; who leads decides (延期).

        :return: the haerun.ticket.request
        :raise UserError: once its time is over, a second time, or beyond the most
        """
        self.ensure_one()
        self._check_extension()
        limits = self.env["haerun.time.limit"]
        limit = limits._permission(self.sudo(), "extended", "replied")
        most = int(limit.amount) if limit else 0
        if not 0 < days <= (most or days):
            raise UserError(
                self.env._(
                    "%(ticket)s: ask for 1 to %(most)s working days.",
                    ticket=self.display_name,
                    most=most or "–",
                )
            )
        return self._ask_request("extension", reason, days)

    def _extension_decided(self, request, granted):
        """Called by the request once it is decided on."""
        plain = request.sudo()
        if not granted:
            self._log("extension_refused", plain.note)
            self._tell(plain.user_id, self.env._("Extension refused"))
            return
        clocks = self.sudo()._extendable_clocks()
        clocks._extend(plain.days, "work_day", plain.reason)
        self.sudo()._reach("extended")
        self._log("extended", self.env._("%s working days more", plain.days))
        self._tell(plain.user_id, self.env._("Extension approved"))

    def _cancel(self, reason):
        """Nobody has to deal with it any more: its clocks lapse, which is not met."""
        for ticket in self:
            ticket._check_turn("cancel")
        for ticket in self:
            # first the ticket: what lapses afterwards is what a reopening takes up
            ticket._step(
                "cancelled",
                {
                    "step": "cancelled",
                    "step_before_end": ticket.step,
                    "ended_at": fields.Datetime.now(),
                    "end_reason": reason,
                    "suspended_at": False,
                    "suspended_until": False,
                    "suspend_reason_id": False,
                    "suspend_note": False,
                },
                reason,
            )
        tickets = self.sudo()
        tickets._clock_cancel(reason)
        tickets._lapse_requests()
        tickets._void_visits(reason)
        tickets.activity_ids.unlink()
        tickets._sync_holdings()

    def _reopen(self, reason):
        """Take an ended ticket up again; the verdicts so far stay in the ledger.

        One that was cancelled goes on where it stood, its lapsed clocks run on. One
        that was closed goes back to who handled it: the reply's clock runs on with
        what was left, and audit, feedback and visit come again.
        """
        self.ensure_one()
        self._check_turn("reopen")
        ticket = self.sudo()
        ended, closed = ticket.ended_at, ticket.step == "closed"
        values = {"ended_at": False, "end_reason": False, "step_before_end": False}
        if not closed:
            lapsed = ticket.clock_ids.filtered(
                lambda clock: clock.state == "cancelled" and clock.ended_at >= ended
            )
            ticket.write({**values, "step": ticket.step_before_end})
            lapsed._reopen(reason)
        else:
            replied = ticket.replied_at
            ticket.write(
                {
                    **values,
                    "step": "signed" if ticket.handler_id else "accepted",
                    "replied_at": False,
                    "audited_at": False,
                    "fed_back_at": False,
                    "visited_at": False,
                    "result": False,
                    "result_text": False,
                }
            )
            ticket._void_visits(reason, {"fed_back"})
            if rep := ticket.handler_id and ticket._handler_now():
                ticket._assign(rep, reason)
            ticket._run_on("replied", replied, reason)
            ticket._run_on("closed", ended, reason)
        self._log("reopened", reason)
        ticket._sync_holdings()

    def _suspend(self, reason, until, note):
        result = super()._suspend(reason, until, note)
        at = self.env.company._haerun_local(until)
        self._log("suspended", f"{reason.name} · {at:%Y-%m-%d %H:%M} · {note}")
        return result

    def _resume(self, note):
        waiting = self.filtered("suspended_at")
        result = super()._resume(note)
        waiting._log("resumed", note)
        return result

    # ----------------------------------------------------------- checks
    def _check_turn(self, kind):
        """:raise UserError: when the user or the ticket's step does not allow it"""
        self.ensure_one()
        role = BY_HOLDER.get(kind, "leader")
        if self.step == "accepted" and kind in ("cancel", "resume"):
            role = "intake"
        elif kind == "resume" and self._may("leader"):
            role = "leader"
        self._check_may(role)
        over = self.step in way.ENDED
        refusal = None
        if kind == "reopen":
            if not over:
                refusal = self.env._("%s is open: there is nothing to reopen.")
        elif over:
            refusal = self.env._("%s has ended already: have it reopened first.")
        elif kind == "suspend" and self.suspended_at:
            refusal = self.env._("%s is suspended already: resume it first.")
        elif kind == "suspend" and self.danger:
            refusal = self.env._("%s is dangerous: it never waits.")
        elif kind == "resume" and not self.suspended_at:
            refusal = self.env._("%s is not suspended.")
        if refusal:
            raise UserError(refusal % self.display_name)

    def _check_extension(self):
        """:raise UserError: when there is nothing to put off, or it was put off"""
        self._check_may("handler", *way.HANDLING)
        ticket = self.sudo()
        if ticket.request_ids.filtered(
            lambda r: r.kind == "extension" and r.state == "approved"
        ):
            raise UserError(
                self.env._(
                    "%s was extended once already: a second time there is none.",
                    self.display_name,
                )
            )
        clocks = ticket._extendable_clocks()
        now = fields.Datetime.now()
        if not clocks or clocks.filtered(
            lambda clock: clock.state == "running" and clock.due_at < now
        ):
            raise UserError(
                self.env._(
                    "%s has no time left that could be extended: an extension is "
                    "asked for before the time is over, and never for danger.",
                    self.display_name,
                )
            )

    def _extendable_clocks(self):
        """Open clocks of the reply and what follows, of limits that may wait."""
        return self._open_clocks().filtered(
            lambda clock: (
                clock.limit_id.end_milestone_id.code in way.PUT_OFF
                and clock.limit_id.pause_reason_ids
            )
        )
