from odoo import api, fields, models
from odoo.tools import SQL


class Allocation(models.Model):
    """销账: how much of a payment went to which bill; undone by a negative one."""

    _name = "haerun.allocation"
    _description = "Allocation"
    _inherit = ["haerun.evidence.mixin"]
    _order = "id"
    _log_access = False

    payment_id = fields.Many2one(
        "haerun.payment", required=True, index=True, ondelete="restrict"
    )
    bill_id = fields.Many2one(
        "haerun.water.bill", required=True, index=True, ondelete="restrict"
    )
    account_id = fields.Many2one(
        "haerun.water.account", required=True, index=True, ondelete="restrict"
    )
    posting_id = fields.Many2one(
        "haerun.posting", required=True, index=True, ondelete="restrict"
    )
    amount = fields.Float(string="Amount (yuan)", digits=(16, 2), required=True)
    allocated_at = fields.Datetime(required=True)

    # --------------------------------------------------------- business
    @api.model
    def _allocate(self, rows, posting):
        """Write allocations and move what is open on both sides.

        :param rows: SQL of rows, or list, of (payment_id, bill_id, amount)
        :return: number of allocations
        """
        if not isinstance(rows, SQL):
            if not rows:
                return 0
            rows = SQL("VALUES %s", SQL(", ").join(SQL("%s", row) for row in rows))
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH src AS MATERIALIZED (
                       SELECT payment_id::int, bill_id::int, amount::numeric(16, 2)
                         FROM (%s) AS src (payment_id, bill_id, amount)),
                   written AS (
                       INSERT INTO haerun_allocation (payment_id, bill_id, account_id,
                                   posting_id, amount, allocated_at)
                       SELECT payment_id, bill_id, bill.account_id, %s, src.amount, %s
                         FROM src JOIN haerun_water_bill AS bill ON bill.id = bill_id
                       RETURNING 1),
                   bills AS (
                       UPDATE haerun_water_bill AS bill
                          SET residual = residual - moved.amount
                         FROM (SELECT bill_id, sum(amount) AS amount FROM src GROUP BY 1)
                              AS moved
                        WHERE bill.id = moved.bill_id),
                   payments AS (
                       UPDATE haerun_payment AS payment
                          SET unallocated = unallocated - moved.amount
                         FROM (SELECT payment_id, sum(amount) AS amount FROM src
                                GROUP BY 1) AS moved
                        WHERE payment.id = moved.payment_id)
                   SELECT (SELECT count(*) FROM written),
                          array(SELECT DISTINCT bill_id FROM src)""",
                rows,
                posting.id,
                fields.Datetime.now(),
            )
        )
        count, bills = self.env.cr.fetchone()
        for name in ("haerun.water.bill", "haerun.payment", "haerun.allocation"):
            self.env[name].invalidate_model()
        self.env["haerun.water.bill"]._paid_changed(bills)
        return count

    @api.model
    def _settle(self, account_ids, posting):
        """Unallocated money of these accounts pays their bills, oldest due first."""
        return self._allocate(
            SQL(
                """SELECT money.id, debt.id,
                          least(money.upto, debt.upto)
                              - greatest(money.upto - money.unallocated,
                                         debt.upto - debt.residual)
                     FROM (SELECT id, account_id, unallocated, sum(unallocated) OVER (
                                  PARTITION BY account_id ORDER BY id) AS upto
                             FROM haerun_payment
                            WHERE unallocated > 0 AND account_id = ANY(%(of)s)) AS money
                     JOIN (SELECT id, account_id, residual, sum(residual) OVER (
                                  PARTITION BY account_id ORDER BY due_on, id) AS upto
                             FROM haerun_water_bill
                            WHERE residual > 0 AND account_id = ANY(%(of)s)) AS debt
                       ON debt.account_id = money.account_id
                      AND debt.upto - debt.residual < money.upto
                      AND money.upto - money.unallocated < debt.upto""",
                of=list(account_ids),
            ),
            posting,
        )

    @api.model
    def _undo(self, bills=None, payments=None, posting=None):
        """Take back what was allocated to these bills, or from these payments."""
        field, records = ("bill_id", bills) if bills else ("payment_id", payments)
        return self._allocate(
            SQL(
                "SELECT payment_id, bill_id, -sum(amount) FROM haerun_allocation"
                " WHERE %s = ANY(%s) GROUP BY 1, 2 HAVING sum(amount) <> 0",
                SQL.identifier(field),
                records.ids,
            ),
            posting,
        )
