from odoo import api, fields, models


class ReadingTallyException(models.Model):
    """So many points of a tally had this exception."""

    _name = "haerun.reading.tally.exception"
    _description = "Exceptions of a Tally"
    _inherit = ["haerun.evidence.mixin"]
    _order = "tally_id, count desc, id"

    tally_id = fields.Many2one(
        "haerun.reading.tally", required=True, index=True, ondelete="cascade"
    )
    exception_id = fields.Many2one(
        "haerun.reading.exception", required=True, ondelete="restrict"
    )
    count = fields.Integer(required=True)

    @api.depends("exception_id", "count")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.exception_id.name} {line.count}"
