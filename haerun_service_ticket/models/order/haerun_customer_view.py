from odoo import api, models

from odoo.addons.haerun_customer_rep.tools.state import label
from odoo.addons.haerun_meter.models.customer.haerun_customer_view_sections import LIMIT


class CustomerView(models.AbstractModel):
    """工作任务单: who was at the customer's, on the page of all of him."""

    _inherit = "haerun.customer.view"

    @api.model
    def _matters(self, account):
        lines = super()._matters(account)
        orders = self._mine(
            "haerun.work.order", [("account_id", "=", account.id)], limit=LIMIT + 1
        )
        return self._open_first(
            [
                *lines,
                *(
                    self._matter_line(
                        order,
                        order.display_name,
                        label(order, "step"),
                        order.opened_at,
                        order.work_done or order.task,
                    )
                    for order in orders or ()
                ),
            ]
        )
