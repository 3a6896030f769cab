from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ladder as ladder_tools

UNITS = [
    ("minute", "Minutes"),
    ("hour", "Hours"),
    ("work_minute", "Working minutes"),
    ("work_hour", "Working hours"),
    ("work_day", "Working days"),
]
ACTIONS = [
    ("remind", "Remind"),
    ("urge", "Urge"),
    ("supervise", "Supervise"),
    ("circulate", "Circulate"),
    ("review", "Propose accountability"),
]


class HaerunEscalationLevel(models.Model):
    """One level of a ladder: when, what, and who is told."""

    _name = "haerun.escalation.level"
    _inherit = ["haerun.version.line"]
    _haerun_version = "ladder_id"
    _description = "Escalation Level"
    _order = "ladder_id, sequence, id"

    ladder_id = fields.Many2one(
        "haerun.escalation.ladder",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    anchor = fields.Selection(
        [
            ("share", "Share of the limit used"),
            ("before", "Before expiry"),
            ("due", "At expiry"),
            ("after", "After expiry"),
        ],
        required=True,
        default="due",
    )
    share = fields.Float(string="Share (%)")
    amount = fields.Float()
    unit = fields.Selection(UNITS, default="work_day", required=True)
    action = fields.Selection(ACTIONS, required=True, default="remind")
    urgent = fields.Boolean(help="Pushed at once, quiet hours or not.")
    tell_acting = fields.Boolean(string="Who acts now", default=True)
    tell_owner = fields.Boolean(string="The principal who is away")
    tell_manager = fields.Boolean(string="Unit manager")
    tell_csd = fields.Boolean(string="CSD coordinators")
    tell_section = fields.Boolean(string="Supervision section")

    @api.constrains("anchor", "share", "amount")
    def _check_distance(self):
        for level in self:
            if level.anchor == "share" and not 0 <= level.share <= 100:
                raise ValidationError(
                    self.env._(
                        "Level “%s”: give a share between 0 and 100 %%.", level.name
                    )
                )
            if level.amount < 0:
                raise ValidationError(
                    self.env._(
                        "Level “%s”: give a distance of zero or more and choose "
                        "before or after expiry.",
                        level.name,
                    )
                )

    def _specs(self):
        """Return these levels as the pure :class:`tools.ladder.Level`."""
        return [
            ladder_tools.Level(
                key=level.id,
                anchor=level.anchor,
                share=level.share / 100,
                amount=level.amount,
                unit=level.unit,
            )
            for level in self
        ]
