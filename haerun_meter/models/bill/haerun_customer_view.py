from odoo import api, models
from odoo.tools import formatLang

from odoo.addons.haerun_customer_rep.tools.state import label

from ..customer.haerun_customer_view_sections import LIMIT


class CustomerView(models.AbstractModel):
    """水费账单: what the customer owes, and the last bills."""

    _inherit = "haerun.customer.view"

    @api.model
    def _section_titles(self):
        return {**super()._section_titles(), "bills": self.env._("Bills")}

    @api.model
    def _sections(self, account):
        bills = self._section("bills", "fa-jpy", self._bills(account))
        return [bills, *super()._sections(account)]

    @api.model
    def _bills(self, account):
        bills = self._mine(
            "haerun.water.bill", [("account_id", "=", account.id)], limit=LIMIT + 1
        )
        if bills is None:
            return None
        colours = {"rated": "yellow", "held": "red"}
        return [
            self._line(
                bill,
                f"{bill.period_name} {label(bill, 'kind')}",
                date=bill.issued_at or bill.date_to,
                text=self.env._(
                    "%(volume)g m³, %(amount)s yuan",
                    volume=bill.volume,
                    amount=self._yuan(bill.amount),
                ),
                state=self._bill_state(bill),
                colour=colours.get(bill.state)
                or (
                    "red" if bill.overdue else "yellow" if bill.residual > 0 else "none"
                ),
            )
            for bill in bills
        ]

    @api.model
    def _bill_state(self, bill):
        if bill.state != "issued":
            return label(bill, "state")
        if bill.residual <= 0:
            return self.env._("Paid")
        return self.env._("Open %s", self._yuan(bill.residual))

    @api.model
    def _dues(self, account):
        """What is open of issued bills, the oldest due first."""
        bills = self._mine(
            "haerun.water.bill",
            [("account_id", "=", account.id), ("residual", "!=", 0)],
            order="due_on, id",
        )
        if bills is None:
            return super()._dues(account)
        overdue = sum(bills.filtered("overdue").mapped("residual"))
        return {
            "total": self._yuan(sum(bills.mapped("residual"))),
            "overdue": self._yuan(overdue) if overdue else False,
            "lines": [
                self._line(
                    bill,
                    f"{bill.period_name} {label(bill, 'kind')}",
                    date=bill.due_on,
                    state=self._yuan(bill.residual),
                    colour="red" if bill.overdue else "yellow",
                )
                for bill in bills[:LIMIT]
            ],
        }

    @api.model
    def _actions(self, account):
        actions = super()._actions(account)
        if self.env["haerun.water.bill"].has_access("read"):
            actions.append(
                self._action(account, "action_bills", self.env._("Bills"), "fa-jpy")
            )
        return actions

    @api.model
    def _yuan(self, amount):
        return formatLang(self.env, amount, digits=2)
