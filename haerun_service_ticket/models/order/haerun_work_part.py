from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools import part as parts


class WorkPart(models.AbstractModel):
    """Part of a work order: its rights are those of the order.

    As ``haerun.ticket.part``: record rules ask for ``order_access``.
    """

    _name = "haerun.work.part"
    _description = "Part of a Work Order"

    order_access = fields.Selection(
        [("read", "Read"), ("write", "Write")],
        compute="_compute_order_access",
        search="_search_order_access",
    )

    @api.depends(lambda self: self._order_rights_fields())
    @api.depends_context("uid")
    def _compute_order_access(self):
        for part in self:
            # record rules call this as superuser, in the name of a user
            order = part.sudo().order_id.sudo(False)
            part.order_access = bool(order) and parts.access(order)

    @api.model
    def _order_rights_fields(self):
        """What of the work order its record rules ask for."""
        if self._abstract:
            return []
        asked = ("acting_user_id", "owner_user_id", "team_id", "unit_id", "worker_id")
        return [f"order_id.{name}" for name in asked]

    @api.model
    def _search_order_access(self, operator, value):
        if operator != "in":
            return NotImplemented
        return parts.access_domain(self, "order_id", "haerun.work.order", value)
