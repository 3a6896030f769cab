from odoo import api, fields, models


class HrLeave(models.Model):
    _inherit = "hr.leave"

    haerun_third_id = fields.Many2one(
        comodel_name="haerun.representative",
        string="Third Person Standing in",
        index="btree_not_null",
        tracking=True,
        help="Named by the head of the unit when both holder and deputy would be away.",
    )
    haerun_substitution_ids = fields.One2many(
        comodel_name="haerun.substitution",
        inverse_name="leave_id",
        string="Substitutions",
    )

    @api.model
    def _haerun_follow_posts(self, representatives):
        """Make the substitutions of present and coming leaves follow these posts."""
