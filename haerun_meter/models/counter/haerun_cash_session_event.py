from odoo import fields, models

KINDS = [
    ("open", "Session opened"),
    ("count", "Session counted"),
    ("reopen", "Open for payments again"),
    ("approve", "Difference approved"),
    ("refuse", "Difference sent back"),
    ("hand_over", "Handed over"),
    ("return", "Returned by the accountant"),
    ("sign", "Signed for"),
]


class CashSessionEvent(models.Model):
    """What became of a session, step by step; only ever added to (R80, R81)."""

    _name = "haerun.cash.session.event"
    _description = "Step of a Cash Session"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"
    _rec_name = "kind"
    _log_access = False

    session_id = fields.Many2one(
        "haerun.cash.session", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, string="Step of the Session", required=True)
    user_id = fields.Many2one("res.users", string="By", required=True)
    at = fields.Datetime(required=True)
    note = fields.Char()
