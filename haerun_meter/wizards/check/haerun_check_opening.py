from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.check.haerun_site_check import SOURCES


class CheckOpening(models.TransientModel):
    """What is to be looked at on site, and who asks for it (R70, R72-R76)."""

    _name = "haerun.check.opening"
    _description = "Ask for a Site Check"

    account_id = fields.Many2one("haerun.water.account", required=True)
    point_id = fields.Many2one(
        "haerun.service.point",
        string="Service Point",
        domain="[('account_id', '=', account_id)]",
    )
    kind_id = fields.Many2one("haerun.check.kind", required=True)
    source = fields.Selection(SOURCES, required=True, default="hand")
    channel_id = fields.Many2one("haerun.channel", string="Came By")
    text = fields.Text(string="What to Check", required=True)
    reading_id = fields.Many2one("haerun.meter.reading", string="Reading")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")

    @api.constrains("account_id", "point_id", "reading_id")
    def _check_readable(self):
        """A window tells names of what it is about: only to who may read that."""
        for window in self.sudo(False):
            window.account_id.check_access("read")
            window.point_id.check_access("read")
            window.reading_id.check_access("read")
            for one in (window.point_id, window.reading_id):
                if one and one.account_id != window.account_id:
                    raise UserError(
                        self.env._(
                            "%(one)s is not of %(account)s: choose one of its own.",
                            one=one.display_name,
                            account=window.account_id.display_name,
                        )
                    )

    def action_confirm(self):
        """Open the check; one that is open for the same gets a line instead."""
        self.ensure_one()
        self._check_readable()
        source = self.env[self.res_model] if self.res_model in self.env else None
        if source is not None and self.res_id:
            source.browse(self.res_id).check_access("read")
        check = self.env["haerun.site.check"]._open(
            [
                {
                    "account_id": self.account_id.id,
                    "point_id": self.point_id.id,
                    "kind_id": self.kind_id.id,
                    "source": self.source,
                    "channel_id": self.channel_id.id,
                    "text": self.text,
                    "reading_id": self.reading_id.id,
                    "res_model": self.res_model,
                    "res_id": self.res_id,
                    "requested_by_id": self.env.uid,
                }
            ]
        )
        if check.has_access("read"):
            return check.action_open()
        # an open check of the same had been asked for by another
        return {"type": "ir.actions.act_window_close"}
