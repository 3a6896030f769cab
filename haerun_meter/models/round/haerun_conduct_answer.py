from odoo import api, fields, models


class ConductAnswer(models.Model):
    """One item of a day's checklist: met or not."""

    _name = "haerun.conduct.answer"
    _description = "Answer of a Checklist"
    _inherit = ["haerun.evidence.mixin"]
    _order = "record_id, id"

    record_id = fields.Many2one(
        "haerun.conduct.record", required=True, index=True, ondelete="cascade"
    )
    item_id = fields.Many2one("haerun.conduct.item", required=True, ondelete="restrict")
    met = fields.Boolean()

    @api.depends("item_id", "met")
    def _compute_display_name(self):
        for answer in self:
            mark = "✓" if answer.met else "✗"
            answer.display_name = f"{mark} {answer.item_id.name}"
