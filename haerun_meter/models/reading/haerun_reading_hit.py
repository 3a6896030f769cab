from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import choices

from ...tools import judge
from .haerun_reading_rule import SEVERITIES


class ReadingHit(models.Model):
    """A rule that a reading has hit when it was judged."""

    _name = "haerun.reading.hit"
    _description = "Finding on a Reading"
    _inherit = ["haerun.evidence.mixin"]
    _log_access = False
    _order = "severity desc, id"

    reading_id = fields.Many2one(
        "haerun.meter.reading", required=True, index=True, ondelete="cascade"
    )
    code = fields.Selection(judge.RULES, string="Rule", required=True)
    severity = fields.Selection(SEVERITIES, required=True)

    @api.depends("code")
    def _compute_display_name(self):
        names = choices(self, "code")
        for hit in self:
            hit.display_name = names.get(hit.code)
