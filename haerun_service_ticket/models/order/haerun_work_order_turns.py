from odoo import models
from odoo.exceptions import UserError

from ...tools import order_way as way


class WorkOrder(models.Model):
    """Turns off the straight way: given to another, suspended, cancelled."""

    _inherit = "haerun.work.order"

    # ----------------------------------------------------------- action
    def action_give(self):
        """Ask who carries them out."""
        for order in self:
            order._check_may("plan", "planned", "en_route")
        return self._ask_turn("give", self.env._("Give"))

    def action_suspend(self):
        """Ask what it waits for, and until when."""
        for order in self:
            order._check_turn("suspend")
        return self._ask_turn("suspend", self.env._("Suspend"))

    def action_resume(self):
        """What it waited for has come."""
        for order in self:
            order._check_turn("resume")
            order._resume(self.env._("Resumed."))
            order._log("resumed")
        return True

    def action_cancel(self):
        """Ask why nobody has to go there any more."""
        for order in self:
            order._check_cancel()
        return self._ask_turn("cancel", self.env._("Cancel the Work Order"))

    def _ask_turn(self, kind, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "haerun.work.turn",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_order_ids": self.ids, "default_kind": kind},
        }

    # ------------------------------------------------------------ seams
    def _give(self, team, worker, representative=None):
        """Give these orders to a team or a person; another holder when given.

        :param team: haerun.work.team, may be empty
        :param worker: res.users, may be empty
        :param representative: a valid haerun.representative who answers from now on
        """
        for order in self:
            order._check_may("plan", "planned", "en_route")
        if not (team or worker or representative):
            raise UserError(self.env._("Choose a team, a person or a representative."))
        if team and worker and worker not in team._members():
            raise UserError(
                self.env._(
                    "%(name)s does not belong to %(team)s: choose one of its members.",
                    name=worker.name,
                    team=team.name,
                )
            )
        if representative and representative.state != "valid":
            raise UserError(
                self.env._(
                    "%s is not in office: choose another representative.",
                    representative.display_name,
                )
            )
        if representative:
            self._assign(representative)
        if team or worker:
            self.write({"team_id": team.id, "worker_id": worker.id})

    def _cancel(self, reason):
        """Nobody has to go there any more; its clocks lapse, which is not met."""
        for order in self:
            order._check_cancel()
        for order in self:
            order.sudo()._clock_cancel(reason)
            order._take_step(
                "cancelled",
                {
                    "step": "cancelled",
                    "cancel_reason": reason,
                    "suspended_at": False,
                    "suspended_until": False,
                    "suspend_reason_id": False,
                    "suspend_note": False,
                },
                reason,
            )
            order.sudo().activity_ids.unlink()
            told = order._workers() | order.sudo().acting_user_id
            order._tell(told, self.env._("Cancelled: %s", reason))
        self._note_on_source("cancelled")

    def _suspend(self, reason, until, note):
        result = super()._suspend(reason, until, note)
        self._log("suspended", note)
        return result

    # ----------------------------------------------------------- checks
    def _check_turn(self, kind):
        """A severe leak never waits (R109); who works on it waits for others."""
        self.ensure_one()
        self._check_may("work" if kind == "resume" else "plan", *way.WORKING)
        refusal = None
        if kind == "suspend" and self.severe:
            refusal = self.env._("%s is a severe leak: it never waits.")
        elif kind == "suspend" and self.suspended_at:
            refusal = self.env._("%s is suspended already: resume it first.")
        elif kind == "resume" and not self.suspended_at:
            refusal = self.env._("%s is not suspended.")
        if refusal:
            raise UserError(refusal % self.display_name)

    def _check_cancel(self):
        """Who opened it takes it back until somebody is there; then it is led."""
        self.ensure_one()
        mine = self.sudo().requested_by_id == self.env.user
        if not (mine and self.step in ("planned", "en_route")):
            self._check_may("plan")
        self.check_access("read")
        if self.step not in way.WORKING:
            raise UserError(
                self.env._(
                    "%(order)s is “%(step)s”: it is not cancelled any more.",
                    order=self.display_name,
                    step=self._step_name(),
                )
            )
