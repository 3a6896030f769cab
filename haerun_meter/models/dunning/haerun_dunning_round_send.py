from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

from ...tools import overdue
from .haerun_sms_mixin import MOBILE

#: customers of one background job
CHUNK = 500
#: reasons that leave a customer to his representative all the same
PURSUED = ("no_phone",)


class DunningRound(models.Model):
    """Who is left out of a round, and how the others are told, chunk by chunk."""

    _inherit = "haerun.dunning.round"

    def _judged(self, accounts=None):
        """Whoever owes in the branch, with the reason for which he is left out.

        Asked when the list is drawn, and again for each chunk before it goes out.

        :param accounts: ids to look at alone
        :return: a SELECT of the columns of :func:`overdue.by_account` with
            ``unit_id`` and ``reason`` (NULL: he is told)
        """
        today = self.env.company._haerun_today()
        units = self.env["hr.department"].sudo()
        units = units.search([("id", "child_of", self.unit_id.ids)])
        return SQL(
            """
            SELECT o.*, a.unit_id,
                   CASE WHEN coalesce(a.phone_plain, '') !~ %(mobile)s
                        THEN 'no_phone'
                        WHEN a.id IN (%(disputes)s) THEN 'dispute'
                        WHEN EXISTS (
                            SELECT 1 FROM haerun_collection_record AS p
                             WHERE p.account_id = a.id AND p.promise_on >= %(today)s
                        ) THEN 'promise'
                        WHEN EXISTS (
                            SELECT 1 FROM haerun_collection_record AS r
                             WHERE r.account_id = a.id AND r.on_day > %(rested)s
                               AND (r.sms_state IS NULL
                                    OR r.sms_state IN ('queued', 'sent', 'delivered'))
                        ) THEN 'too_soon'
                   END AS reason
              FROM (%(overdue)s) AS o
              JOIN haerun_water_account AS a ON a.id = o.account_id
             WHERE a.unit_id = ANY(%(units)s)
               AND o.amount >= %(amount)s
               AND o.oldest_due_on <= %(since)s
               AND (NOT %(arrears)s OR o.arrears > 0)
            """,
            mobile=MOBILE,
            disputes=self.env["haerun.water.account"]._disputes_query(),
            today=today,
            rested=today - timedelta(days=self.rest_days),
            overdue=overdue.by_account(today, accounts),
            units=units.ids,
            amount=self.min_amount,
            since=today - timedelta(days=max(self.min_days, 1)),
            arrears=self.arrears_only,
        )

    # ------------------------------------------------------------- jobs
    def _delay_chunk(self):
        self.with_delay(
            description=self.env._("Messages of %s", self.display_name),
            identity_key=f"haerun.dunning.round-{self.id}-{self.done_count}",
        )._run_chunk()

    def _run_chunk(self):
        """Background job: record the next chunk, then ask for the one after.

        Called anew it goes on where it stood: a line is dealt with once, in the
        transaction that records its message.
        """
        self.ensure_one()
        if self.state != "sending":
            return
        # sudo: figures and lines are written by these methods alone
        if self.sudo()._take_chunk():
            self._delay_chunk()

    def _run_all(self):
        """Deal with all lines now; for tests and small rounds."""
        while self.state == "sending":
            self.sudo()._take_chunk()

    def _take_chunk(self):
        """Deal with the next lines; return whether more are left."""
        try:
            self.lock_for_update()
        except LockError as error:
            # stopped or looked at by somebody at this moment
            raise RetryableJobError(str(error), seconds=10) from error
        lines = self.env["haerun.dunning.round.line"].search(
            [("round_id", "=", self.id), ("state", "=", "planned")],
            order="id",
            limit=CHUNK,
        )
        if lines:
            self._leave_out(lines)
            told = lines.filtered(lambda line: line.state == "planned")
            records = self.env["haerun.collection.record"]._write_messages(
                [line._message() for line in told]
            )
            for line, record in zip(told, records, strict=True):
                line.write({"state": "done", "record_id": record.id})
            self.write(
                {
                    "done_count": self.done_count + len(lines),
                    "recorded_count": self.recorded_count + len(told),
                    "excluded_count": self.excluded_count + len(lines) - len(told),
                }
            )
        if len(lines) == CHUNK:
            return True
        self.write({"state": "done", "finished_at": fields.Datetime.now()})
        return False

    def _leave_out(self, lines):
        """Look once more: who paid, promised or disputes meanwhile is left out."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE haerun_dunning_round_line AS line
                   SET amount = coalesce(now.amount, 0),
                       arrears = coalesce(now.arrears, 0),
                       bill_count = coalesce(now.bill_count, 0),
                       oldest_due_on = coalesce(now.oldest_due_on, line.oldest_due_on),
                       state = CASE WHEN now.account_id IS NULL
                                      OR now.reason IS NOT NULL
                                    THEN 'excluded' ELSE line.state END,
                       reason = CASE WHEN now.account_id IS NULL THEN 'paid'
                                     ELSE now.reason END
                  FROM haerun_dunning_round_line AS old
                  LEFT JOIN (%(judged)s) AS now ON now.account_id = old.account_id
                 WHERE old.id = line.id AND line.id = ANY(%(lines)s)
                """,
                judged=self._judged(lines.account_id.ids),
                lines=lines.ids,
            )
        )
        lines.invalidate_recordset()

    # --------------------------------------------- to the representative
    @api.model
    def _pass_on(self):
        """What is unpaid some days after its round goes to the representative (R69).

        :return: the new dunnings
        """
        days = self.env["haerun.dunning.policy"]._get().pass_days
        today = self.env.company._haerun_today()
        begin = self.env.company._haerun_local(fields.Datetime.now()).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        until = (
            begin.replace(tzinfo=None) - begin.utcoffset() - timedelta(days=days - 1)
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE haerun_dunning_round_line AS line SET passed = TRUE
                  FROM haerun_dunning_round AS round
                 WHERE round.id = line.round_id AND round.state = 'done'
                   AND round.finished_at < %(until)s
                   AND line.passed IS NOT TRUE
                   AND (line.state = 'done' OR line.reason = ANY(%(pursued)s))
                RETURNING line.account_id
                """,
                until=until,
                pursued=list(PURSUED),
            )
        )
        accounts = sorted({account for (account,) in self.env.cr.fetchall()})
        self.env["haerun.dunning.round.line"].invalidate_model(["passed"])
        return self.env["haerun.dunning"]._open_for(accounts, "round", today=today)


class DunningRoundLine(models.Model):
    """What a customer's message says."""

    _inherit = "haerun.dunning.round.line"

    def _message(self):
        """Return a row of ``haerun.collection.record._write_messages``."""
        self.ensure_one()
        account = self.account_id
        return {
            "way": "sms",
            "account_id": account.id,
            "round_id": self.round_id.id,
            "phone": account.phone_plain,
            "template": self.round_id.text,
            "values": {
                "customer": account.name,
                "account": account.number,
                "amount": f"{self.amount:.2f}",
                "since": fields.Date.to_string(self.oldest_due_on),
                "bills": str(self.bill_count),
            },
        }
