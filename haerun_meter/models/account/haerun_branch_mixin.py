from odoo import api, fields, models
from odoo.fields import Domain


class BranchMixin(models.AbstractModel):
    """Belongs to a branch, and is seen by those who serve there (R3, R4).

    Record rules ask for ``in_my_unit``: the user's posts, also those for which he
    acts, the units he leads and where he is employed, with all below them.
    """

    _name = "haerun.branch.mixin"
    _description = "Belongs to a Branch"

    unit_id = fields.Many2one(
        "hr.department",
        string="Branch",
        index=True,
        ondelete="restrict",
    )
    in_my_unit = fields.Boolean(
        compute="_compute_in_my_unit", search="_search_in_my_unit"
    )

    @api.depends("unit_id")
    @api.depends_context("uid")
    def _compute_in_my_unit(self):
        # sudo: record rules call this, also for units the user may not read
        served = self.env.user._haerun_served_units()
        for record in self:
            record.in_my_unit = record.sudo().unit_id in served

    @api.model
    def _search_in_my_unit(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("unit_id", "in", self.env.user._haerun_served_units().ids)
        if set(value) >= {True, False}:
            return Domain.TRUE
        return mine if True in value else ~mine
