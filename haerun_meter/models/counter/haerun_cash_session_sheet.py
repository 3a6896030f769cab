from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import cash
from .haerun_cash_session_steps import COUNTED_IN


class CashSession(models.Model):
    """Buttons of the register, and the hand-over sheet (交接单)."""

    _inherit = "haerun.cash.session"

    # ------------------------------------------------------------ buttons
    def action_count(self):
        """Open the window in which the session is counted."""
        self.ensure_one()
        self._check_cashier()
        self._lock(COUNTED_IN)
        return self._window("haerun.cash.counting", self.env._("Count the Takings"))

    def action_reopen(self):
        """Take payments again, before it is handed over."""
        self._reopen()

    def action_approve(self):
        """Approve the difference, as the head of the branch."""
        self._approve()

    def action_refuse(self):
        """Ask why the difference is not approved."""
        self._check_other(
            lambda session: session._is_head(), self.env._("the head of its branch")
        )
        return self._window("haerun.cash.deciding", self.env._("Send Back"), "refuse")

    def action_hand_over(self):
        """Open the window in which the cashier signs."""
        self.ensure_one()
        self._check_cashier()
        if not self.count_id:
            return self.action_count()
        return self._window("haerun.cash.handing", self.env._("Hand Over"))

    def action_sign(self):
        """Sign for what was handed over, as the accountant; also for many."""
        self._sign()

    def action_return(self):
        """Ask why it goes back to the cashier."""
        self._check_other(
            lambda session: session._is_accountant(), self.env._("an accountant")
        )
        return self._window("haerun.cash.deciding", self.env._("Return"), "return")

    def action_print(self):
        """Print the hand-over sheet."""
        self.check_access("read")
        for session in self:
            if not session.count_id:
                raise UserError(
                    self.env._(
                        "Session %s is not counted yet: its hand-over sheet comes "
                        "afterwards.",
                        session.name,
                    )
                )
        return self.env.ref("haerun_meter.cash_session_report").report_action(self)

    def action_payments(self):
        """Open what was paid in it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payments of %s", self.name),
            "res_model": "haerun.payment",
            "view_mode": "list,form",
            "domain": [("session_id", "=", self.id)],
        }

    def _window(self, model, name, kind=None):
        context = {"default_session_ids": self.ids, "default_kind": kind}
        if model != "haerun.cash.deciding":
            context = {"default_session_id": self.id}
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": context,
        }

    # -------------------------------------------------------------- print
    def _printed(self):
        """What the hand-over sheet tells beside the session's own fields.

        :return: dict of ``coins`` (list of value, pieces, yuan), ``first``, ``last``
            (receipt numbers), ``cancelled`` and ``refunded`` (payments), ``signed``
        """
        self.ensure_one()
        payments = self.sudo().payment_ids.sorted("id")
        coins = self.count_id.coins or {}
        return {
            "coins": [
                (value, coins.get(cash.key(value), 0), value * coins[cash.key(value)])
                for value in cash.DENOMINATIONS
                if coins.get(cash.key(value))
            ],
            "first": payments[:1].number,
            "last": payments[-1:].number,
            "number": len(payments),
            "cancelled": payments.filtered(lambda one: one.kind == "reversal"),
            "refunded": payments.filtered(lambda one: one.kind == "refund"),
            "local": lambda at: (
                at
                and fields.Datetime.context_timestamp(
                    self.with_context(tz="Asia/Shanghai"), at
                ).strftime("%Y-%m-%d %H:%M")
            ),
        }
