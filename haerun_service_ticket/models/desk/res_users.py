from odoo import fields, models

WAYS = [
    ("both", "Inbox and mail"),
    ("app", "Inbox only"),
    ("mail", "Mail only"),
    ("none", "Not at all"),
]


class ResUsers(models.Model):
    """Who leads chooses how the morning's digest comes to him."""

    _inherit = "res.users"

    haerun_tell_digest = fields.Selection(WAYS, string="Morning Digest")

    def _haerun_tell_fields(self):
        return super()._haerun_tell_fields() + ["haerun_tell_digest"]
