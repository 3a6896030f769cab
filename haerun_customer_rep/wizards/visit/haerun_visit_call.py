from odoo import api, fields, models
from odoo.exceptions import UserError


class VisitCall(models.TransientModel):
    """When a customer wants to be called, or why he is not called any more."""

    _name = "haerun.visit.call"
    _description = "Call of a Return Visit"

    visit_id = fields.Many2one("haerun.return.visit", required=True)
    outcome = fields.Selection(
        [("call_back", "Call Back"), ("unreachable", "Unreachable")], required=True
    )
    next_at = fields.Datetime(string="Call Again")
    note = fields.Char()

    @api.constrains("visit_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.visit_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Note it on the visit, which checks whether one may."""
        self.ensure_one()
        note = (self.note or "").strip()
        if self.outcome == "call_back":
            if not self.next_at:
                raise UserError(self.env._("Say when the customer is called again."))
            self.visit_id._check_visitor()
            self.visit_id._log_attempt("call_back", note=note, next_at=self.next_at)
        else:
            if not note:
                raise UserError(self.env._("Say in one sentence how it was tried."))
            self.visit_id._give_up(note)
        return {"type": "ir.actions.act_window_close"}
