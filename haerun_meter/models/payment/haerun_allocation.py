from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class Allocation(models.Model):
    """销账: how much of a payment went to which bill; undone by a negative one.

    What goes from one payment to another (a refund takes from what was prepaid, a
    cancelled payment meets its opposite) is a pair of rows that comes to nothing.
    ``residual`` of bills and ``unallocated`` of payments move in the statement that
    writes the rows, and nowhere else.
    """

    _name = "haerun.allocation"
    _description = "Allocation"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id"
    _log_access = False

    payment_id = fields.Many2one(
        "haerun.payment", required=True, index=True, ondelete="restrict"
    )
    bill_id = fields.Many2one(
        "haerun.water.bill", index="btree_not_null", ondelete="restrict"
    )
    other_id = fields.Many2one(
        "haerun.payment",
        string="Other Payment",
        index="btree_not_null",
        ondelete="restrict",
        help="The refund or the cancellation that took the money, or gave it.",
    )
    account_id = fields.Many2one(
        "haerun.water.account", required=True, index=True, ondelete="restrict"
    )
    posting_id = fields.Many2one(
        "haerun.posting", required=True, index=True, ondelete="restrict"
    )
    amount = fields.Float(string="Amount (yuan)", digits=(16, 2), required=True)
    allocated_at = fields.Datetime(required=True)

    _one_target = models.Constraint(
        "CHECK ((bill_id IS NULL) <> (other_id IS NULL))",
        "Money goes to a bill or to another payment.",
    )

    # --------------------------------------------------------- business
    @api.model
    def _allocate(self, rows, posting):
        """Give money of payments to bills of the same account.

        :param rows: list of ``(payment_id, bill_id, amount)``, yuan, or a SELECT (SQL)
            of these three columns; negative amounts for negative bills
        :param posting: the open posting to which it belongs
        :return: number of allocations
        :raise UserError: names the bill or payment of which too much is asked
        """
        if isinstance(rows, SQL):
            source = SQL(
                """SELECT payment_id, bill_id, NULL::int AS other_id, amount
                     FROM (%s) AS given (payment_id, bill_id, amount)""",
                rows,
            )
        else:
            source = self._listed([(p, bill, None, money) for p, bill, money in rows])
        return self._move(source, posting)

    @api.model
    def _pair(self, rows, posting):
        """Let payments meet: what one has left fills what another lacks.

        :param rows: list of ``(payment_id, other_id, amount)``: so much of the first
            goes to the second, whose amount is negative
        """
        listed = [(one, None, other, money) for one, other, money in rows]
        listed += [(other, None, one, -money) for one, other, money in rows]
        return self._move(self._listed(listed), posting)

    @api.model
    def _undo(self, bills=None, payments=None, posting=None):
        """Take back what was allocated to these bills, or of these payments.

        A negative bill that gave credit takes back all that its credit paid.

        :return: number of allocations that undo
        :raise UserError: when a payment's money is gone by a refund
        """
        bill_ids = tuple(bills.ids) if bills else (0,)
        payment_ids = tuple(payments.ids) if payments else (0,)
        source = SQL(
            """
            SELECT a.payment_id, a.bill_id, a.other_id, -a.amount AS amount
              FROM haerun_allocation AS a
              JOIN haerun_payment AS p ON p.id = a.payment_id
             WHERE a.bill_id IN %(bills)s
                OR (a.payment_id IN %(payments)s
                    AND (a.bill_id IS NOT NULL OR p.kind = 'refund'))
                OR (a.other_id IN %(payments)s AND EXISTS (
                        SELECT FROM haerun_payment AS o
                         WHERE o.id = a.other_id AND o.kind = 'refund'))
                OR (a.bill_id IS NOT NULL AND p.kind = 'credit' AND p.id IN (
                        SELECT c.payment_id FROM haerun_allocation AS c
                          JOIN haerun_water_bill AS b ON b.id = c.bill_id
                         WHERE c.bill_id IN %(bills)s AND b.amount < 0))""",
            bills=bill_ids,
            payments=payment_ids,
        )
        return self._move(source, posting)

    def _listed(self, rows):
        columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
        return SQL(
            """SELECT * FROM unnest(%s::int[], %s::int[], %s::int[], %s::numeric[])
                      AS listed (payment_id, bill_id, other_id, amount)""",
            *(list(column) for column in columns),
        )

    # -------------------------------------------------------- statement
    def _move(self, source, posting):
        """Write allocations and move what is open, or refuse all of them.

        :param source: SELECT of payment_id, bill_id, other_id, amount; rows of the
            same ones are summed up
        """
        posting._check_joinable()
        self.env.flush_all()
        self.env.cr.execute(self._move_statement(source, posting))
        bill_ids, count = [], 0
        for what, record_id, left, asked in self.env.cr.fetchall():
            if what != "done":
                self._refuse_move(what, record_id, left, asked)
            count += 1
            if record_id:
                bill_ids.append(record_id)
        self.env["haerun.water.account"]._money_moved()
        if bill_ids:
            # sudo: what follows from a payment follows whoever took it
            self.env["haerun.water.bill"].sudo()._paid_changed(bill_ids)
        return count

    def _move_statement(self, source, posting):
        """What is wrong is told instead of written: nothing is half done."""
        return SQL(
            """
            WITH given AS MATERIALIZED (
                SELECT payment_id, bill_id, other_id, sum(amount) AS amount
                  FROM (%(source)s) AS listed
                 GROUP BY payment_id, bill_id, other_id HAVING sum(amount) <> 0),
            by_bill AS MATERIALIZED (
                SELECT bill_id, sum(amount) AS amount FROM given
                 WHERE bill_id IS NOT NULL GROUP BY bill_id),
            by_payment AS MATERIALIZED (
                SELECT payment_id, sum(amount) AS amount FROM given
                 GROUP BY payment_id),
            wrong AS MATERIALIZED (
                SELECT 'bill' AS what, b.id, b.residual AS has, moved.amount
                  FROM by_bill AS moved
                  JOIN haerun_water_bill AS b ON b.id = moved.bill_id
                 WHERE CASE WHEN b.state = 'issued'
                            THEN b.residual - moved.amount NOT BETWEEN
                                 least(b.amount, 0) AND greatest(b.amount, 0)
                            ELSE moved.amount * sign(b.amount) > 0 END
                UNION ALL
                SELECT 'payment', p.id, p.unallocated, moved.amount
                  FROM by_payment AS moved
                  JOIN haerun_payment AS p ON p.id = moved.payment_id
                 WHERE CASE WHEN p.kind = 'credit' THEN p.unallocated < moved.amount
                            ELSE p.unallocated - moved.amount NOT BETWEEN
                                 least(p.amount, 0) AND greatest(p.amount, 0) END
                UNION ALL
                SELECT 'foreign', b.id, NULL, given.amount
                  FROM given
                  JOIN haerun_payment AS p ON p.id = given.payment_id
                  JOIN haerun_water_bill AS b ON b.id = given.bill_id
                 WHERE b.account_id <> p.account_id),
            paid AS (
                UPDATE haerun_water_bill AS b
                   SET residual = CASE WHEN b.state = 'issued'
                                       THEN b.residual - moved.amount ELSE 0 END
                  FROM by_bill AS moved
                 WHERE b.id = moved.bill_id AND NOT EXISTS (SELECT FROM wrong)),
            used AS (
                UPDATE haerun_payment AS p
                   SET unallocated = p.unallocated - moved.amount
                  FROM by_payment AS moved
                 WHERE p.id = moved.payment_id AND NOT EXISTS (SELECT FROM wrong)),
            written AS (
                INSERT INTO haerun_allocation (
                    payment_id, bill_id, other_id, account_id, posting_id, amount,
                    allocated_at)
                SELECT p.id, given.bill_id, given.other_id, p.account_id,
                       %(posting)s, given.amount, %(now)s
                  FROM given JOIN haerun_payment AS p ON p.id = given.payment_id
                 WHERE NOT EXISTS (SELECT FROM wrong)
                RETURNING bill_id)
            SELECT what, id, has, amount FROM wrong
            UNION ALL
            SELECT 'done', bill_id, NULL, NULL FROM written""",
            source=source,
            posting=posting.id,
            now=fields.Datetime.now(),
        )

    def _refuse_move(self, what, record_id, left, asked):
        # sudo: the sentence names what was refused
        if what == "payment":
            payment = self.env["haerun.payment"].sudo().browse(record_id)
            raise UserError(
                self.env._(
                    "Receipt %(number)s of %(account)s has %(left)s yuan left, and "
                    "%(asked)s are asked of it: reload, and look at what was refunded "
                    "of it or paid by it meanwhile.",
                    number=payment.number,
                    account=payment.account_id.display_name,
                    left=f"{left:.2f}",
                    asked=f"{asked:.2f}",
                )
            )
        bill = self.env["haerun.water.bill"].sudo().browse(record_id)
        if what == "foreign":
            raise UserError(
                self.env._(
                    "Bill %(number)s is one of %(account)s: pay it by money of that "
                    "account.",
                    number=bill.number,
                    account=bill.account_id.display_name,
                )
            )
        raise UserError(
            self.env._(
                "Bill %(number)s of %(account)s has %(left)s yuan open, and %(asked)s "
                "would be paid: reload, as somebody has paid or reversed it meanwhile.",
                number=bill.number,
                account=bill.account_id.display_name,
                left=f"{left:.2f}",
                asked=f"{asked:.2f}",
            )
        )
