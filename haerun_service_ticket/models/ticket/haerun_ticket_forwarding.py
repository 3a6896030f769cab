from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from ...tools import ticket_way as way


class Ticket(models.Model):
    """转办、退单: it goes to the representative of a unit, or back (R43, R88, R99).

    What goes to another begins anew there: he signs and contacts the customer.
    The reply's time runs on: it is the customer's promise, whoever holds the ticket.
    """

    _inherit = "haerun.ticket"

    # ----------------------------------------------------------- action
    def action_forward(self):
        """Forward to who is responsible by category, area and class (R43, R99)."""
        for ticket in self:
            ticket._check_may("intake", "accepted")
            if not ticket.responsible_id:
                return ticket.action_forward_to()
        for rep, tickets in self.grouped("responsible_id").items():
            tickets._forward(rep)
        return True

    def action_forward_to(self):
        """Ask to whom it goes, and why."""
        for ticket in self:
            ticket._check_forward()
        return self._ask_turn("forward", self.env._("Forward"))

    def action_return(self):
        """Ask why it does not belong here (退单)."""
        self.ensure_one()
        self._check_return()
        return self._ask_turn("return", self.env._("Return"))

    # ------------------------------------------------------------ seams
    def _forward(self, representative, note=False):
        """Give these tickets to ``representative``; who acts for him gets them.

        :param representative: a valid haerun.representative of any class
        :param note: why him, or what to heed
        :raise AccessError: for who neither took it in nor coordinates
        :raise UserError: for one who is not in office, and when papers are missing
        """
        for ticket in self:
            ticket._check_forward()
            ticket._check_taker(representative)
            ticket._refuse("forwarded", ticket._missing_to_forward())
        now = fields.Datetime.now()
        tickets = self.sudo()
        # the time until now is charged to who had it
        tickets._open_clocks()._end_at("forwarded")
        moving = tickets.filtered(lambda ticket: ticket.step in way.HANDLING)
        if moving:
            moving._lapse_begun(self.env._("Forwarded to another"))
        audits = {ticket: ticket._audit_wanted(self.env.user) for ticket in tickets}
        for wanted in (True, False):
            group = tickets.filtered(lambda t, wanted=wanted: audits[t] == wanted)
            group.write({"needs_audit": wanted})
        tickets.write(
            {
                "step": "forwarded",
                "forwarded_at": now,
                "forwarded_by_id": self.env.uid,
                # who gets it now has been in touch with nobody, and nowhere yet
                "signed_at": False,
                "contacted_at": False,
                "on_site_at": False,
                "handler_id": representative.id,
                "handling_unit_id": representative.sudo().unit_id.id,
            }
        )
        tickets._assign(representative.sudo(), note or None)
        name = representative.sudo().display_name
        self._log("forwarded", " · ".join(filter(None, (name, note))))
        self._lapse_requests()
        self._reach("forwarded")

    def _ask_return(self, reason):
        """Who handles it says that it is not his (退单); who forwarded decides.

        :return: the haerun.ticket.request
        :raise UserError: without a reason, twice, or after its time
        """
        self.ensure_one()
        self._check_return()
        return self._ask_request("return", reason)

    def _return_decided(self, request, granted):
        """Called by the request once it is decided on."""
        if not granted:
            self._log("return_refused", request.sudo().note)
            self._tell(request.sudo().user_id, self.env._("Return refused"))
            return
        ticket = self.sudo()
        ticket._lapse_begun(self.env._("Returned"))
        self._reach("returned")
        self._log("returned", request.sudo().reason)
        ticket.write(
            {
                "step": "accepted",
                "forwarded_at": False,
                "signed_at": False,
                "handler_id": False,
                "handling_unit_id": False,
                "return_count": ticket.return_count + 1,
            }
        )
        if ticket.coordinator_id:
            ticket._assign(ticket.coordinator_id, self.env._("Returned"))
        self._tell(request.sudo().user_id, self.env._("Return approved"))
        ticket._sync_holdings()

    # --------------------------------------------------------- business
    def _ask_request(self, kind, reason, days=0):
        """Put a request on record; the ledger tells of it."""
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason."))
        ticket = self.sudo()
        if ticket.request_ids.filtered(lambda r: r.kind == kind and r.state == "asked"):
            raise UserError(
                self.env._(
                    "%s: this is asked for already; wait for the decision.",
                    self.display_name,
                )
            )
        # sudo: requests are written here alone
        request = self.env["haerun.ticket.request"].sudo()
        request = request.create(
            {
                "ticket_id": self.id,
                "kind": kind,
                "reason": reason,
                "days": days,
                "at": fields.Datetime.now(),
                "user_id": self.env.uid,
                "for_id": self._on_behalf().id,
                "rep_id": ticket.handler_id.id,
                "unit_id": ticket.handling_unit_id.id,
            }
        )
        self._log(f"{kind}_asked", reason)
        coordinator = ticket.coordinator_id.acting_user_id
        self._tell(
            coordinator | (ticket.forwarded_by_id if kind == "return" else coordinator),
            reason,
        )
        return request.with_env(self.env)

    def _lapse_requests(self):
        """What was asked for is overtaken."""
        waiting = self.sudo().request_ids.filtered(lambda r: r.state == "asked")
        waiting.write({"state": "lapsed", "decided_at": fields.Datetime.now()})

    def _lapse_begun(self, reason):
        """What began with the last forwarding lapses: another begins anew."""
        self._open_clocks().filtered(
            lambda clock: clock.limit_id.start_milestone_id.code in way.BEGINS_ANEW
        )._cancel(reason)

    def _audit_wanted(self, user):
        """Whether CSD audits the reply: it does what it forwards itself (R91)."""
        audit = self.category_id.audit
        return audit == "always" or (audit == "forwarded" and self._is_csd(user))

    def _is_csd(self, user):
        """Whether ``user`` forwards for CSD: coordinates it, or is employed there.

        What comes by other systems and files the system forwards, in CSD's place.
        """
        user = user.sudo()
        if user.id == SUPERUSER_ID:
            return True
        rep = self.sudo().coordinator_id
        level = user.employee_id.department_id.haerun_complete_level
        return (
            user in rep.user_id | rep.acting_user_id
            or user.has_group("haerun_customer_rep.group_csd")
            or level == "csd"
        )

    # ----------------------------------------------------------- checks
    def _check_forward(self):
        """From the hands of a representative CSD or his head takes it, not himself."""
        role = "intake" if self.step == "accepted" else "leader"
        self._check_may(role, "accepted", *way.HANDLING)

    def _check_taker(self, representative):
        rep = representative.sudo()
        if not rep or rep.state != "valid" or not rep.acting_user_id:
            raise UserError(
                self.env._(
                    "%(ticket)s: %(rep)s is not in office; choose another.",
                    ticket=self.display_name,
                    rep=rep.display_name or self.env._("the representative"),
                )
            )
        if self.step in way.HANDLING and self.sudo().handler_id == rep:
            raise UserError(
                self.env._(
                    "%(ticket)s is with %(rep)s already.",
                    ticket=self.display_name,
                    rep=rep.display_name,
                )
            )

    def _missing_to_forward(self):
        """Return what a complete file lacks (R84)."""
        missing = self.sudo()._missing_materials()
        if not missing:
            return []
        return [
            self.env._(
                "materials are missing (%s), give the customer the one-time notice",
                "、".join(missing.material_type_id.mapped("name")),
            )
        ]

    def _check_return(self):
        """:raise UserError: once the time to return it is over"""
        self._check_may("handler", *way.HANDLING)
        ticket = self.sudo()
        limits = self.env["haerun.time.limit"]
        limit = limits._permission(ticket, "forwarded", "returned")
        if not limit:
            return
        until = limit._ends(ticket.forwarded_at, ticket.unit_id)
        if fields.Datetime.now() > until:
            raise UserError(
                self.env._(
                    "%(ticket)s could be returned until %(until)s: handle it, or ask "
                    "CSD to forward it to another.",
                    ticket=self.display_name,
                    until=self.env.company._haerun_local(until).strftime(
                        "%Y-%m-%d %H:%M"
                    ),
                )
            )
