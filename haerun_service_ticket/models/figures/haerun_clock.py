from odoo import models


class Clock(models.Model):
    """Verdicts of tickets are counted by the time at which they fell."""

    _inherit = "haerun.clock"

    _ticket_ended_idx = models.Index(
        "(ended_at) WHERE res_model = 'haerun.ticket' AND state IN ('met', 'missed')"
    )
