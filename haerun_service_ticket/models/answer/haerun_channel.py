from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class Channel(models.Model):
    """Halls are channels of their own (R98); a channel's system fetches replies."""

    _inherit = "haerun.channel"

    hall_id = fields.Many2one(
        "hr.department",
        string="Hall",
        index="btree_not_null",
        ondelete="restrict",
        help="The hall at whose counter it came in.",
    )
    system_user_ids = fields.Many2many(
        "res.users",
        string="Its System",
        groups="haerun_customer_rep.group_rules_admin",
        help="The users by which this channel's system fetches its replies.",
    )

    def _check_system(self):
        """:raise AccessError: for whoever is not this channel's own system"""
        self.ensure_one()
        # sudo: who fetches is the rules administrator's to say
        if self.env.user not in self.sudo().system_user_ids:
            raise AccessError(
                self.env._(
                    "%s is fetched by its own system: have the rules administrator "
                    "name your user on the channel.",
                    self.name,
                )
            )

    def _by_code(self, code):
        """:raise UserError: for a code or name of no channel"""
        found = self.env["haerun.petition"]._by_words("haerun.channel")
        channel_id = self.env["haerun.petition"]._row_term(
            {"channel": found}, "channel", code
        )
        if not channel_id:
            raise UserError(
                self.env._("No channel has the code or name “%s”.", str(code)[:64])
            )
        return self.browse(channel_id)
