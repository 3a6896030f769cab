from odoo import api, fields, models

from ...models.reading.haerun_remote_verification import REMOTE_FROM, VERDICTS


class RemoteComparing(models.TransientModel):
    """Where the dial stands on site, and which remote value it is compared with."""

    _name = "haerun.remote.comparing"
    _inherit = ["haerun.window.mixin"]
    _description = "Compare Remote with Dial"

    installation_id = fields.Many2one(
        "haerun.meter.installation", string="Meter", required=True, readonly=True
    )
    address = fields.Char(related="installation_id.account_id.address")
    manual_value = fields.Float(
        string="Dial on Site",
        digits=(12, 3),
        required=True,
        help="With the red digits, when the meter is new.",
    )
    manual_at = fields.Datetime(
        string="Seen At", required=True, default=fields.Datetime.now
    )
    remote_from = fields.Selection(
        REMOTE_FROM, string="Compare With", required=True, default="display"
    )
    near_value = fields.Float(
        string="Remote Reading", digits=(12, 3), compute="_compute_near"
    )
    near_at = fields.Datetime(string="Of", compute="_compute_near")
    remote_value = fields.Float(string="Display Shows", digits=(12, 3))
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    note = fields.Char()
    verdict = fields.Selection(VERDICTS, string="Agreement", readonly=True)
    difference = fields.Float(string="Difference (m³)", digits=(12, 3), readonly=True)

    @api.depends("installation_id", "manual_at")
    def _compute_near(self):
        for window in self:
            near = window.installation_id._nearest_remote(window.manual_at)
            window.near_value, window.near_at = near.value, near.read_at

    def action_confirm(self):
        """Record it and say at once whether both agree."""
        self.ensure_one()
        made = self.installation_id._verify(
            self.manual_value,
            self.manual_at,
            self.remote_value if self.remote_from == "display" else None,
            self.note,
            self.photo_ids,
        )
        self.write({"verdict": made.verdict, "difference": made.difference})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare Remote with Dial"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
