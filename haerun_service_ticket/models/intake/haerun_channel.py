from odoo import fields, models
from odoo.exceptions import ValidationError

from odoo.addons.haerun_customer_rep.tools.worktime import UNITS

NAMES = {
    "minute": "Clock Minutes",
    "hour": "Clock Hours",
    "work_minute": "Working Minutes",
    "work_hour": "Working Hours",
    "work_day": "Working Days",
}


class Channel(models.Model):
    """诉求渠道: what a channel wants answered, by when and how (R88, R98)."""

    _inherit = "haerun.channel"

    reply_amount = fields.Float(
        string="To Be Answered Within",
        help="Proposed where the channel gives no deadline of its own; 0: none.",
    )
    reply_unit = fields.Selection(
        [(unit, NAMES[unit]) for unit in UNITS], default="work_day", required=True
    )
    reply_owed = fields.Boolean(
        string="Reply Owed",
        default=True,
        help="A ticket stays open until each of its petitions is answered.",
    )
    reply_by_number = fields.Boolean(
        string="By Its Number",
        help="The reply goes back to the channel under the channel's own number, "
        "which must be given.",
    )
    color = fields.Integer()

    _reply_amount_positive = models.Constraint(
        "CHECK (reply_amount >= 0)", "Give a time of zero or more."
    )

    def _reply_due(self, start):
        """When this channel wants its answer, by default.

        :param start: naive UTC instant at which the petition was received
        :return: naive UTC, or False where the channel sets no time
        """
        self.ensure_one()
        # sudo: what a channel asks for is no secret
        channel = self.sudo()
        if not channel.reply_amount:
            return False
        days = self.env["haerun.workday"].sudo()
        return days.plan(start, channel.reply_amount, channel.reply_unit)

    def _check_number(self, number):
        """:raise ValidationError: where the reply goes by a number that is missing"""
        self.ensure_one()
        if self.reply_by_number and not number:
            raise ValidationError(
                self.env._(
                    "Replies go back to %s by its number: give the number.",
                    self.name,
                )
            )
