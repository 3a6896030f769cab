from odoo import fields, models


class CheckAttempt(models.Model):
    """上门未遇: somebody came and nobody was there (R72, R74).

    When, by whom, with a photo, what was left for the customer, and when somebody
    comes again.
    """

    _name = "haerun.check.attempt"
    _description = "Visit in Vain"
    _inherit = ["haerun.evidence.mixin"]
    _order = "check_id, id"
    _rec_name = "tried_at"

    check_id = fields.Many2one(
        "haerun.site.check",
        string="Site Check",
        required=True,
        index=True,
        ondelete="restrict",
    )
    tried_at = fields.Datetime(string="Was There", required=True)
    note = fields.Char(string="What Happened", required=True)
    note_left = fields.Boolean(help="A note for the customer was left at the door.")
    next_at = fields.Datetime(string="Comes Again")
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    tried_by_id = fields.Many2one("res.users", string="By", required=True)
    tried_for_id = fields.Many2one("res.users", string="For")
