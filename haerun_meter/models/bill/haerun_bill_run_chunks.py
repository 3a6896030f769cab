import psycopg2

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

#: accounts, or bills, of one transaction
CHUNK = 5_000


class BillRun(models.Model):
    """A run goes through its accounts chunk by chunk, one transaction each.

    ``position`` is the account, or the bill, up to which all is done, and is written
    in the transaction that did it. A job that was told another position is a double
    of one that has run already, and does nothing.
    """

    _inherit = "haerun.bill.run"

    def _begin(self, phase, total):
        """Start to go through all from the beginning."""
        self.write(
            {
                "state": phase,
                "phase": phase,
                "position": 0,
                "total": total,
                "done_count": 0,
            }
        )
        self._delay_chunk()

    def _delay_chunk(self):
        phase, position = self.phase, self.position
        self.with_delay(
            description=self.env._("Bills of %s", self.display_name),
            identity_key=f"haerun.bill.run-{self.id}-{phase}-{position}",
        )._run_chunk(phase, position)

    def _run_chunk(self, phase, position):
        """Background job: do the next chunk, then ask for the one after."""
        self.ensure_one()
        # sudo: figures and states are set by these methods alone
        run = self.sudo()
        try:
            if run._take_chunk(phase, position):
                run._delay_chunk()
        except psycopg2.errors.UniqueViolation as error:
            # another run has billed one of these readings in the same moment
            raise RetryableJobError("another run", ignore_retry=True) from error

    def _take_chunk(self, phase, position):
        """Do one chunk.

        :return: whether there is another one
        """
        # of two that do the same the second one waits here, and fails on what the
        # first has written; it then starts anew and finds another position
        self.env.cr.execute(
            SQL("SELECT id FROM haerun_bill_run WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset()
        if not self._running() or (self.phase, self.position) != (phase, position):
            return False
        last, count = getattr(self, f"_chunk_{phase}")()
        if count:
            self.write({"position": last, "done_count": self.done_count + count})
            return True
        getattr(self, f"_finish_{phase}")()
        return False

    def _run_all(self):
        """Do everything now; for tests, the demo and small runs."""
        while self._running():
            self.sudo()._take_chunk(self.phase, self.position)

    # ----------------------------------------------------------- phases
    def _chunk_rating(self):
        accounts = self._next_accounts(CHUNK)
        if not accounts:
            return 0, 0
        released = self._withdraw(accounts)
        rated = self.env["haerun.water.bill"]._rate_charges(
            self._charges(accounts, released),
            period=self.period,
            run=self,
        )
        self.write(
            {
                "bill_count": self.bill_count + rated["bills"],
                "held_count": self.held_count + rated["held"],
                "amount": self.amount + float(rated["amount"]),
                "volume": self.volume + float(rated["volume"]),
            }
        )
        return accounts[-1], len(accounts)

    def _finish_rating(self):
        self._count_anew()
        self.write({"state": "rated", "rated_at": fields.Datetime.now()})

    def _chunk_issuing(self):
        bills = self._next_bills("rated")
        if not bills:
            return 0, 0
        bills._issue(self.posting_id, self.due_on)
        return bills[-1].id, len(bills)

    def _finish_issuing(self):
        self._count_anew()
        self.write({"state": "issued", "issued_at": fields.Datetime.now()})
        self.posting_id._post()

    def _chunk_reversing(self):
        bills = self._next_bills("rated", "held", "issued")
        if not bills:
            return 0, 0
        issued = bills.filtered(lambda bill: bill.state == "issued")
        if issued:
            issued._reverse(self.reason, self.posting_id)
        (bills - issued)._drop(self.reason)
        return bills[-1].id, len(bills)

    def _finish_reversing(self):
        self._count_anew()
        self.state = "reversed"
        self.posting_id._post()

    # ---------------------------------------------------------- figures
    def _next_bills(self, *states, limit=None):
        bills = self.env["haerun.water.bill"].sudo()
        return bills.search(
            [
                ("run_id", "=", self.id),
                ("state", "in", states),
                ("kind", "!=", "reversal"),
                ("id", ">", self.position),
            ],
            order="id",
            limit=limit or CHUNK,
        )

    def _count_bills(self, *states):
        bills = self.env["haerun.water.bill"].sudo()
        return bills.search_count(
            [
                ("run_id", "=", self.id),
                ("state", "in", states),
                ("kind", "!=", "reversal"),
            ]
        )

    def _count_anew(self):
        """Number, volume and amount of what the run has billed, as it stands now."""
        self.env["haerun.water.bill"].flush_model()
        for run in self:
            self.env.cr.execute(
                SQL(
                    """SELECT count(*), count(*) FILTER (WHERE state = 'held'),
                              coalesce(sum(volume), 0), coalesce(sum(amount), 0)
                         FROM haerun_water_bill
                        WHERE run_id = %s AND kind = 'water'
                          AND state IN ('rated', 'held', 'issued')""",
                    run.id,
                )
            )
            bills, held, volume, amount = self.env.cr.fetchone()
            run.write(
                {
                    "bill_count": bills,
                    "held_count": held,
                    "volume": volume,
                    "amount": amount,
                }
            )
