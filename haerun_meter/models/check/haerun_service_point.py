from odoo import fields, models


class ServicePoint(models.Model):
    """What hinders reading at a point is looked at on site (R76)."""

    _name = "haerun.service.point"
    _inherit = ["haerun.service.point", "haerun.checkable.mixin"]

    site_check_ids = fields.One2many(
        "haerun.site.check", "point_id", string="Site Checks", readonly=True
    )

    def _check_wanted(self):
        return {
            **super()._check_wanted(),
            "account_id": self.account_id.id,
            "point_id": self.id,
            "source": "hand",
        }
