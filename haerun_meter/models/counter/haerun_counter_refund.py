from odoo import api, models
from odoo.exceptions import UserError

from ...tools import sent
from ...tools.fen import yuan


class Counter(models.AbstractModel):
    """退款: what was asked for and approved is paid out of the open session (R78)."""

    _inherit = "haerun.counter"

    @api.model
    def _refunds(self, account):
        """Approved refunds of the account that wait to be paid out."""
        # sudo: who pays them out sees what was approved for the account in front
        refunds = self.env["haerun.refund"].sudo()
        return [
            {
                "id": one.id,
                "number": one.number,
                "amount": str(yuan(one.amount)),
                "tender": one.tender_id.name,
                "reason": one.reason,
            }
            for one in refunds.search(
                [("account_id", "=", account.id), ("state", "=", "approved")],
                order="id",
            )
        ]

    @api.model
    def pay_refund(self, refund_id):
        """Pay an approved refund out of the user's open session.

        :param refund_id: id of a ``haerun.refund``
        :return: dict ``payment`` and ``desk``, as :meth:`pay`
        :raise UserError: without an open session, or when it is not approved
        """
        self._session()
        refunds = self.env["haerun.refund"]
        refund = refunds.search([("id", "=", sent.record_id(refund_id) or 0)])
        if not refund:
            raise UserError(
                self.env._("There is no such refund: load the customer anew.")
            )
        refund.action_pay()
        # sudo: the payment that was just written
        [told] = self._payments([("id", "in", refund.sudo().payment_id.ids)])
        return {"payment": told, "desk": self.get_desk()}
