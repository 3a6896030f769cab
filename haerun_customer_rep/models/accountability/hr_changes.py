"""Every change of who is whose superior or deputy settles secrecy anew (R119)."""

from odoo import api, models


class HaerunRepresentative(models.Model):
    _inherit = "haerun.representative"

    @api.model
    def _haerun_refresh_acting(self):
        changed = super()._haerun_refresh_acting()
        self.env["haerun.secrecy"]._refresh()
        return changed


class HaerunSubstitution(models.Model):
    _inherit = "haerun.substitution"

    @api.model
    def _cron_boundaries(self):
        """Leaves of heads without a post begin and end without a substitution."""
        result = super()._cron_boundaries()
        self.env["haerun.secrecy"]._refresh()
        return result


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        self.env["haerun.secrecy"]._refresh()
        return employees

    def write(self, vals):
        result = super().write(vals)
        if not {"department_id", "parent_id", "user_id", "active"}.isdisjoint(vals):
            self.env["haerun.secrecy"]._refresh()
        return result


class HrVersion(models.Model):
    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        self.env["haerun.secrecy"]._refresh()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if "department_id" in vals:
            self.env["haerun.secrecy"]._refresh()
        return result


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def write(self, vals):
        result = super().write(vals)
        if not {"haerun_level", "manager_id", "parent_id", "active"}.isdisjoint(vals):
            self.env["haerun.secrecy"]._refresh()
        return result


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if not {"active", "group_ids"}.isdisjoint(vals):
            self.env["haerun.secrecy"]._refresh()
        return result
