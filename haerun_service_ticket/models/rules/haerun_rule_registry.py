from odoo import api, models

from odoo.addons.haerun_customer_rep.tools.rules import Kind, duration, value_in_words
from odoo.addons.haerun_customer_rep.tools.sentence import joined


class HaerunRuleRegistry(models.AbstractModel):
    """The rules of petitions, tickets and work orders (R120)."""

    _inherit = "haerun.rule.registry"

    @api.model
    def _groups(self):
        return super()._groups() + [
            (210, "ticket", self.env._("Petitions and tickets")),
            (220, "order", self.env._("Work on site")),
        ]

    @api.model
    def _kinds(self):
        return {
            **super()._kinds(),
            "haerun.channel": Kind("channel", say=_channel),
            "haerun.ticket.category": Kind(
                "ticket",
                ("kind", "priority", "rep_class", "unit_level", "rep_id", "audit"),
            ),
            "haerun.ticket.category.material": Kind("ticket", line_of="category_id"),
            "haerun.ticket.rule": Kind("ticket", ("category_id", "weight")),
            "haerun.outage.policy": Kind("ticket", ("notice_hours", "sms_text")),
            "haerun.work.kind": Kind(
                "order", ("severe", "water", "signature", "sample_share")
            ),
            "haerun.work.checklist": Kind("order", ("moment", "kind_ids", "item_ids")),
            "haerun.work.checklist.item": Kind("order", line_of="checklist_id"),
            "haerun.work.material": Kind("order", ("unit",)),
        }


def _channel(channel):
    parts = [value_in_words(channel, "kind")]
    if channel.reply_amount:
        parts.append(
            channel.env._(
                "answered within %s",
                duration(channel.env, channel.reply_amount, channel.reply_unit),
            )
        )
    return joined(channel.env, parts)
