from odoo import fields, models

BY = [("volume", "Volume"), ("dial", "Dial")]


class ReadingEstimating(models.TransientModel):
    """How much a point is taken to have used that nobody could read, and why."""

    _name = "haerun.reading.estimating"
    _inherit = ["haerun.window.mixin"]
    _description = "Estimate by Hand"

    task_id = fields.Many2one(
        "haerun.reading.task", string="Service Point", required=True, readonly=True
    )
    address = fields.Char(related="task_id.address")
    exception_id = fields.Many2one(related="task_id.exception_id")
    previous_value = fields.Float(related="task_id.previous_value")
    previous_at = fields.Datetime(related="task_id.previous_at")
    expected = fields.Float(related="task_id.expected")
    by = fields.Selection(BY, string="Say", required=True, default="volume")
    volume = fields.Float(
        string="Volume (m³)", digits=(12, 3), help="Since what was counted last."
    )
    dial = fields.Float(string="Dial Taken to Stand At", digits=(12, 3))
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Estimate; one sentence says what stands in the way."""
        self.ensure_one()
        said = {self.by: self[self.by]}
        self.task_id._estimate_by_hand(self.reason, **said)
        return {"type": "ir.actions.act_window_close"}
