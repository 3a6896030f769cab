from odoo import fields, models

STATES = [
    ("open", "Open"),
    ("counted", "Counted"),
    ("to_approve", "Difference to approve"),
    ("handed_over", "Handed over"),
    ("closed", "Signed for and closed"),
]


class CashSession(models.Model):
    """收款班次: one cashier's takings from opening float to hand-over (R80, R81).

    What is taken belongs to its posting, which goes into the books when the
    accountant signs. How it is counted and handed over is the room of the counter.
    """

    _name = "haerun.cash.session"
    _description = "Cash Session"
    _inherit = ["haerun.branch.mixin", "mail.thread"]
    _order = "id desc"

    name = fields.Char(readonly=True, copy=False)
    unit_id = fields.Many2one(required=True)
    cashier_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict"
    )
    posting_id = fields.Many2one(
        "haerun.posting", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    state = fields.Selection(STATES, default="open", required=True, readonly=True)
    opened_at = fields.Datetime(default=fields.Datetime.now, required=True)
    opening_float = fields.Float(string="Opening Float (yuan)", digits=(16, 2))

    _one_open = models.UniqueIndex(
        "(cashier_id) WHERE state IN ('open', 'counted', 'to_approve')",
        "This cashier has a session that is not handed over: finish that one first.",
    )
