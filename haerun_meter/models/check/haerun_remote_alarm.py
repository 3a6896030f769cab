from odoo import api, fields, models


class RemoteAlarm(models.Model):
    """Which check on site an alarm word opens (R71)."""

    _inherit = "haerun.remote.alarm"

    kind_id = fields.Many2one(
        "haerun.check.kind", string="Opens", compute="_compute_kind_id"
    )

    @api.depends("code")
    def _compute_kind_id(self):
        kinds = self.env["haerun.check.kind"]
        by_alert = kinds._by_alert()
        other = self.env.ref("haerun_meter.check_kind_remote").id
        for line in self:
            line.kind_id = line.code and by_alert.get(line.code, other)
