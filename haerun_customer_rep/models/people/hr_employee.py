from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "active", "resource_id"} & vals.keys():
            self.env.registry.clear_cache()
            self.env["haerun.representative"]._haerun_refresh_acting()
        return result


class ResourceResource(models.Model):
    _inherit = "resource.resource"

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self.env.registry.clear_cache()
            self.env["haerun.representative"]._haerun_refresh_acting()
        return result
