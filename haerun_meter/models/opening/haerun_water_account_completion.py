from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

#: who completes what an account lacks, besides the account operator (R36, R67)
COMPLETERS = (
    "haerun_meter.group_account_operator",
    "haerun_customer_rep.group_representative",
    "haerun_customer_rep.group_meter_reader",
)


class WaterAccount(models.Model):
    """Complete many accounts at once: handbooks, what is told, book (R35, R36, R53)."""

    _inherit = "haerun.water.account"

    contract_count = fields.Integer(compute="_compute_contract_count")
    point_count = fields.Integer(compute="_compute_point_count")

    def _compute_contract_count(self):
        for account in self:
            account.contract_count = len(account.contract_ids)

    def _compute_point_count(self):
        for account in self:
            account.point_count = len(account.point_ids)

    # ----------------------------------------------------------- action
    def action_issue_handbooks(self):
        """Ask to whom the handbooks of these accounts were given."""
        return self._open_completion("handbook", self.env._("Issue Handbooks"))

    def action_note_told(self):
        """Ask what the customers of these accounts were told."""
        return self._open_completion("told", self.env._("Note as Told"))

    def action_put_in_book(self):
        """Ask in which book these accounts are read."""
        return self._open_completion("book", self.env._("Put into a Book"))

    def action_new_contract(self):
        """A contract for these accounts."""
        self._check_may_complete()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Supply Contract"),
            "res_model": "haerun.supply.contract",
            "views": [(False, "form")],
            "context": {"default_account_ids": self.ids},
        }

    def action_contracts(self):
        """The contracts of this account."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Supply Contracts"),
            "res_model": "haerun.supply.contract",
            "view_mode": "list,form",
            "domain": [("account_ids", "in", self.ids)],
            "context": {"default_account_ids": self.ids},
        }

    def action_readings(self):
        """What the dials of this account said."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Readings"),
            "res_model": "haerun.meter.reading",
            "view_mode": "list,graph",
            "domain": [("account_id", "=", self.id)],
        }

    def _open_completion(self, kind, title):
        self._check_may_complete()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "haerun.account.completion",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_kind": kind, "default_account_ids": self.ids},
        }

    # --------------------------------------------------------- business
    def _check_may_complete(self):
        """:raise AccessError: for who neither reads, represents nor operates here"""
        self.check_access("read")
        if not self.env.su and not any(map(self.env.user.has_group, COMPLETERS)):
            raise AccessError(
                self.env._(
                    "%s is completed by its representative, its reader or an account "
                    "operator.",
                    self[:1].display_name,
                )
            )
        closed = self.filtered(lambda account: account.state == "closed")
        if closed:
            raise UserError(
                self.env._(
                    "%s is closed: take it out of the selection.",
                    closed[0].display_name,
                )
            )

    def _issue_handbooks(self, way, recipient, issued_on, **more):
        """Handbooks of these accounts were given out (R36, R53, R67).

        :param way: ``direct``, ``developer``, ``property`` or ``reader``
        :param recipient: who took them
        :param more: ``signature`` (base64 image), ``note``
        :return: the ``haerun.handbook.issue``
        """
        self._check_may_complete()
        self._check_past(issued_on)
        if not (recipient or "").strip():
            raise UserError(
                self.env._("%s: write who took the handbooks.", self[:1].display_name)
            )
        # sudo: evidence is written by the system alone
        issues = self.env["haerun.handbook.issue"].sudo()
        return issues.create(
            {
                "account_ids": [Command.set(self.ids)],
                "way": way,
                "recipient": recipient,
                "issued_on": issued_on,
                "user_id": self.env.uid,
                **more,
            }
        ).with_env(self.env)

    def _note_told(self, told_on, how, **what):
        """The customers of these accounts were told (R56).

        :param what: ``reading_mode``, ``reading_time``, ``notice_method``,
            ``query_channels``, ``payment_channels``
        :return: the ``haerun.account.told``
        """
        self._check_may_complete()
        self._check_past(told_on)
        # sudo: evidence is written by the system alone
        return (
            self.env["haerun.account.told"]
            .sudo()
            .create(
                {
                    "account_ids": [Command.set(self.ids)],
                    "told_on": told_on,
                    "how": how,
                    "user_id": self.env.uid,
                    **what,
                }
            )
            .with_env(self.env)
        )

    def _put_in_book(self, book):
        """The points of these accounts are read in ``book``, after those in it (R55).

        :raise UserError: when an account is of another branch than the book
        """
        self._check_may_complete()
        book.check_access("read")
        strange = self.filtered(lambda account: account.unit_id != book.unit_id)
        if strange:
            raise UserError(
                self.env._(
                    "%(account)s is of %(unit)s and cannot be read in %(book)s: choose "
                    "a book of its branch.",
                    account=strange[0].display_name,
                    unit=strange[0].unit_id.name,
                    book=book.display_name,
                )
            )
        # sudo: the branch's representative fixes book and cycle, not the points
        points = self.sudo().point_ids.filtered(lambda point: point.book_id != book)
        last = book.sudo().point_ids[-1:].book_position
        for number, point in enumerate(points.sorted("id"), 1):
            point.write({"book_id": book.id, "book_position": last + 10 * number})
        book._join_plans()
        return points.with_env(self.env)

    def _check_past(self, day):
        if day > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%s: give the day on which it was done, not one to come.",
                    self[:1].display_name,
                )
            )
