from odoo import api, fields, models


class Meter(models.Model):
    """A meter's own screen: where it hangs, what was read and checked of it."""

    _name = "haerun.meter"
    _inherit = ["haerun.meter", "haerun.dial.mixin"]

    unit_id = fields.Many2one(related="installation_id.point_id.unit_id")
    book_id = fields.Many2one(related="installation_id.point_id.book_id")
    account_id = fields.Many2one(related="installation_id.account_id")

    _due_idx = models.Index("(life_warned_on) WHERE state = 'fitted'")

    # ----------------------------------------------------------- action
    def action_exchange(self):
        """Ask for both dials and the new meter, where this one hangs (换表)."""
        self.ensure_one()
        return self.point_id.with_env(self.env).action_exchange()

    def action_remove(self):
        """Ask where the dial stands when this meter is removed (拆表)."""
        self.ensure_one()
        return self.point_id.with_env(self.env).action_remove()

    @api.model
    def _due_domain(self, unit=None):
        """Fitted meters whose life is over or ends soon (更换计划).

        ``any`` asks by the user's own rights: branches see what hangs with them.
        """
        inside = [("date_to", "=", False)]
        if unit:
            inside.append(("point_id.unit_id", "=", unit.id))
        return [
            ("state", "=", "fitted"),
            ("life_state", "in", ["soon", "over"]),
            ("installation_id", "any", inside),
        ]
