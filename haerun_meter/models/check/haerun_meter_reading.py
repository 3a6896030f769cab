from odoo import fields, models


class MeterReading(models.Model):
    """What is odd about a reading is looked at on site (R61, R68, R72)."""

    _name = "haerun.meter.reading"
    _inherit = ["haerun.meter.reading", "haerun.checkable.mixin"]

    site_check_ids = fields.One2many(
        "haerun.site.check", "reading_id", string="Site Checks", readonly=True
    )

    def _judged(self):
        result = super()._judged()
        self.env["haerun.site.check"]._open_from_readings(self)
        return result

    def _check_wanted(self):
        return {
            **super()._check_wanted(),
            "account_id": self.account_id.id,
            "point_id": self.point_id.id,
            "reading_id": self.id,
            "source": "audit",
            "kind_id": self.env.ref("haerun_meter.check_kind_audit").id,
        }
