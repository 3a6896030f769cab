from odoo import api, fields, models

KINDS = [("fit", "Fit"), ("remove", "Remove"), ("exchange", "Exchange")]


class MeterFitting(models.TransientModel):
    """Which meter, which day, and where the dials stand."""

    _name = "haerun.meter.fitting"
    _inherit = ["haerun.window.mixin"]
    _description = "Fit, Remove or Exchange a Meter"

    point_id = fields.Many2one("haerun.service.point", required=True)
    kind = fields.Selection(KINDS, required=True)
    old_meter_id = fields.Many2one(related="point_id.meter_id", string="Old Meter")
    end_reading = fields.Float(digits=(12, 3), string="Dial of the Old Meter")
    meter_id = fields.Many2one(
        "haerun.meter",
        string="New Meter",
        # one whose life is over is verified before it is fitted again
        domain="[('state', 'in', ('stock', 'removed')), '|',"
        " ('life_ends_on', '=', False), ('life_ends_on', '>=', 'today')]",
    )
    start_reading = fields.Float(
        digits=(12, 3),
        string="Dial of the New Meter",
        compute="_compute_start_reading",
        store=True,
        readonly=False,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    reason = fields.Char()

    @api.depends("meter_id")
    def _compute_start_reading(self):
        """A removed meter goes on where it stood."""
        for fitting in self:
            # sudo: it may have hung in another branch before
            last = fitting.meter_id.sudo().installation_ids[:1]
            fitting.start_reading = last.end_reading if last else 0

    def action_confirm(self):
        """Fit, remove or exchange; one sentence says what stands in the way."""
        self.ensure_one()
        point = self.point_id
        if self.kind == "fit":
            point._fit(self.meter_id, self.date, self.start_reading)
        elif self.kind == "remove":
            point._remove(self.date, self.end_reading, self.reason)
        else:
            point._exchange(
                self.meter_id,
                self.date,
                self.end_reading,
                self.start_reading,
                self.reason,
            )
        return {"type": "ir.actions.act_window_close"}
