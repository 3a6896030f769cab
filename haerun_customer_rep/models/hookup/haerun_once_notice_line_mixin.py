from odoo import api, fields, models
from odoo.exceptions import UserError


class OnceNoticeLineMixin(models.AbstractModel):
    """A missing material as the notice named it, in words that stay (R15, R83)."""

    _name = "haerun.once.notice.line.mixin"
    _description = "Line of a Notice Given Once"
    _order = "id"

    name = fields.Char(string="Material", required=True, readonly=True)
    note = fields.Char(string="How to Provide", readonly=True)
    remark = fields.Char(readonly=True)

    def write(self, vals):
        raise UserError(self.env._("A one-time notice that was given stays as it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A one-time notice that was given stays as it is."))
