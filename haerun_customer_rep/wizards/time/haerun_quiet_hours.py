from odoo import api, fields, models


class HaerunQuietHours(models.TransientModel):
    """The hours in which nobody is woken by a push that is not urgent.

    They lie on the company, which the rules administrator otherwise cannot write.
    """

    _name = "haerun.quiet.hours"
    _description = "Quiet Hours"

    quiet_from = fields.Float(
        required=True, default=lambda self: self.env.company.sudo().haerun_quiet_from
    )
    quiet_to = fields.Float(
        string="Quiet until",
        required=True,
        default=lambda self: self.env.company.sudo().haerun_quiet_to,
    )

    def action_save(self):
        self.ensure_one()
        self._save(self.quiet_from, self.quiet_to)
        return {"type": "ir.actions.act_window_close"}

    @api.model
    def _save(self, quiet_from, quiet_to):
        self.check_access("create")
        # sudo: the rules administrator sets these two fields of the company only
        self.env.company.sudo().write(
            {"haerun_quiet_from": quiet_from, "haerun_quiet_to": quiet_to}
        )
