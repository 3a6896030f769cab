from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _haerun_audits(self):
        """Whether this user decides on readings and audits plans (R59, R63)."""
        self.ensure_one()
        return any(
            self.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("auditor", "unit_manager", "csd_marketing")
        )

    def _haerun_served_units(self):
        """Return the units (hr.department) that this user serves, with all below.

        Those of his valid posts and of the posts for which he acts now, those that
        he leads, and the one that employs him.
        """
        self.ensure_one()
        user = self.sudo()  # appointments are read on behalf of record rules
        posts = self.env["haerun.representative"].sudo()
        posts = posts.search(
            [
                ("state", "=", "valid"),
                "|",
                ("user_id", "=", user.id),
                ("acting_user_id", "=", user.id),
            ]
        )
        units = posts.unit_id | user.employee_ids.department_id
        units |= user.haerun_managed_unit_ids
        return units.search([("id", "child_of", units.ids)]) if units else units
