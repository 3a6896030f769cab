from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.state import check_state


class WaterBill(models.Model):
    """Bills become due by issuing, set-based; who may is asked by who calls."""

    _inherit = "haerun.water.bill"

    def _issue(self, posting, due_on):
        """Issue these rated bills; what is prepaid pays them at once.

        :param posting: the open posting (haerun.posting) into which they go
        :param due_on: last day to pay
        :raise UserError: when one is not rated
        """
        check_state(self, "rated")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE haerun_water_bill
                      SET state = 'issued', residual = amount, posting_id = %s,
                          due_on = %s, issued_at = %s, issued_by_id = %s
                    WHERE id = ANY(%s)
                RETURNING account_id""",
                posting.id,
                due_on,
                fields.Datetime.now(),
                self.env.uid,
                self.ids,
            )
        )
        accounts = sorted({account for (account,) in self.env.cr.fetchall()})
        self.invalidate_model()
        self.env["haerun.allocation"].sudo()._settle(accounts, posting)
        self.invalidate_model()

    def _drop(self, reason):
        """Take back bills that were not issued; their readings are free again."""
        check_state(self, "rated", "held")
        self._set_free("dropped", reason)

    def _set_free(self, state, reason):
        """Move to an end state; readings are free, the year's counter goes back."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE haerun_water_bill
                      SET state = %s, residual = 0, reason = %s
                    WHERE id = ANY(%s)""",
                state,
                reason,
                self.ids,
            )
        )
        self._uncount()

    # ------------------------------------------------------------ hooks
    @api.model
    def _paid_changed(self, bill_ids):
        """Hook: what is open of these bills (ids) has changed, in this transaction."""
