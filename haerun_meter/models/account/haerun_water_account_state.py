from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.haerun_customer_rep.tools.state import choices

#: kind of change: (from which states, to which state)
TURNS = {
    "suspend": (("open",), "suspended"),
    "restart": (("suspended",), "open"),
    "close": (("open", "suspended"), "closed"),
}


class WaterAccount(models.Model):
    """Stop, restart and close an account (报停、复用、销户), with reason and right."""

    _inherit = "haerun.water.account"

    # ----------------------------------------------------------- action
    def action_suspend(self):
        """Ask from when and why no water is used for a time (报停)."""
        return self._open_turn("suspend")

    def action_restart(self):
        """Ask from when water is used again (复用)."""
        return self._open_turn("restart")

    def action_close(self):
        """Ask when and why the account ends (销户)."""
        return self._open_turn("close")

    def _open_turn(self, kind):
        self._check_may_turn(kind)
        return {
            "type": "ir.actions.act_window",
            "name": choices(self.env["haerun.account.change"], "kind")[kind],
            "res_model": "haerun.account.turn",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_account_ids": self.ids, "default_kind": kind},
        }

    # --------------------------------------------------------- business
    def _turn(self, kind, date, reason):
        """Suspend, restart or close these accounts.

        :param kind: ``suspend``, ``restart`` or ``close``
        :param date: the day from which it holds
        :raise UserError: one sentence that says what stands in the way
        """
        self._check_may_turn(kind)
        if date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%s: give a day that has come; what is planned is an activity.",
                    self[:1].display_name,
                )
            )
        late = self.change_ids.filtered(
            lambda change: change.kind != "open" and change.date > date
        )
        if late:
            raise UserError(
                self.env._(
                    "%(account)s was turned last on %(day)s: give that day or later.",
                    account=late[0].account_id.display_name,
                    day=max(late.mapped("date")),
                )
            )
        fitted = self.point_ids.filtered("installation_id")
        if kind == "close" and fitted:
            raise UserError(
                self.env._(
                    "%(account)s still has meter %(meter)s: remove it first, so that "
                    "its last reading is there.",
                    account=fitted[0].account_id.display_name,
                    meter=fitted[0].meter_id.number,
                )
            )
        values = {"state": TURNS[kind][1]}
        if kind == "close":
            values["closed_on"] = date
        self.sudo().write(values)  # state: by this method alone
        self._log_change(kind, date, reason)

    def _check_may_turn(self, kind):
        self.check_access("write")
        if kind not in TURNS or not self:
            raise UserError(
                self.env._(
                    "An account is suspended, restarted or closed: open it and use one "
                    "of these buttons."
                )
            )
        if not self._may_operate():
            raise AccessError(
                self.env._(
                    "%s is suspended, restarted or closed by an account operator or "
                    "the head of the branch.",
                    self[:1].display_name,
                )
            )
        before, _after = TURNS[kind]
        odd = self.filtered(lambda account: account.state not in before)
        if odd:
            states = choices(self, "state")
            raise UserError(
                self.env._(
                    "%(account)s is “%(state)s” already: open it and look at its "
                    "history.",
                    account=odd[0].display_name,
                    state=states[odd[0].state],
                )
            )

    def _may_operate(self):
        """Whether the user opens, changes and closes accounts (R51)."""
        return self.env.su or any(
            self.env.user.has_group(group)
            for group in (
                "haerun_meter.group_account_operator",
                "haerun_customer_rep.group_unit_manager",
                "haerun_customer_rep.group_csd_marketing",
            )
        )

    def _log_change(self, kind, date=None, reason=False):
        # sudo: the ledger is written by the system alone
        self.env["haerun.account.change"].sudo().create(
            [
                {
                    "account_id": account.id,
                    "kind": kind,
                    "date": date or fields.Date.context_today(self),
                    "reason": reason,
                    "user_id": self.env.uid,
                }
                for account in self
            ]
        )
