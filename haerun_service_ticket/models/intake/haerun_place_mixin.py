from odoo import api, fields, models

from ...tools import address as addresses


class PlaceMixin(models.AbstractModel):
    """The address reduced to what two callers write alike, to find neighbours."""

    _name = "haerun.place.mixin"
    _description = "Place of a Matter"

    road_key = fields.Char(
        compute="_compute_place", store=True, precompute=True, index="btree_not_null"
    )
    house_key = fields.Char(
        compute="_compute_place", store=True, precompute=True, index="btree_not_null"
    )

    @api.depends("address")
    def _compute_place(self):
        for record in self:
            record.road_key, record.house_key = addresses.place(record.address)
