from odoo import fields, models
from odoo.exceptions import UserError

KINDS = [
    ("refuse", "Refuse"),
    ("withdraw", "Withdraw"),
    ("execute", "Water stopped"),
    ("restore", "Water on again"),
]


class SuspensionDeciding(models.TransientModel):
    """A refusal, a withdrawal, or a report from the site."""

    _name = "haerun.suspension.deciding"
    _inherit = ["haerun.window.mixin"]
    _description = "Decide on a Suspension"

    proposal_id = fields.Many2one("haerun.suspension.proposal", required=True)
    kind = fields.Selection(KINDS, required=True)
    reason = fields.Char()
    day = fields.Date(
        string="Done On", default=lambda self: self.env.company._haerun_today()
    )
    who = fields.Char(string="Who Was There")

    def action_confirm(self):
        """Do it; one sentence says what stands against it."""
        self.ensure_one()
        if self.kind in ("refuse", "withdraw") and not (self.reason or "").strip():
            raise UserError(
                self.env._("%s: write the reason.", self.proposal_id.display_name)
            )
        self.proposal_id._decide(self.kind, self.reason, self.day, self.who)
        return {"type": "ir.actions.act_window_close"}
