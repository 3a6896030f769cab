from odoo import api, fields, models


class ReadingTally(models.Model):
    """日终清点: the numbers of a plan when its cards went to the auditor (R63)."""

    _name = "haerun.reading.tally"
    _description = "Day-end Tally"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"

    plan_id = fields.Many2one(
        "haerun.reading.plan", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Submitted By", required=True, ondelete="restrict"
    )
    for_user_id = fields.Many2one(
        "res.users", string="For", ondelete="restrict", help="Whose plan it is."
    )
    at = fields.Datetime(string="Submitted", required=True)
    due_count = fields.Integer(string="On the Plan", required=True)
    read_count = fields.Integer(string="Read", required=True)
    held_count = fields.Integer(string="Held", required=True)
    unread_count = fields.Integer(string="Unread", required=True)
    estimated_count = fields.Integer(string="Estimated Points", required=True)
    skipped_count = fields.Integer(
        string="Read Out of Order",
        required=True,
        help="Passed by first, and read after a later point.",
    )
    photo_count = fields.Integer(string="With Photo", required=True)
    exception_ids = fields.One2many(
        "haerun.reading.tally.exception", "tally_id", string="Exceptions"
    )

    @api.depends("plan_id", "at")
    def _compute_display_name(self):
        for tally in self:
            tally.display_name = f"{tally.plan_id.display_name} {tally.at}"
