from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.sampling import drawn
from odoo.addons.haerun_customer_rep.tools.sentence import joined
from odoo.addons.haerun_customer_rep.tools.state import choices
from odoo.addons.haerun_customer_rep.tools.window import open_form

from ...tools import order_way as way


class WorkOrder(models.Model):
    """A work order's way: set out, arrive, work, be done (R85, R104-R108)."""

    _inherit = "haerun.work.order"

    tick_depart_ids = fields.One2many(
        "haerun.work.tick",
        "order_id",
        string="Before Leaving",
        domain=[("moment", "=", "depart")],
        readonly=True,
    )
    tick_door_ids = fields.One2many(
        "haerun.work.tick",
        "order_id",
        string="At the Door",
        domain=[("moment", "=", "door")],
        readonly=True,
    )
    tick_work_ids = fields.One2many(
        "haerun.work.tick",
        "order_id",
        string="Quality of the Work",
        domain=[("moment", "=", "work")],
        readonly=True,
    )
    tick_leave_ids = fields.One2many(
        "haerun.work.tick",
        "order_id",
        string="On Leaving",
        domain=[("moment", "=", "leave")],
        readonly=True,
    )
    open_ticks = fields.Integer(
        string="Not Ticked",
        compute="_compute_open_ticks",
        help="Items that the next step asks for.",
    )

    @api.depends("tick_ids.verdict", "step")
    def _compute_open_ticks(self):
        for order in self:
            order.open_ticks = len(order._open_ticks())

    def _open_ticks(self):
        """The items to be ticked now that are not."""
        return self.tick_ids.filtered(
            lambda tick: (
                not tick.verdict and way.TICKED_AT[tick.moment] == tick.order_id.step
            )
        )

    # ----------------------------------------------------------- action
    def action_open(self):
        """Open the work order, from a card."""
        self.ensure_one()
        self.check_access("read")
        return open_form(self._name, self.id)

    def action_navigate(self):
        """Open the map; the phone leads there."""
        self.ensure_one()
        self.check_access("read")
        if not self.map_url:
            raise UserError(
                self.env._(
                    "%s has no address: write it, or call the customer.",
                    self.display_name,
                )
            )
        return {"type": "ir.actions.act_url", "url": self.map_url, "target": "new"}

    def action_take(self):
        """I go there."""
        for order in self:
            order._check_may("work", "planned", "en_route")
            before = order.sudo().worker_id
            # sudo: who belongs to the team may take it, and nothing else
            order.sudo().worker_id = self.env.user
            order._tell(before, self.env._("Taken over by %s", self.env.user.name))
        return True

    def action_tick_all(self):
        """Tick all that is to be ticked now and wants no photo, in one go."""
        for order in self:
            order._check_may("work", *way.WORKING)
            order._open_ticks().filtered(lambda tick: not tick.photo)._answer("met")
        return True

    def action_depart(self):
        """Set out, with all that the list before leaving asks for (R104, R105).

        :raise UserError: for items that are not ticked
        """
        for order in self:
            order._check_may("work", "planned")
            order._refuse("en_route", order._missing_ticks())
            order._resume_if_waiting()
            values = {"step": "en_route", "departed_at": fields.Datetime.now()}
            if not order.worker_id:
                values["worker_id"] = self.env.uid
            order._take_step("departed", values)
        self.sudo()._reach("departed")
        return True

    def action_arrive(self):
        """On site now; the ticket's clock ends as well (R74, R94)."""
        now = fields.Datetime.now()
        for order in self:
            order._check_may("work", "en_route")
            values = {"step": "on_site", "arrived_at": now}
            values["appointment_kept"] = order._kept_appointment(now)
            order._take_step("arrived", values, order.place_note)
        self.sudo()._reach("arrived")
        self._note_on_source("arrived")
        return True

    def action_done(self):
        """The work is done; what was done goes back to the ticket (R85, R94, R107).

        :raise UserError: all that is missing, in one sentence
        """
        now = fields.Datetime.now()
        for order in self:
            order._check_may("work", "on_site")
            order._refuse("done", order._missing_to_done())
            order._take_step(
                "done",
                {"step": "done", "done_at": now, "to_sample": order._drawn()},
                order.work_done,
            )
        self.sudo()._reach("done")
        self._note_on_source("done")
        for order in self:
            if not order.sudo().kind_id.signature:
                order._close()
        return True

    def action_back(self):
        """Ask why the work goes on, before it is signed."""
        for order in self:
            order._check_may("work", "done")
        return self._ask_turn("back", self.env._("Back to Work"))

    # --------------------------------------------------------- business
    def _back(self, reason):
        """Something is still to be done: its time runs on with what was left."""
        for order in self:
            order._check_may("work", "done")
            ended = order.done_at
            plain = order.sudo()
            order._take_step(
                "back",
                {"step": "on_site", "done_at": False, "to_sample": False},
                reason,
            )
            plain.clock_ids.filtered(
                lambda clock, ended=ended: (
                    clock.ended_at == ended
                    and clock.state in ("met", "missed")
                    and clock.limit_id.end_milestone_id.code == "done"
                )
            )._reopen(reason)
            plain._open_clocks().filtered(
                lambda clock: clock.limit_id.start_milestone_id.code == "done"
            )._cancel(reason)

    def _kept_appointment(self, at):
        """Whether somebody came when the customer expected him.

        :param at: naive UTC instant of arrival
        :return: a key of ``order_way.APPOINTMENTS``, or False without one
        """
        self.ensure_one()
        if not self.appointment_from:
            return False
        if at < self.appointment_from:
            return "early"
        until = self.appointment_to or fields.Datetime.add(
            self.appointment_from, minutes=30
        )
        return "kept" if at <= until else "late"

    def _drawn(self):
        """Whether an inspector looks at it: nobody can tell beforehand (R108)."""
        order = self.sudo()
        # sudo: the seed is a secret of the system
        seed = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return drawn(seed, order.number, order.kind_id.sample_share)

    def _close(self):
        """The end; what still runs lapses."""
        order = self.sudo()
        self._take_step(
            "closed", {"step": "closed", "closed_at": fields.Datetime.now()}
        )
        order._reach("closed")
        order._clock_cancel(self.env._("Closed without it"))
        order.activity_ids.unlink()
        self._note_on_source("closed")

    def _resume_if_waiting(self):
        """Whoever sets out does not wait any more."""
        if self.suspended_at:
            self._resume(self.env._("Set out."))
            self._log("resumed")

    # ---------------------------------------------------------- missing
    def _missing_ticks(self):
        """Return the items that are not ticked, as clauses."""
        return [
            self.env._("“%s” is not ticked", tick.name) for tick in self._open_ticks()
        ]

    def _missing_to_done(self):
        """Return what work lacks to be done, as clauses."""
        kind = self.sudo().kind_id
        missing = self._missing_leak() + self._missing_ticks()
        if not (self.work_done or "").strip():
            missing.append(self.env._("write what was done"))
        if kind.photo_before and not self.photo_ids:
            missing.append(self.env._("take a photo of how it was before"))
        if kind.photo_after and not self.photo_after_ids:
            missing.append(self.env._("take a photo of how it is now"))
        return missing

    def _refuse(self, step, missing):
        """:raise UserError: when something is missing, all of it told at once"""
        if missing:
            names = choices(self, "step")
            raise UserError(
                self.env._(
                    "%(order)s cannot go on to “%(step)s”: %(missing)s.",
                    order=self.display_name,
                    step=names[step],
                    missing=joined(self.env, missing),
                )
            )
