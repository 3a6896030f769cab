from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _haerun_own_unit(self):
        """Return the unit (hr.department) in which this user has his own post, or none.

        That of his valid appointment as a marketing representative or reader, else
        the one that employs him; units for which he only acts do not count.
        """
        self.ensure_one()
        user = self.sudo()  # appointments are read to place what he did
        posts = user.haerun_representative_ids.filtered(
            lambda post: post.state == "valid"
        )
        posts = posts.sorted(lambda post: post.rep_class != "marketing")
        return posts[:1].unit_id or user.employee_ids[:1].department_id
