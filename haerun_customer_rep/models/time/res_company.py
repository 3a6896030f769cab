from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    haerun_quiet_from = fields.Float(
        string="Quiet from",
        default=21.0,
        help="Pushes that are not urgent wait from this hour on.",
    )
    haerun_quiet_to = fields.Float(string="Quiet until", default=7.5)

    _haerun_quiet_hours = models.Constraint(
        "CHECK (haerun_quiet_from >= 0 AND haerun_quiet_from < 24"
        " AND haerun_quiet_to >= 0 AND haerun_quiet_to < 24)",
        "Quiet hours lie between 0:00 and 23:59.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env.registry.clear_cache()  # the default shift of haerun.workday
        return result
