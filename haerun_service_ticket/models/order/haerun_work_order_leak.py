from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import order_way as way


class WorkOrder(models.Model):
    """严重漏水: water is stopped at once and repaired without a break (R109).

    Each instant is an event by server time, noted once, in order; its clocks run day
    and night and know no pause.
    """

    _inherit = "haerun.work.order"

    # ----------------------------------------------------------- action
    def action_stop_water(self):
        """The water is stopped now."""
        return self._note_instant("stopped")

    def action_start_repair(self):
        """The repair begins now."""
        return self._note_instant("started")

    def action_end_repair(self):
        """The repair has ended now."""
        return self._note_instant("repaired")

    def action_restore_water(self):
        """The water runs again now."""
        return self._note_instant("restored")

    def action_severe(self):
        """What was found on site is a severe leak: its own clocks run from now on.

        They run as of the opening, so that nothing is won by having said otherwise.
        """
        for order in self:
            order._check_may("work", *way.WORKING)
            if order.severe:
                raise UserError(
                    self.env._("%s is a severe leak already.", order.display_name)
                )
            order._resume_if_waiting()
            order._take_step("severe", {"severe": True})
            order._refit_times()
        return True

    # --------------------------------------------------------- business
    def _note_instant(self, code):
        """Note that ``code`` (a key of ``order_way.LEAK``) happened now."""
        names = dict(way.REACHED)
        labels = choices(self.env["haerun.work.event"], "kind")
        for order in self:
            order._check_may("work", "on_site")
            name = names[code]
            if order[name]:
                raise UserError(
                    self.env._(
                        "%(order)s: “%(what)s” was noted at %(at)s already; an instant "
                        "is noted once.",
                        order=order.display_name,
                        what=labels[code],
                        at=f"{self.env.company._haerun_local(order[name]):%H:%M}",
                    )
                )
            if code not in order._instants():
                raise UserError(
                    self.env._(
                        "%(order)s: “%(what)s” is no part of this work order; mark it "
                        "as a severe leak first.",
                        order=order.display_name,
                        what=labels[code],
                    )
                )
            before = way.LEAK[code]
            if before in order._instants() and not order[names[before]]:
                raise UserError(
                    self.env._(
                        "%(order)s: note “%(before)s” first, then “%(what)s”.",
                        order=order.display_name,
                        before=labels[before],
                        what=labels[code],
                    )
                )
            order._take_step(code, {name: fields.Datetime.now()})
        self.sudo()._reach(code)
        return True

    def _instants(self):
        """Return the keys of ``order_way.LEAK`` that belong to this order."""
        self.ensure_one()
        if self.severe:
            return tuple(way.LEAK)
        water = self.sudo().kind_id.water
        wanted = {"stop": ("stopped",), "restore": ("restored",)}
        return wanted.get(water, ("stopped", "restored") if water == "both" else ())

    def _missing_leak(self):
        """Return the instants that are not noted yet, as clauses."""
        labels = choices(self.env["haerun.work.event"], "kind")
        return [
            self.env._("note “%s”", labels[code])
            for code in self._instants()
            if not self[way.REACHED[code]]
        ]
