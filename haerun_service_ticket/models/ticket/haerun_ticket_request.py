from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import ticket_way as way

STATES = [
    ("asked", "Asked for"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("lapsed", "Lapsed"),
]


class TicketRequest(models.Model):
    """退单、延期申请: what who handles a ticket asks for, and what was decided."""

    _name = "haerun.ticket.request"
    _description = "Request on a Ticket"
    _inherit = ["haerun.ticket.part", "haerun.evidence.mixin"]
    _order = "id"
    _rec_name = "kind"

    ticket_id = fields.Many2one(
        "haerun.ticket", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(way.REQUESTS, required=True)
    reason = fields.Text(required=True)
    days = fields.Integer(string="Working Days", aggregator=None)
    at = fields.Datetime(string="Asked", required=True)
    user_id = fields.Many2one("res.users", string="Asked By", required=True)
    for_id = fields.Many2one("res.users", string="Asked For")
    rep_id = fields.Many2one("haerun.representative", string="Representative")
    unit_id = fields.Many2one("hr.department", string="Unit", index=True)
    state = fields.Selection(STATES, required=True, default="asked", index=True)
    decided_at = fields.Datetime(string="Decided", index="btree_not_null")
    decided_by_id = fields.Many2one("res.users", string="Decided By")
    note = fields.Text(string="Why So")
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _open_uniq = models.UniqueIndex(
        "(ticket_id, kind) WHERE state = 'asked'",
        "This is asked for already: wait for the decision.",
    )

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for request in self:
            request.may_decide = request.state == "asked" and request._is_decider()

    # ----------------------------------------------------------- action
    def action_approve(self):
        """Grant what was asked for."""
        for request in self:
            request._decide(True)
        return True

    def action_refuse(self):
        """Ask why it is not granted."""
        self.ensure_one()
        self._check_decider()
        return self.ticket_id._ask_turn("refuse", self.env._("Refuse"), request=self)

    # --------------------------------------------------------- business
    def _decide(self, granted, note=False):
        """Grant or refuse; the ticket follows, by server time.

        :raise AccessError: for who asked, and who neither forwarded nor coordinates
        :raise UserError: when it is decided on already
        """
        self.ensure_one()
        self._check_decider()
        # sudo: decisions are written here alone
        self.sudo().write(
            {
                "state": "approved" if granted else "refused",
                "decided_at": fields.Datetime.now(),
                "decided_by_id": self.env.uid,
                "note": note,
            }
        )
        # the next may be asked for before this one's end is written
        self.flush_recordset(["state"])
        decide = {
            "return": self.ticket_id._return_decided,
            "extension": self.ticket_id._extension_decided,
        }[self.kind]
        decide(self, granted)

    def _is_decider(self):
        """Nobody decides on what he asked for; a return also by who forwarded."""
        self.ensure_one()
        request = self.sudo()
        if self.env.su:
            return True
        if self.env.user in request.user_id | request.for_id:
            return False
        ticket = request.ticket_id.with_env(self.env)
        if request.kind == "return":
            forwarder = request.ticket_id.forwarded_by_id
            return self.env.user == forwarder or ticket._may("coordinator")
        return ticket._may("leader")

    def _check_decider(self):
        self.check_access("read")
        if not self._is_decider():
            raise AccessError(
                self.env._(
                    "%s: this is decided by who forwarded it, the head of the unit or "
                    "CSD, never by who asked.",
                    self.ticket_id.display_name,
                )
            )
        if self.state != "asked":
            raise UserError(
                self.env._(
                    "%s: this request is decided already.", self.ticket_id.display_name
                )
            )
