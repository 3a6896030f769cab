from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.fen import yuan


class Payment(models.Model):
    """Prepaid money leaves an account: back to the customer, or to another of his."""

    _inherit = "haerun.payment"

    @api.model
    def _give_back(self, account, amount, tender, reason, session=None, posting=None):
        """Pay back prepaid money: a payment of the kind refund, with a negative amount.

        :param amount: yuan, more than nothing
        :return: the refund
        :raise UserError: when less is prepaid
        """
        if session:
            session.with_env(self.env)._check_taking()
        posting = posting or session.posting_id
        return self._take_out(
            account,
            amount,
            {"kind": "refund", "tender_id": tender.id, "reason": reason},
            posting,
            session,
        )

    @api.model
    def _transfer(self, source, target, amount, reason, posting):
        """Move prepaid money to another account, where it pays what is open.

        :return: the two payments, out of the one and into the other
        :raise UserError: when less is prepaid, or both are the same
        """
        if source == target:
            raise UserError(
                self.env._("%s: choose another account.", source.display_name)
            )
        out = self._take_out(
            source, amount, {"kind": "transfer", "reason": reason}, posting
        )
        into = self.browse(
            self._insert(
                [
                    {
                        "uuid": self._new_uuid(),
                        "account_id": target.id,
                        "kind": "transfer",
                        "amount": -yuan(out.amount),
                        "reason": reason,
                    }
                ],
                posting,
            )
        )
        self.env["haerun.allocation"].sudo()._settle(target.ids, posting)
        return out | into

    def _take_out(self, account, amount, values, posting, session=None):
        money = self._money(amount)
        if money is None:
            raise UserError(
                self._taken_sentence("bad_amount", {"account_id": account.id})
            )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """SELECT id, unallocated FROM haerun_payment
                    WHERE account_id = %s AND unallocated > 0 ORDER BY id FOR UPDATE""",
                account.id,
            )
        )
        found = [(one, yuan(left)) for one, left in self.env.cr.fetchall()]
        there = sum((left for _id, left in found), Decimal(0))
        if there < money:
            raise UserError(
                self.env._(
                    "%(account)s has %(there)s yuan prepaid, less than %(asked)s.",
                    account=account.display_name,
                    there=f"{there:.2f}",
                    asked=f"{money:.2f}",
                )
            )
        out = self.browse(
            self._insert(
                [
                    {
                        "uuid": self._new_uuid(),
                        "account_id": account.id,
                        "amount": -money,
                        **values,
                    }
                ],
                posting,
                session,
            )
        )
        pairs = []
        for payment_id, left in found:
            part = min(left, money)
            if part:
                pairs.append((payment_id, out.id, part))
                money -= part
        self.env["haerun.allocation"].sudo()._pair(pairs, posting)
        return out
