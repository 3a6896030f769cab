from odoo import models


class ServicePoint(models.Model):
    """What hinders reading at a point is looked at on site (R76)."""

    _name = "haerun.service.point"
    _inherit = ["haerun.service.point", "haerun.checkable.mixin"]

    def _check_wanted(self):
        return {
            **super()._check_wanted(),
            "account_id": self.account_id.id,
            "point_id": self.id,
            "source": "hand",
        }
