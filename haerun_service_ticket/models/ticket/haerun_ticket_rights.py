from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import ticket_way as way

CSD = {
    "engineering": "haerun_customer_rep.group_csd_engineering",
    "marketing": "haerun_customer_rep.group_csd_marketing",
    "service": "haerun_customer_rep.group_csd_service",
}


class Ticket(models.Model):
    """Who may do what with a ticket: rights lie in the steps, not in buttons.

    - ``intake``: who took it in, until it is forwarded, and who coordinates;
    - ``handler``: the representative, who acts for him, and the head of his unit;
    - ``coordinator``: its CSD representative and CSD's coordinators (R87);
    - ``leader``: the head of the unit and CSD, never about a ticket of his own.
    """

    _inherit = "haerun.ticket"

    may_intake = fields.Boolean(compute="_compute_may")
    may_handle = fields.Boolean(compute="_compute_may")
    may_coordinate = fields.Boolean(compute="_compute_may")
    may_lead = fields.Boolean(compute="_compute_may")
    may_feed_back = fields.Boolean(compute="_compute_may")

    @api.depends(
        "step", "handler_id", "coordinator_id", "owner_user_id", "acting_user_id"
    )
    @api.depends_context("uid")
    def _compute_may(self):
        for ticket in self:
            ticket.may_intake = ticket._may("intake")
            ticket.may_handle = ticket._may("handler")
            ticket.may_coordinate = ticket._may("coordinator")
            ticket.may_lead = ticket._may("leader")
            ticket.may_feed_back = ticket._may(ticket._feeder())

    def _may(self, role):
        """Whether the present user has ``role`` (see the class) on this ticket."""
        self.ensure_one()
        if self.env.su:
            return True
        return {
            "intake": self._is_intake,
            "handler": self._is_handler,
            "coordinator": self._is_coordinator,
            "leader": self._is_leader,
        }[role]()

    def _feeder(self):
        """Which role feeds back: CSD what it forwarded, the branch its own (R97)."""
        ticket = self.sudo()
        alone = ticket.handler_id and not ticket.needs_audit
        return "handler" if alone else "coordinator"

    def _is_intake(self):
        ticket = self.sudo()
        mine = ticket.step == "accepted" and self.env.user == ticket.intake_user_id
        return mine or self._is_coordinator()

    def _is_handler(self):
        ticket = self.sudo()
        rep = ticket.handler_id
        people = rep.user_id | rep.acting_user_id
        if ticket.step in way.HANDLING:
            people |= ticket.owner_user_id | ticket.acting_user_id
        return self.env.user in people or self._is_head()

    def _is_coordinator(self):
        ticket = self.sudo()
        user = self.env.user
        rep = ticket.coordinator_id
        if user in rep.user_id | rep.acting_user_id or user.has_group(CSD["service"]):
            return True
        group = CSD.get(ticket.rep_class)
        return bool(group) and user.has_group(group)

    def _is_head(self):
        user = self.env.user
        unit = self.sudo().handling_unit_id or self.sudo().unit_id
        return (
            user.has_group("haerun_customer_rep.group_unit_manager")
            and bool(unit)
            and unit <= user.haerun_managed_unit_ids
        )

    def _is_leader(self):
        """Nobody stops or puts off his own clock."""
        ticket = self.sudo()
        rep = ticket.handler_id
        holders = ticket.owner_user_id | ticket.acting_user_id
        if self.env.user in holders | rep.user_id | rep.acting_user_id:
            return False
        return self._is_head() or self._is_coordinator()

    def _check_may(self, role, *steps):
        """Refuse who has not ``role``, and a ticket that is not at one of ``steps``.

        :raise AccessError: with the name of who may
        :raise UserError: with the step at which the ticket stands
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may(role):
            raise AccessError(self._refusal(role))
        if steps and self.step not in steps:
            raise UserError(
                self.env._(
                    "%(ticket)s stands at “%(step)s”: this is not its next step; "
                    "reload the page.",
                    ticket=self.display_name,
                    step=self._step_name(),
                )
            )

    def _refusal(self, role):
        # sudo: who works on a ticket is no secret to who may read it
        ticket = self.sudo()
        names = {
            "intake": ticket.intake_user_id.name,
            "handler": ticket.handler_id.acting_user_id.name,
            "coordinator": ticket.coordinator_id.acting_user_id.name,
        }
        if role == "leader":
            return self.env._(
                "%s: this is decided by the head of its unit or CSD, and by nobody "
                "about a ticket of his own.",
                self.display_name,
            )
        return self.env._(
            "%(ticket)s: this is done by %(name)s or CSD; ask them.",
            ticket=self.display_name,
            name=names[role] or self.env._("its representative"),
        )

    # ---------------------------------------------------------- contact
    def _contact_holders(self):
        """Who works on it now sees the number in full."""
        return self.owner_user_id | self.acting_user_id

    def _contact_name(self):
        return self.customer or self.display_name

    def _may_see_contact(self):
        """Also who took it in, who handles it, who coordinates and who supervises."""
        if self.env.user.has_group("haerun_customer_rep.group_supervision"):
            return self
        mine = self.filtered(
            lambda ticket: (
                ticket.sudo().intake_user_id == self.env.user
                or ticket._may("handler")
                or ticket._may("coordinator")
            )
        )
        return mine | super()._may_see_contact()

    def _contact_number(self):
        return self.number

    def _contact_customer(self):
        return self.customer

    def _contact_posts(self):
        return super()._contact_posts() | self.handler_id | self.coordinator_id
