from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import overdue


class Dunning(models.Model):
    """What money does to what is pending, in the transaction that brought it."""

    _inherit = "haerun.dunning"

    @api.model
    def _money_moved(self, bill_ids):
        """Bills were paid, or are open again: keep sums, close and withdraw.

        Costs what is pending for these bills' accounts: a bank file in which nobody
        is dunned asks one question.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT account_id FROM haerun_dunning
                 WHERE state != 'closed' AND account_id IN (%(accounts)s)
                UNION
                SELECT account_id FROM haerun_collection_record
                 WHERE sms_state = 'queued' AND account_id IN (%(accounts)s)
                UNION
                SELECT account_id FROM haerun_suspension_proposal
                 WHERE state NOT IN ('restored', 'withdrawn', 'refused')
                   AND account_id IN (%(accounts)s)
                """,
                accounts=SQL(
                    "SELECT account_id FROM haerun_water_bill WHERE id = ANY(%s)",
                    list(bill_ids),
                ),
            )
        )
        accounts = [account for (account,) in self.env.cr.fetchall()]
        if not accounts:
            return
        account_records = self.env["haerun.water.account"].browse(accounts)
        records = self.env["haerun.collection.record"].sudo()
        figures = records._due_figures(account_records)
        self.sudo()._refresh(accounts)
        records._money_moved(accounts, figures)
        paid = [account for account in accounts if account not in figures]
        self.env["haerun.suspension.proposal"].sudo()._paid(paid)

    @api.model
    def _refresh(self, accounts=None):
        """Write the sums of open dunnings, and close those that owe nothing more.

        :param accounts: ids of accounts, None: all
        """
        today = self.env.company._haerun_today()
        self.env.flush_all()
        if accounts is None:
            self.env.cr.execute(
                "SELECT account_id FROM haerun_dunning WHERE state != 'closed'"
            )
            accounts = [account for (account,) in self.env.cr.fetchall()]
        self.env.cr.execute(
            SQL(
                """
                UPDATE haerun_dunning AS d
                   SET amount = coalesce(now.amount, 0),
                       arrears = coalesce(now.arrears, 0),
                       bill_count = coalesce(now.bill_count, 0),
                       oldest_due_on = coalesce(now.oldest_due_on, d.oldest_due_on)
                  FROM unnest(%(accounts)s::int[]) AS wanted(account_id)
                  LEFT JOIN (%(overdue)s) AS now ON now.account_id = wanted.account_id
                 WHERE d.account_id = wanted.account_id AND d.state != 'closed'
                   AND (d.amount, d.arrears, d.bill_count)
                       IS DISTINCT FROM (coalesce(now.amount, 0),
                                         coalesce(now.arrears, 0),
                                         coalesce(now.bill_count, 0))
                """,
                accounts=list(accounts),
                overdue=overdue.by_account(today, accounts),
            )
        )
        self.invalidate_model(["amount", "arrears", "bill_count", "oldest_due_on"])
        paid = self.search(
            Domain("account_id", "in", accounts)
            & Domain("state", "!=", "closed")
            & Domain("bill_count", "=", 0)
        )
        paid._close("paid")

    def _close(self, how, reason=False):
        """The matter is over; its clocks get their verdict.

        :param how: ``paid`` or ``in_vain``
        """
        if not self:
            return
        # sudo: states are written by these methods alone
        matters = self.sudo().with_context(tracking_disable=True)
        clocks = matters._open_clocks()
        clocks._satisfy()
        matters.write(
            {
                "state": "closed",
                "closed_at": fields.Datetime.now(),
                "closed_how": how,
                "closed_by_id": self.env.uid,
                "close_reason": reason,
                "next_on": False,
            }
        )
        matters._haerun_sync_due(matters.ids)
        matters._reach("closed")
        matters.activity_unlink(["mail.mail_activity_data_todo"])

    # ------------------------------------------------------------- cron
    @api.model
    def _cron_daily(self):
        """The night's work: pass on, sum up, bring back what was promised or put off.

        Each of the steps is set-based and does nothing a second time.
        """
        self.env["haerun.dunning.round"].sudo()._pass_on()
        self.sudo()._refresh()
        self.sudo()._bring_back()

    @api.model
    def _bring_back(self):
        """Whose day has come is to be contacted again, a broken promise first of all.

        :return: the dunnings
        """
        today = self.env.company._haerun_today()
        due = self.search(
            [("state", "in", ("waiting", "promised")), ("next_on", "<=", today)]
        )
        if not due:
            return due
        quiet = due.with_context(tracking_disable=True)
        broken = quiet._broken(today)
        (quiet - broken).write({"state": "to_contact"})
        for count, group in broken.grouped("broken_count").items():
            group.write(
                {"state": "to_contact", "broken": True, "broken_count": count + 1}
            )
        quiet._reach("due_again")
        return due

    def _broken(self, today):
        """Return those of these whose last promise was not kept."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT d.id
                  FROM haerun_dunning AS d
                  JOIN LATERAL (
                       SELECT p.* FROM haerun_collection_record AS p
                        WHERE p.account_id = d.account_id AND p.promise_on IS NOT NULL
                        ORDER BY p.id DESC LIMIT 1
                       ) AS p ON TRUE
                 WHERE d.id = ANY(%(ids)s) AND d.state = 'promised'
                   AND %(promise)s = 'broken'
                """,
                ids=self.ids,
                promise=overdue.promise(today),
            )
        )
        return self.browse(number for (number,) in self.env.cr.fetchall())
