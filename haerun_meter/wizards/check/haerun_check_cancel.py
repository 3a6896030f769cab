from odoo import api, fields, models


class CheckCancel(models.TransientModel):
    """Why nobody has to go there any more."""

    _name = "haerun.check.cancel"
    _description = "Cancel Site Checks"

    check_ids = fields.Many2many("haerun.site.check", required=True)
    reason = fields.Char(required=True)

    @api.constrains("check_ids")
    def _check_readable(self):
        """A window tells names of what it is about: only to who may read that."""
        self.check_ids.sudo(False).check_access("read")

    def action_confirm(self):
        """Cancel them; each checks whether one may."""
        self.ensure_one()
        self.check_ids._cancel(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
