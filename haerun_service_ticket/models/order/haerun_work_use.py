from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.evidence import keep_within


class WorkUse(models.Model):
    """Material used up on a work order; written on site, fixed with the work."""

    _name = "haerun.work.use"
    _description = "Material Used"
    _inherit = ["haerun.work.part"]
    _order = "order_id, id"

    order_id = fields.Many2one(
        "haerun.work.order", required=True, index=True, ondelete="cascade"
    )
    material_id = fields.Many2one(
        "haerun.work.material",
        string="Material",
        required=True,
        index=True,
        ondelete="restrict",
    )
    quantity = fields.Float(digits=(12, 2), default=1.0, required=True)
    unit = fields.Char(related="material_id.unit")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Give a quantity greater than zero."
    )

    @api.depends("material_id", "quantity")
    def _compute_display_name(self):
        for use in self:
            name = use.material_id.display_name
            use.display_name = f"{name} {use.quantity:g} {use.unit or ''}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        uses = super().create(vals_list)
        uses._check_on_site()
        return uses

    def write(self, vals):
        self._check_on_site()
        result = super().write(vals)
        keep_within(self, vals, {"order_id"})
        if "order_id" in vals:
            self._check_on_site()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_on_site(self):
        self._check_on_site()

    def _check_on_site(self):
        """:raise UserError: before somebody is there and once the work is done"""
        for order in () if self.env.su else self.order_id:
            if order.step != "on_site":
                raise UserError(
                    self.env._(
                        "%(order)s is “%(step)s”: what was used is noted on site.",
                        order=order.display_name,
                        step=order._step_name(),
                    )
                )
