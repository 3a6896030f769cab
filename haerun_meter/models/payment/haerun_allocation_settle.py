from odoo import api, models
from odoo.tools import SQL


class Allocation(models.Model):
    """Which money pays which bill when nobody says so: the oldest due first."""

    _inherit = "haerun.allocation"

    @api.model
    def _settle(self, account_ids, posting):
        """Let prepaid money of these accounts pay their open bills, oldest due first.

        Negative bills first become credit: what was billed too much pays what is
        owed, and the rest stays prepaid.

        :param account_ids: list of ids of any length; one statement settles all
        :return: number of allocations
        """
        account_ids = list(account_ids)
        if not account_ids:
            return 0
        self.env.flush_all()
        given = self._give_credit(account_ids, posting)
        money = SQL(
            """SELECT id AS payment_id, account_id AS key, id AS ord,
                      unallocated AS amount
                 FROM haerun_payment
                WHERE unallocated > 0 AND account_id = ANY(%s)""",
            account_ids,
        )
        return given + self._spread(money, self._owed(account_ids), posting)

    def _owed(self, account_ids):
        """SELECT of what is open of these accounts, with its turn."""
        return SQL(
            """SELECT id AS bill_id, account_id AS key, residual AS amount,
                      row_number() OVER (
                          PARTITION BY account_id ORDER BY due_on, id) AS ord
                 FROM haerun_water_bill
                WHERE residual > 0 AND account_id = ANY(%s)""",
            account_ids,
        )

    def _spread(self, money, owed, posting):
        """Allocate money to bills of the same key, each in its order.

        Both are laid end to end; where a payment's stretch and a bill's overlap, so
        much of the one pays the other.

        :param money: SELECT of payment_id, key, ord, amount
        :param owed: SELECT of bill_id, key, ord, amount
        """
        return self._allocate(
            SQL(
                """
                SELECT m.payment_id, o.bill_id,
                       least(m.upto, o.upto)
                       - greatest(m.upto - m.amount, o.upto - o.amount)
                  FROM (SELECT *, sum(amount) OVER (
                                   PARTITION BY key ORDER BY ord) AS upto
                          FROM (%(money)s) AS money) AS m
                  JOIN (SELECT *, sum(amount) OVER (
                                   PARTITION BY key ORDER BY ord) AS upto
                          FROM (%(owed)s) AS owed) AS o USING (key)
                 WHERE least(m.upto, o.upto)
                       > greatest(m.upto - m.amount, o.upto - o.amount)""",
                money=money,
                owed=owed,
            ),
            posting,
        )

    def _give_credit(self, account_ids, posting):
        """Negative bills become money: a payment of nothing, of which less was used."""
        self.env.cr.execute(
            SQL(
                """SELECT id, account_id, residual FROM haerun_water_bill
                    WHERE residual < 0 AND account_id = ANY(%s) ORDER BY id""",
                account_ids,
            )
        )
        found = self.env.cr.fetchall()
        if not found:
            return 0
        payments = self.env["haerun.payment"]
        ids = payments._insert(
            [
                {
                    # the same bill may give credit again after it was undone
                    "uuid": payments._new_uuid(),
                    "account_id": account_id,
                    "kind": "credit",
                    "amount": 0,
                }
                for _bill_id, account_id, _residual in found
            ],
            posting,
        )
        return self._allocate(
            [
                (payment_id, bill_id, residual)
                for payment_id, (bill_id, _account, residual) in zip(
                    ids, found, strict=True
                )
            ],
            posting,
        )
