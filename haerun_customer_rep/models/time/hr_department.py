from odoo import models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _haerun_manager_user(self, besides=None):
        """Return the user who leads this unit, or the next unit above.

        :param besides: a user who does not count (one is not one's own superior)
        """
        unit = self.sudo()
        while unit:
            user = unit.manager_id.user_id
            if user and user.active and user != besides:
                return user
            unit = unit.parent_id
        return self.env["res.users"]
