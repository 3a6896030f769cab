from odoo import api, fields, models
from odoo.exceptions import UserError


class MaterialNoticeLine(models.Model):
    """A missing material as the notice named it, in words that stay (R15)."""

    _name = "haerun.material.notice.line"
    _inherit = ["haerun.hookup.part"]
    _description = "Line of a One-Time Notice"
    _order = "id"
    _haerun_project = "notice_id.project_id"

    notice_id = fields.Many2one(
        "haerun.material.notice",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(string="Material", required=True, readonly=True)
    note = fields.Char(string="How to Provide", readonly=True)
    remark = fields.Char(readonly=True)

    def write(self, vals):
        raise UserError(self.env._("A one-time notice that was given stays as it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A one-time notice that was given stays as it is."))
