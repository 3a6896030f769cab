from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import check_state
from odoo.addons.haerun_meter.models.check.haerun_site_check import OPEN

from ...tools import order_way as way


class SiteCheck(models.Model):
    """A site check sends out field staff; it is concluded after they came back."""

    _inherit = "haerun.site.check"

    order_ids = fields.One2many(
        "haerun.work.order", "check_id", string="Work Orders", readonly=True
    )

    # ----------------------------------------------------------- action
    def action_order(self):
        """Open a new work order of this check (R74, R75)."""
        self.ensure_one()
        self._check_order()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Work Order"),
            "res_model": "haerun.work.order",
            "views": [(False, "form")],
            "context": {"default_check_id": self.id},
        }

    # --------------------------------------------------------- business
    def _ticket_asked(self):
        """The ticket from which this check was asked for, maybe none."""
        tickets = self.env["haerun.ticket"]
        ids = [one.res_id for one in self if one.res_model == tickets._name]
        return tickets.browse(ids).exists()[:1]

    def _check_conclusion(self):
        result = super()._check_conclusion()
        # sudo: whoever may see the orders, they count
        waiting = self.sudo().order_ids.filtered(lambda one: one.step in way.WORKING)
        if waiting:
            raise UserError(
                self.env._(
                    "%(check)s cannot be concluded: work order %(order)s is not "
                    "finished.",
                    check=self.display_name,
                    order=waiting[0].number,
                )
            )
        return result

    def _check_order(self):
        """Who holds the check sends somebody out, while it is open."""
        self.check_access("read")
        if not self.has_access("write"):
            raise AccessError(
                self.env._(
                    "%(check)s is handled by %(name)s.",
                    check=self.display_name,
                    name=self.sudo().acting_user_id.name or self.sudo().unit_id.name,
                )
            )
        check_state(self, *OPEN)
