from odoo import fields, models


class Meter(models.Model):
    """A doubted meter is looked at where it hangs (R61)."""

    _name = "haerun.meter"
    _inherit = ["haerun.meter", "haerun.checkable.mixin"]

    site_check_ids = fields.One2many(
        "haerun.site.check", "meter_id", string="Site Checks", readonly=True
    )

    def _check_wanted(self):
        return {
            **super()._check_wanted(),
            "account_id": self.point_id.account_id.id,
            "point_id": self.point_id.id,
            "source": "hand",
            "kind_id": self.env.ref("haerun_meter.check_kind_meter").id,
        }
