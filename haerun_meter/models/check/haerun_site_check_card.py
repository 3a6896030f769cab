from odoo import api, fields, models

from odoo.addons.haerun_customer_rep.tools.state import choices


class SiteCheck(models.Model):
    """A check as a card and as an appointment on "My work today"."""

    _inherit = "haerun.site.check"

    may_work = fields.Boolean(compute="_compute_may")
    may_apply = fields.Boolean(compute="_compute_may")
    has_undelivered = fields.Boolean(compute="_compute_may")
    phone_full = fields.Char(
        string="Phone", compute="_compute_phone_full", exportable=False
    )

    @api.depends("state", "result_state", "rectify_notice_ids.delivered_at")
    @api.depends_context("uid")
    def _compute_may(self):
        auditor = any(
            self.env.user.has_group(f"haerun_customer_rep.group_{group}")
            for group in ("auditor", "unit_manager", "csd_marketing")
        )
        writable = self._filtered_access("write")
        for check in self:
            check.may_work = check in writable
            check.may_apply = auditor and check.result_state == "waiting"
            check.has_undelivered = bool(check.sudo()._undelivered())

    @api.depends("account_id")
    @api.depends_context("uid")
    def _compute_phone_full(self):
        """Who goes there may call the customer."""
        for check in self:
            # sudo: the account may lie in another unit since the check was given
            holders = check.sudo().owner_user_id | check.sudo().acting_user_id
            shown = self.env.user in holders and check.state not in (
                "concluded",
                "cancelled",
            )
            check.phone_full = shown and check.sudo().account_id.phone_plain

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        methods = {"given": "action_sign", "signed": "action_arrive"}
        labels = {
            "given": self.env._("Sign for it"),
            "signed": self.env._("I am here"),
            "on_site": self.env._("Record the findings"),
            "found": self.env._("Conclude"),
            "rectifying": self.env._("Re-check"),
        }
        states = choices(self, "state")
        for card, check in zip(cards, self, strict=True):
            # sudo: who holds a check sees whom it is about
            account = check.sudo().account_id
            card.update(
                step=states[check.state],
                customer=account.name,
                address=account.address,
                phone=check.phone_full,
                phone_text=check.phone_full,
                text=check.text or False,
                actions=[
                    {
                        "method": methods.get(check.state, "action_open"),
                        "label": labels[check.state],
                        "primary": True,
                    }
                ],
            )
        return cards

    def _my_appointment(self):
        """Return the visit that was agreed on as an appointment."""
        account = self.sudo().account_id
        return {
            "model": self._name,
            "id": self.id,
            "at": fields.Datetime.to_string(self.planned_at),
            "until": False,
            "title": self._haerun_title(),
            "customer": account.name,
            "address": account.address,
            "phone": self.phone_full,
            "phone_text": self.phone_full,
            "for_name": self.substituted and self.owner_user_id.sudo().name,
        }
