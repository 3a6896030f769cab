from odoo import api, fields, models

from ...models.round.haerun_reading_round import HIDE_PREVIOUS


class RoundSetting(models.TransientModel):
    """How readers go on their round, as the rules administrator sets it."""

    _name = "haerun.round.setting"
    _description = "Settings of the Round"

    hide_previous = fields.Boolean(
        string="Hide the Previous Reading",
        default=lambda self: self.env["haerun.reading.round"]._hides_previous(),
        help="Readers' phones are not told the previous reading and what is expected, "
        "so that every dial is truly looked at. The server judges as always.",
    )

    @api.depends("hide_previous")
    def _compute_display_name(self):
        self.display_name = self._description

    def action_save(self):
        """From now on rounds are sent so."""
        self.ensure_one()
        self.check_access("write")
        # sudo: parameters are the system administrator's, this one is checked above
        self.env["ir.config_parameter"].sudo().set_param(
            HIDE_PREVIOUS, "1" if self.hide_previous else "0"
        )
        return {"type": "ir.actions.act_window_close"}
