from odoo import fields, models


class CannedUse(models.Model):
    """A use of a canned reply: append-only, counted, never summed up in the reply."""

    _name = "haerun.canned.use"
    _description = "Use of a Canned Reply"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"
    _rec_name = "reply_id"
    _log_access = False

    reply_id = fields.Many2one(
        "haerun.canned.reply", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", string="By", required=True)
    at = fields.Datetime(string="When", required=True)
    ticket_id = fields.Many2one("haerun.ticket", string="Ticket", ondelete="restrict")
