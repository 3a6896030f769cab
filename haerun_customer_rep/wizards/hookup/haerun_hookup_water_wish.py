from odoo import api, fields, models


class HookupWaterWish(models.TransientModel):
    """On which day the customer wants the water (R28)."""

    _name = "haerun.hookup.water.wish"
    _description = "Day of Water-On"

    project_id = fields.Many2one("haerun.hookup.project", required=True)
    day = fields.Date(
        string="Wanted On", required=True, default=fields.Date.context_today
    )
    how = fields.Selection(
        [("told", "Told"), ("written", "In writing")], required=True, default="told"
    )

    @api.constrains("project_id")
    def _check_readable(self):
        """A window tells the name of what it is about: only to who may read that."""
        self.project_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Note it; the project checks whether that can be."""
        self.ensure_one()
        self.project_id._request_water_on(self.day, self.how)
        return {"type": "ir.actions.act_window_close"}
