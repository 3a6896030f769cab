from odoo import fields, models
from odoo.fields import Domain


class WorkTeam(models.Model):
    """班组: people who go out together; any of them may carry out its work orders."""

    _name = "haerun.work.team"
    _description = "Work Team"
    _order = "unit_id, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    unit_id = fields.Many2one(
        "hr.department",
        string="Unit",
        required=True,
        index=True,
        ondelete="restrict",
    )
    member_ids = fields.Many2many(
        "res.users",
        string="Members",
        domain="[('share', '=', False)]",
        help="Representatives and field staff; they see and carry out the work orders "
        "of the team.",
    )
    phone = fields.Char(string="Duty Phone")
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex(
        "(unit_id, name)", "The unit has a team of this name already."
    )

    def _members(self):
        """The members (res.users), whoever asks."""
        return self.sudo().member_ids  # who belongs to a team is no secret

    def _of_user(self, user):
        """The teams to which ``user`` belongs."""
        # sudo: one's own teams
        return self.sudo().search(Domain("member_ids", "in", user.ids))
