from odoo import fields, models


class CashCount(models.Model):
    """清点: what a cashier found in drawer and folder at day end (R80).

    Each count is kept, also one that was counted anew; the session's last one holds.
    """

    _name = "haerun.cash.count"
    _description = "Count of a Cash Session"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id desc"
    _rec_name = "session_id"
    _log_access = False

    session_id = fields.Many2one(
        "haerun.cash.session",
        string="Session",
        required=True,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one("res.users", string="Counted By", required=True)
    counted_at = fields.Datetime(string="Counted At", required=True)
    coins = fields.Json(help="Pieces by note and coin.")
    cash_found = fields.Float(
        string="Cash Found (yuan)",
        digits=(16, 2),
        help="All notes and coins, with the opening float.",
    )
    difference = fields.Float(
        string="Difference (yuan)",
        digits=(16, 2),
        help="Counted less what the system has taken; negative: too little.",
    )
    is_match = fields.Boolean(string="Matches", help="No way of paying differs.")
    reason = fields.Char(string="Reason of the Difference")
    line_ids = fields.One2many("haerun.cash.count.line", "count_id", string="Totals")
    missing_ids = fields.Many2many(
        "haerun.payment",
        "haerun_cash_count_missing_rel",
        "count_id",
        "payment_id",
        string="Slips Not Found",
        help="Cheques and slips that the system has and nobody found.",
    )
