from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.haerun_customer_rep.tools.numbering import fresh_numbers

from ...tools import overdue

#: dunnings that are opened together
CHUNK = 500


class Dunning(models.Model):
    """Customers pass to their representatives, thousands at once and quietly (R69)."""

    _inherit = "haerun.dunning"

    @api.model
    def _open_for(self, account_ids, source, today=None):
        """Open a dunning for those of the accounts that owe and have none open.

        Nobody gets a message an account: each representative is told once how many.

        :param account_ids: ids of haerun.water.account
        :param source: a key of ``SOURCES``
        :return: the new dunnings
        """
        today = today or self.env.company._haerun_today()
        self.env.flush_all()
        made = self.browse()
        for start in range(0, len(account_ids), CHUNK):
            made += self._open_chunk(account_ids[start : start + CHUNK], source, today)
        made._tell_holders()
        return made

    @api.model
    def _open_chunk(self, account_ids, source, today):
        self.env.cr.execute(
            SQL(
                """
                SELECT o.account_id, o.amount, o.arrears, o.bill_count,
                       o.oldest_due_on
                  FROM (%s) AS o
                 WHERE NOT EXISTS (SELECT 1 FROM haerun_dunning AS d
                                    WHERE d.account_id = o.account_id
                                      AND d.state != 'closed')
                 ORDER BY o.account_id
                """,
                overdue.by_account(today, account_ids),
            )
        )
        rows = self.env.cr.dictfetchall()
        if not rows:
            return self.browse()
        # sudo: a dunning is opened by this method alone
        quiet = self.sudo().with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        accounts = quiet.env["haerun.water.account"].browse(
            [row["account_id"] for row in rows]
        )
        now = fields.Datetime.now()
        made = quiet.create(
            [
                {
                    "number": number,
                    "account_id": account.id,
                    "source": source,
                    "opened_at": now,
                    "opened_by_id": self.env.uid,
                    "amount": row["amount"],
                    "first_amount": row["amount"],
                    "arrears": row["arrears"],
                    "bill_count": row["bill_count"],
                    "oldest_due_on": row["oldest_due_on"],
                    "owner_id": account.rep_id.id,
                    "owner_user_id": account.rep_id.user_id.id,
                    "acting_user_id": account.rep_id.acting_user_id.id,
                    # the branch sees it, whoever the account's representative is of
                    "unit_id": account.unit_id.id,
                }
                for number, account, row in zip(
                    fresh_numbers(self.env, "haerun_meter.sequence_dunning", len(rows)),
                    accounts,
                    rows,
                    strict=True,
                )
            ]
        )
        made._reach("given")
        return made.with_env(self.env)

    def _tell_holders(self):
        """One line in the outbox of each who acts: how many are new, and which first.

        A push an account would be thousands that nobody reads.
        """
        self.env["haerun.push"].sudo().create(
            [
                {
                    "user_id": user.id,
                    "action": "assign",
                    "res_model": self._name,
                    "res_id": mine[0].id,
                    "title": mine[0]._haerun_title(),
                    "detail": self.env._("%s customers to dun", len(mine))
                    if len(mine) > 1
                    else False,
                    "due_at": min(
                        (one.due_at for one in mine if one.due_at), default=False
                    ),
                }
                for user, mine in self.sudo().grouped("acting_user_id").items()
                if user and user != self.env.user
            ]
        )
