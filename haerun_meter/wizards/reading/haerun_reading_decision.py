from odoo import fields, models
from odoo.exceptions import UserError

KINDS = [("accept", "Accept"), ("reject", "Reject"), ("correct", "Correct")]


class ReadingDecision(models.TransientModel):
    """Why a reading counts, does not count, or is another."""

    _name = "haerun.reading.decision"
    _inherit = ["haerun.window.mixin"]
    _description = "Decide on Readings"

    reading_ids = fields.Many2many("haerun.meter.reading", required=True)
    kind = fields.Selection(KINDS, required=True)
    value = fields.Float(string="Right Dial", digits=(12, 3))
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Decide; one sentence says what stands in the way."""
        self.ensure_one()
        if not self.reading_ids:
            raise UserError(self.env._("No reading is chosen: open it from the list."))
        if self.kind == "correct" and len(self.reading_ids) > 1:
            raise UserError(
                self.env._(
                    "%s and others: a dial is corrected one reading at a time.",
                    self.reading_ids[0].display_name,
                )
            )
        if self.kind == "accept":
            self.reading_ids._accept(self.reason)
        elif self.kind == "reject":
            self.reading_ids._reject(self.reason)
        else:
            self.reading_ids._correct(self.value, self.reason)
        return {"type": "ir.actions.act_window_close"}
