from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    haerun_managed_unit_ids = fields.Many2many(
        comodel_name="hr.department",
        string="Managed Units",
        compute="_compute_haerun_managed_unit_ids",
        compute_sudo=True,
        help="The departments led by this user, with all below them.",
    )
    haerun_representative_ids = fields.One2many(
        comodel_name="haerun.representative",
        inverse_name="user_id",
        string="Appointments",
    )

    @api.depends("employee_ids")
    def _compute_haerun_managed_unit_ids(self):
        Department = self.env["hr.department"]
        led = dict(
            Department._read_group(
                [("manager_id.user_id", "in", self.ids)],
                ["manager_id"],
                ["id:recordset"],
            )
        )
        by_user = {}
        for manager, departments in led.items():
            by_user.setdefault(manager.user_id.id, Department.browse())
            by_user[manager.user_id.id] |= departments
        for user in self:
            mine = by_user.get(user._origin.id or user.id)
            user.haerun_managed_unit_ids = (
                Department.search([("id", "child_of", mine.ids)]) if mine else False
            )

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self.env["haerun.representative"]._haerun_refresh_acting()
        return result
