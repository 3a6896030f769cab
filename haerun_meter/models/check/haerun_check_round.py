from odoo import fields, models

VERDICTS = [
    ("rectified", "Rectified"),
    ("returned", "Not rectified"),
    ("handed", "Handed to the authority"),
]


class CheckRound(models.Model):
    """复查: what a re-check saw of what the customer had to rectify (R73, R76)."""

    _name = "haerun.check.round"
    _description = "Re-check"
    _inherit = ["haerun.evidence.mixin"]
    _order = "check_id, id"
    _rec_name = "verdict"

    check_id = fields.Many2one(
        "haerun.site.check",
        string="Site Check",
        required=True,
        index=True,
        ondelete="restrict",
    )
    notice_id = fields.Many2one(
        "haerun.check.notice", string="Notice", required=True, ondelete="restrict"
    )
    verdict = fields.Selection(VERDICTS, required=True)
    note = fields.Char(string="What Was Seen", required=True)
    due_on = fields.Date(string="New Limit")
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    checked_at = fields.Datetime(required=True)
    checked_by_id = fields.Many2one("res.users", string="By", required=True)
    checked_for_id = fields.Many2one("res.users", string="For")
