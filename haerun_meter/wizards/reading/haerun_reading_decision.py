from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import dial

KINDS = [
    ("accept", "Accept"),
    ("turn_over", "Dial Turned Over"),
    ("reject", "Reject"),
    ("correct", "Correct"),
]
#: what is decided on for one reading at a time
ONE = ("correct", "turn_over")


class ReadingDecision(models.TransientModel):
    """Why a reading counts, does not count, or is another."""

    _name = "haerun.reading.decision"
    _inherit = ["haerun.window.mixin"]
    _description = "Decide on Readings"

    reading_ids = fields.Many2many("haerun.meter.reading", required=True)
    kind = fields.Selection(KINDS, required=True)
    value = fields.Float(string="Right Dial", digits=(12, 3))
    turned_use = fields.Float(
        string="Use Then (m³)",
        digits=(12, 3),
        compute="_compute_turned_use",
        help="What was left of the dial, and what it shows now.",
    )
    expected = fields.Float(
        string="Expected", digits=(12, 3), compute="_compute_turned_use"
    )
    reason = fields.Char(required=True)

    @api.depends("reading_ids", "kind")
    def _compute_turned_use(self):
        for decision in self:
            # sudo: the meter may hang in another branch by now
            reading = decision.reading_ids[:1].sudo()
            hung = reading.installation_id
            last = reading._last_real(hung)
            decision.expected = reading.expected
            decision.turned_use = decision.kind == "turn_over" and hung.multiplier * (
                dial.use(last.value, reading.value, hung.digits)
            )

    def action_confirm(self):
        """Decide; one sentence says what stands in the way."""
        self.ensure_one()
        if not self.reading_ids:
            raise UserError(self.env._("No reading is chosen: open it from the list."))
        if self.kind in ONE and len(self.reading_ids) > 1:
            raise UserError(
                self.env._(
                    "%s and others: a dial is corrected one reading at a time.",
                    self.reading_ids[0].display_name,
                )
            )
        if self.kind == "accept":
            self.reading_ids._accept(self.reason)
        elif self.kind == "turn_over":
            self.reading_ids._turn_over(self.reason)
        elif self.kind == "reject":
            self.reading_ids._reject(self.reason)
        else:
            self.reading_ids._correct(self.value, self.reason)
        return {"type": "ir.actions.act_window_close"}
