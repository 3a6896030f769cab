from odoo import fields, models

KINDS = [
    ("open", "Opened"),
    ("suspend", "Suspended"),
    ("restart", "Restarted"),
    ("close", "Closed"),
]


class AccountChange(models.Model):
    """报停、复用、销户: what became of an account, an append-only ledger."""

    _name = "haerun.account.change"
    _description = "Change of an Account"
    _inherit = ["haerun.evidence.mixin"]
    _order = "account_id, id desc"

    account_id = fields.Many2one(
        "haerun.water.account",
        string="Account",
        required=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(KINDS, required=True)
    date = fields.Date(required=True)
    reason = fields.Char()
    user_id = fields.Many2one("res.users", string="By", required=True)
