from odoo import api, fields, models

DOUBTS = [
    ("below", "Below the last reading"),
    ("same", "As at the last reading"),
    ("earlier", "Before the last reading"),
]


class MeterFitting(models.TransientModel):
    """The dial of the meter that comes down, beside where it was read last."""

    _inherit = "haerun.meter.fitting"

    last_value = fields.Float(
        string="Last Reading", digits=(12, 3), compute="_compute_last"
    )
    last_on = fields.Date(string="Read On", compute="_compute_last")
    end_reading = fields.Float(
        compute="_compute_end_reading", store=True, readonly=False, precompute=True
    )
    end_use = fields.Float(
        string="Use Since Then (m³)", digits=(12, 3), compute="_compute_doubt"
    )
    doubt = fields.Selection(DOUBTS, compute="_compute_doubt")

    @api.depends("point_id")
    def _compute_last(self):
        readings = self.env["haerun.meter.reading"]
        for window in self:
            last = readings._last_real(window.point_id.installation_id)
            window.last_value = last.value
            window.last_on = last.read_at and fields.Datetime.context_timestamp(
                window, last.read_at
            )

    @api.depends("point_id")
    def _compute_end_reading(self):
        """It begins where the dial was seen last, as it rarely stands below."""
        for window in self:
            window.end_reading = window.last_value

    @api.depends("end_reading", "date", "last_value", "last_on")
    def _compute_doubt(self):
        """What speaks against the dial or the day that is typed in."""
        for window in self:
            hung = window.point_id.installation_id
            more = window.end_reading - window.last_value
            window.end_use = more * hung.multiplier
            window.doubt = False
            if window.kind == "fit" or not window.last_on:
                continue
            if window.date and window.date < window.last_on:
                window.doubt = "earlier"
            elif more < 0:
                window.doubt = "below"
            elif not more:
                window.doubt = "same"

    def action_confirm(self):
        """As before; and says when the old dial waits for the auditor."""
        hung = self.point_id.installation_id
        result = super().action_confirm()
        # sudo: who fits need not read readings, but is told of the one he made
        removed = self.env["haerun.meter.reading"].sudo()
        removed = removed.search(
            [
                ("installation_id", "=", hung.id),
                ("source", "=", "removed"),
                ("state", "=", "held"),
            ],
            limit=1,
        )
        if not removed:
            return result
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Meter %(meter)s was taken down at %(dial)s. That is odd "
                    "(%(why)s), so the reading waits for the auditor; he corrects it "
                    "when it was typed wrongly.",
                    meter=removed.meter_id.number,
                    dial=f"{removed.value:g}",
                    why="、".join(removed.hit_ids.mapped("display_name")),
                ),
                "next": result,
            },
        }
