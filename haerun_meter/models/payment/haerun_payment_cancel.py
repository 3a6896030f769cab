from odoo import models
from odoo.exceptions import UserError

from odoo.addons.haerun_customer_rep.tools.state import choices


class Payment(models.Model):
    """A wrong payment is cancelled by another with the opposite amount (R78)."""

    _inherit = "haerun.payment"

    def _cancel(self, reason, session=None, posting=None):
        """Cancel these payments: the money goes back, what they paid is open again.

        :param reason: text that stays with the cancellation
        :param session: the open cash session out of which the money goes
        :param posting: the open posting, where no session does it
        :return: the payments that cancel, in the order of ``self``
        :raise UserError: names the payment and says what stands in the way
        """
        if session:
            session.with_env(self.env)._check_taking()
        posting = posting or session.posting_id
        self._check_cancellable(reason)
        # sudo: written by this method alone, which has checked what may be cancelled
        payments = self.sudo()
        opposites = payments.browse(
            payments._insert(
                [
                    {
                        "uuid": self._new_uuid(),
                        "account_id": payment.account_id.id,
                        "kind": "reversal",
                        "tender_id": payment.tender_id.id or None,
                        "amount": -payment.amount,
                        "reference": payment.reference or None,
                        "reverses_id": payment.id,
                        "reason": reason,
                    }
                    for payment in payments
                ],
                posting,
                session,
            )
        )
        allocations = self.env["haerun.allocation"].sudo()
        allocations._undo(payments=payments, posting=posting)
        pairs = []
        for payment, opposite in zip(payments, opposites, strict=True):
            one, other = (
                (payment, opposite) if payment.amount > 0 else (opposite, payment)
            )
            pairs.append((one.id, other.id, one.amount))
        allocations._pair(pairs, posting)
        allocations._settle(payments.account_id.ids, posting)
        payments.invalidate_model()
        return opposites.with_env(self.env)

    def _check_cancellable(self, reason):
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%s is cancelled with a reason: say what was wrong.",
                    self[:1].sudo().number,
                )
            )
        payments = self.sudo()
        again = payments.search([("reverses_id", "in", self.ids)], limit=1)
        if again:
            raise UserError(
                self.env._(
                    "Receipt %(number)s was cancelled by %(other)s already.",
                    number=again.reverses_id.number,
                    other=again.number,
                )
            )
        kinds = choices(self, "kind")
        for payment in payments:
            if payment.kind not in ("payment", "refund"):
                raise UserError(
                    self.env._(
                        "Receipt %(number)s is “%(kind)s”: it is not cancelled, what "
                        "it follows from is.",
                        number=payment.number,
                        kind=kinds[payment.kind],
                    )
                )
