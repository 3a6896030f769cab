from odoo import api, fields, models
from odoo.tools import SQL


class WaterAccount(models.Model):
    """What an account owes and what it has paid ahead (R77)."""

    _inherit = "haerun.water.account"

    due = fields.Float(
        string="Due (yuan)", digits=(16, 2), compute="_compute_due", help="Not paid."
    )
    overdue = fields.Float(
        string="Overdue (yuan)",
        digits=(16, 2),
        compute="_compute_due",
        help="Not paid by the due date.",
    )
    prepaid = fields.Float(
        string="Prepaid (yuan)",
        digits=(16, 2),
        compute="_compute_due",
        help="Paid, and not used for a bill yet.",
    )

    def _compute_due(self):
        self.env["haerun.water.bill"].flush_model()
        self.env["haerun.payment"].flush_model()
        sums = dict.fromkeys(self.ids, (0.0, 0.0, 0.0))
        if sums:
            self.env.cr.execute(
                SQL(
                    """
                    SELECT account_id, sum(due), sum(overdue), sum(prepaid)
                      FROM (SELECT account_id, residual AS due,
                                   CASE WHEN due_on < %(today)s THEN residual
                                        ELSE 0 END AS overdue,
                                   0 AS prepaid
                              FROM haerun_water_bill
                             WHERE account_id IN %(ids)s AND residual <> 0
                             UNION ALL
                            SELECT account_id, 0, 0, unallocated
                              FROM haerun_payment
                             WHERE account_id IN %(ids)s AND unallocated <> 0) AS money
                     GROUP BY account_id""",
                    today=fields.Date.context_today(self),
                    ids=tuple(sums),
                )
            )
            for account_id, *money in self.env.cr.fetchall():
                sums[account_id] = tuple(float(amount) for amount in money)
        for account in self:
            account.due, account.overdue, account.prepaid = sums.get(
                account.id, (0.0, 0.0, 0.0)
            )

    # ----------------------------------------------------------- action
    def action_payments(self):
        """Open the payments of this account."""
        return self._open_money("haerun.payment", self.env._("Payments"))

    def action_dues(self):
        """Open the bills of this account of which something is open."""
        return self._open_money(
            "haerun.water.bill", self.env._("Dues"), [("residual", "!=", 0)]
        )

    def _open_money(self, model, name, domain=()):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "domain": [("account_id", "=", self.id), *domain],
            "views": [(False, "list"), (False, "form")],
        }

    # --------------------------------------------------------- business
    @api.model
    def _money_moved(self):
        """Forget what was computed of dues: money has moved by SQL."""
        self.env["haerun.water.bill"].invalidate_model(["residual"])
        self.env["haerun.payment"].invalidate_model(["unallocated", "allocation_ids"])
        self.invalidate_model(["due", "overdue", "prepaid"])
