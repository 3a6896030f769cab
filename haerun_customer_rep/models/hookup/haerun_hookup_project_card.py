from odoo import api, models
from odoo.fields import Domain

from ...tools.state import choices


class HookupProjectCard(models.Model):
    """A project as a card on "My work today"."""

    _inherit = "haerun.hookup.project"

    @api.model
    def _my_work_domain(self):
        """Until hand-over an application is its clerk's to complete (R15)."""
        waiting = (
            Domain("step", "=", "accepted")
            & Domain("acting_user_id", "=", False)
            & Domain("intake_user_id", "=", self.env.uid)
        )
        return super()._my_work_domain() | waiting

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        steps = choices(self, "step")
        for card, project in zip(cards, self, strict=True):
            step = [steps[project.step]]
            if project.step == "accepted" and project.missing_count:
                step.append(self.env._("%s materials missing", project.missing_count))
            elif card["step"]:
                step.append(card["step"])
            card.update(
                title=f"{project.service_type_id.name} {project.number}",
                step=" · ".join(step),
                customer=project.applicant_name,
                address=project.address,
                phone=project.phone_full,
                phone_text=project.phone_full,
            )
        return cards
