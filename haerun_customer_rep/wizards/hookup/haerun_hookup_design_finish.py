from odoo import api, fields, models

from ...models.hookup.haerun_hookup_design import HOW_TOLD
from ...tools.window import open_form


class HookupDesignFinish(models.TransientModel):
    """Window for the customer's notice that the design is finished (R24)."""

    _name = "haerun.hookup.design.finish"
    _description = "Design-Finished Notice"

    project_id = fields.Many2one("haerun.hookup.project", required=True)
    how = fields.Selection(HOW_TOLD, string="Told How")
    note = fields.Text()
    attachment_ids = fields.Many2many("ir.attachment", string="Drawings")

    @api.constrains("project_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.project_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Record the notice; the project checks whether one may."""
        self.ensure_one()
        review = self.project_id._finish_design(
            self.note, self.attachment_ids, self.how
        )
        if review:
            return open_form(review._name, review.id)
        return {"type": "ir.actions.act_window_close"}
