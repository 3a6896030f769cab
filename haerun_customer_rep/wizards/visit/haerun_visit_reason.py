from odoo import api, fields, models


class VisitReason(models.TransientModel):
    """Why a redo is accepted as it is."""

    _name = "haerun.visit.reason"
    _description = "Reason about a Redo"

    redo_id = fields.Many2one("haerun.visit.redo", required=True)
    reason = fields.Text(required=True)

    @api.constrains("redo_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.redo_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Accept it; the redo checks whether one may."""
        self.ensure_one()
        self.redo_id._accept(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
