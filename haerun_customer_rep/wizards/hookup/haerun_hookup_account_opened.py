from odoo import api, fields, models


class HookupAccountOpened(models.TransientModel):
    """Which accounts were opened for a project (R45)."""

    _name = "haerun.hookup.account.opened"
    _description = "Accounts Opened"

    project_id = fields.Many2one("haerun.hookup.project", required=True)
    note = fields.Char(
        string="Accounts", required=True, help="Account numbers, or how many."
    )

    @api.constrains("project_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.project_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Note it; the project checks right and state."""
        self.ensure_one()
        self.project_id._open_account(self.note)
        return {"type": "ir.actions.act_window_close"}
