from odoo import fields, models

KINDS = [("accept", "Accept"), ("reject", "Reject"), ("correct", "Correct")]


class ReadingDecision(models.TransientModel):
    """Why a reading counts, does not count, or is another."""

    _name = "haerun.reading.decision"
    _description = "Decide on Readings"

    reading_ids = fields.Many2many("haerun.meter.reading", required=True)
    kind = fields.Selection(KINDS, required=True)
    value = fields.Float(string="Right Dial", digits=(12, 3))
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Decide; one sentence says what stands in the way."""
        self.ensure_one()
        if self.kind == "accept":
            self.reading_ids._accept(self.reason)
        elif self.kind == "reject":
            self.reading_ids._reject(self.reason)
        else:
            self.reading_ids._correct(self.value, self.reason)
        return {"type": "ir.actions.act_window_close"}
