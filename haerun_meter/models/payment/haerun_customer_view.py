from odoo import api, models
from odoo.tools import formatLang

from odoo.addons.haerun_customer_rep.tools.state import label

from ..customer.haerun_customer_view_sections import LIMIT


class CustomerView(models.AbstractModel):
    """交费: the customer's last payments, and what is prepaid (R77)."""

    _inherit = "haerun.customer.view"

    @api.model
    def _section_titles(self):
        return {**super()._section_titles(), "payments": self.env._("Payments")}

    @api.model
    def _sections(self, account):
        payments = self._section("payments", "fa-money", self._payments(account))
        return [payments, *super()._sections(account)]

    @api.model
    def _payments(self, account):
        payments = self._mine(
            "haerun.payment", [("account_id", "=", account.id)], limit=LIMIT + 1
        )
        if payments is None:
            return None
        # sudo: names of ways of paying are no secret
        return [
            self._line(
                payment,
                f"{payment.number} {label(payment, 'kind')}",
                date=payment.paid_at,
                text=" ".join(
                    filter(None, (payment.sudo().tender_id.name, payment.reference))
                ),
                state=self._money_text(payment),
                colour="green" if payment.unallocated > 0 else "none",
            )
            for payment in payments
        ]

    @api.model
    def _money_text(self, payment):
        amount = formatLang(self.env, payment.amount, digits=2)
        if not payment.unallocated:
            return amount
        left = formatLang(self.env, payment.unallocated, digits=2)
        return self.env._("%(amount)s, prepaid %(left)s", amount=amount, left=left)
