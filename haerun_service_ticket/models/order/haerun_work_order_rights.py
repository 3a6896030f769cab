from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import order_way as way


class WorkOrder(models.Model):
    """Who may do what with a work order: rights lie in the steps, not in buttons.

    - ``plan``: who holds it or stands in, the head of the unit, CSD's coordinator;
    - ``work``: who carries it out, his team, who holds it, the head of the unit;
    - ``inspect``: head, CSD and the unit's auditors, never who worked on it.
    """

    _inherit = "haerun.work.order"

    may_plan = fields.Boolean(compute="_compute_may")
    may_work = fields.Boolean(compute="_compute_may")
    may_inspect = fields.Boolean(compute="_compute_may")
    is_mine = fields.Boolean(string="Mine", compute="_compute_may")

    @api.depends("step", "owner_user_id", "acting_user_id", "team_id", "worker_id")
    @api.depends_context("uid")
    def _compute_may(self):
        for order in self:
            order.may_plan = order._may("plan")
            order.may_work = order._may("work")
            order.may_inspect = order._may("inspect")
            mine = order._workers() | order.sudo().acting_user_id
            order.is_mine = self.env.user in mine

    def _may(self, role):
        """Whether the present user has ``role`` (see the class) on this order."""
        self.ensure_one()
        if self.env.su:
            return True
        user, order = self.env.user, self.sudo()
        holds = user in order.owner_user_id | order.acting_user_id
        leads = self._is_led()
        if role == "plan":
            return holds or leads or user.has_group(_group("csd_service"))
        if role == "work":
            return holds or leads or user in self._workers()
        return not (holds or user in self._worked()) and (
            leads
            or user.has_group(_group("csd_service"))
            or (user.has_group(_group("auditor")) and order.with_user(user).in_my_unit)
        )

    def _is_led(self):
        user, order = self.env.user, self.sudo()
        units = order.unit_id | order.team_id.unit_id
        return user.has_group(_group("unit_manager")) and bool(
            units & user.haerun_managed_unit_ids
        )

    def _workers(self):
        """Who carries it out: the one named, and all of the team."""
        order = self.sudo()
        return order.worker_id | order.team_id.member_ids

    def _worked(self):
        """Who had a hand in it."""
        events = self.sudo().event_ids
        done = events.filtered(lambda one: one.kind in way.HAND_IN_IT)
        return self._workers() | done.user_id

    def _check_may(self, role, *steps):
        """Refuse who has not ``role``, and an order that is not at one of ``steps``.

        :raise AccessError: with the name of who may
        :raise UserError: with the step at which the order stands
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may(role):
            raise AccessError(self._refusal(role))
        if steps and self.step not in steps:
            raise UserError(
                self.env._(
                    "%(order)s stands at “%(step)s”: this is not its next step; "
                    "reload the page.",
                    order=self.display_name,
                    step=self._step_name(),
                )
            )

    def _refusal(self, role):
        order = self.sudo()  # who works on it is no secret to who may read it
        if role == "inspect":
            return self.env._(
                "%s is inspected by the head of its unit, an auditor or CSD, and by "
                "nobody who worked on it.",
                self.display_name,
            )
        if role == "plan":
            name = order.acting_user_id.name or order.unit_id.name
        else:
            name = order.worker_id.name or order.team_id.name
            name = name or order.acting_user_id.name
        return self.env._(
            "%(order)s: this is done by %(name)s; ask them.",
            order=self.display_name,
            name=name or self.env._("its representative"),
        )

    # ---------------------------------------------------------- contact
    def _contact_holders(self):
        """Who goes there calls the customer."""
        order = self.sudo()
        if order.step in way.ENDED:
            return self.env["res.users"]
        return order.owner_user_id | order.acting_user_id | self._workers()

    def _contact_name(self):
        return self.customer or self.display_name

    def _may_see_contact(self):
        """Also who plans it and who supervises."""
        if self.env.user.has_group(_group("supervision")):
            return self
        return self.filtered(lambda order: order._may("plan") or order._may("work"))


def _group(name):
    return f"haerun_customer_rep.group_{name}"
