from odoo import models

from ...tools.state import choices


class HaerunSupervisionNoticeCard(models.Model):
    """A notice on "My work today": acknowledged and answered from its card."""

    _inherit = "haerun.supervision.notice"

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        kinds = choices(self, "kind")
        for card, notice in zip(cards, self, strict=True):
            answer = {"method": "action_open_answer", "label": self.env._("Answer")}
            acknowledge = {
                "method": "action_acknowledge",
                "label": self.env._("Acknowledge"),
                "primary": True,
            }
            new = notice.state == "issued"
            card.update(
                notice=True,
                title=notice.res_name or notice.name,
                step=f"{kinds[notice.kind]} {notice.name}",
                text=notice.body,
                actions=[acknowledge, answer] if new else [{**answer, "primary": True}],
            )
        return cards
