from odoo import api, fields, models
from odoo.fields import Domain


class Dunning(models.Model):
    """A dunning as a card: on "My work today", and on the phone's list."""

    _inherit = "haerun.dunning"

    may_work = fields.Boolean(compute="_compute_may_work")
    phone_full = fields.Char(
        string="Phone", compute="_compute_phone_full", exportable=False
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may_work(self):
        writable = self._filtered_access("write")
        for dunning in self:
            dunning.may_work = dunning.state != "closed" and dunning in writable

    @api.depends("account_id")
    @api.depends_context("uid")
    def _compute_phone_full(self):
        """Who duns the customer may call him."""
        for dunning in self:
            # sudo: the account may lie in another unit since it was passed on
            holders = dunning.sudo().owner_user_id | dunning.sudo().acting_user_id
            shown = self.env.user in holders and dunning.state != "closed"
            dunning.phone_full = shown and dunning.sudo().account_id.phone_plain

    @api.model
    def _my_work_domain(self):
        """Promised and put off is nothing to do today."""
        return super()._my_work_domain() & Domain("state", "=", "to_contact")

    def _my_work_cards(self):
        cards = super()._my_work_cards()
        for card, dunning in zip(cards, self, strict=True):
            # sudo: who holds a dunning sees whom it is about
            account = dunning.sudo().account_id
            card.update(
                step=self.env._("Promise broken: contact again")
                if dunning.broken
                else self.env._("Contact again")
                if dunning.record_count
                else self.env._("First contact"),
                customer=account.name,
                address=account.address,
                phone=dunning.phone_full,
                phone_text=dunning.phone_full,
                text=self.env._(
                    "%(amount)s yuan, %(bills)s bills, since %(since)s",
                    amount=f"{dunning.amount:.2f}",
                    bills=dunning.bill_count,
                    since=fields.Date.to_string(dunning.oldest_due_on),
                ),
                actions=[
                    {
                        "method": "action_collect",
                        "label": self.env._("Record the Contact"),
                        "primary": True,
                    }
                ],
            )
        return cards
