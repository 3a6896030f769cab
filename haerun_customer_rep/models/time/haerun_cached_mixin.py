from odoo import api, models


class HaerunCachedMixin(models.AbstractModel):
    """Rules that are kept in the registry's caches: every change empties them."""

    _name = "haerun.cached.mixin"
    _description = "Cached Rule"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
