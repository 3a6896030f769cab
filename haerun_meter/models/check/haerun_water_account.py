from odoo import fields, models


class WaterAccount(models.Model):
    """A customer's question of volume or fee is looked at on site (R70, R75)."""

    _name = "haerun.water.account"
    _inherit = ["haerun.water.account", "haerun.checkable.mixin"]

    site_check_ids = fields.One2many(
        "haerun.site.check", "account_id", string="Site Checks", readonly=True
    )

    def _check_wanted(self):
        # one point: it can only be about that one
        point = self.point_ids if len(self.point_ids) == 1 else self.point_ids[:0]
        return {
            **super()._check_wanted(),
            "account_id": self.id,
            "point_id": point.id,
            "source": "question",
            "kind_id": self.env.ref("haerun_meter.check_kind_question").id,
        }
