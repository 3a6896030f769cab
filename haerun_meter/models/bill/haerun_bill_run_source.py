from odoo import models
from odoo.tools import SQL

from ..reading.haerun_meter_reading_intake import ZONE


def day(moment: SQL) -> SQL:
    """The day on which a naive UTC moment lies at the company."""
    return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, ZONE)


class BillRun(models.Model):
    """Which readings a run bills, and which earlier bills it takes back for that.

    Billed is what counts and was not billed yet: of the run's points, of its period,
    and of earlier ones since the account's first bill, as an exchange after the audit
    or a late correction comes too late for the run of its own period. Estimates are
    billed as long as no real reading settles them; the one that does is billed with
    all its use since the last real one, and the bills of the estimates are taken back.
    So are those of corrected readings, and the later bills of the same year, whose
    tiers stood on them.
    """

    _inherit = "haerun.bill.run"

    # ---------------------------------------------------------- accounts
    def _points(self):
        """SQL of the ids of the run's points: on its cards, or in its books now."""
        return SQL(
            """SELECT task.point_id AS id
                 FROM haerun_reading_task AS task
                WHERE task.plan_id = ANY(%s)
                UNION
               SELECT point.id FROM haerun_service_point AS point
                WHERE point.book_id = ANY(%s)""",
            self.plan_ids.ids,
            self.plan_ids.book_id.ids,
        )

    def _accounts(self):
        """SQL of the accounts whose meters have hung at the run's points."""
        return SQL(
            """SELECT DISTINCT hung.account_id AS id
                 FROM haerun_meter_installation AS hung
                WHERE hung.point_id IN (%s)""",
            self._points(),
        )

    def _count_accounts(self):
        self.env.flush_all()
        self.env.cr.execute(
            SQL("SELECT count(*) FROM (%s) AS accounts", self._accounts())
        )
        return self.env.cr.fetchone()[0]

    def _next_accounts(self, limit):
        """Ids of the accounts behind the position, in their order."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM (%s) AS accounts WHERE id > %s ORDER BY id LIMIT %s",
                self._accounts(),
                self.position,
                limit,
            )
        )
        return [one for (one,) in self.env.cr.fetchall()]

    # ---------------------------------------------------------- readings
    def _open_readings(self, accounts, released=()):
        """SQL of the CTEs ``since`` and ``open``: what is there to be billed.

        :param accounts: ids of accounts
        :param released: ids of readings that are open whatever their period is, as
            their bills were taken back just now
        """
        return SQL(
            """since AS MATERIALIZED (
                SELECT a.id AS account_id,
                       least((SELECT min(bill.period) FROM haerun_water_bill AS bill
                               WHERE bill.account_id = a.id), %(period)s) AS period
                  FROM unnest(%(accounts)s::int[]) AS a (id)),
            open AS MATERIALIZED (
                SELECT r.*
                  FROM since
                  JOIN haerun_meter_installation AS hung
                    ON hung.account_id = since.account_id
                  JOIN haerun_meter_reading AS r
                    ON r.installation_id = hung.id AND r.point_id = hung.point_id
                   AND r.period >= since.period
                  LEFT JOIN haerun_reading_task AS task ON task.id = r.task_id
                  LEFT JOIN haerun_reading_plan AS plan ON plan.id = task.plan_id
                 WHERE r.state = 'accepted' AND r.has_value AND r.source != 'fitted'
                   AND ((r.period <= %(period)s AND hung.point_id IN (%(points)s)
                         AND (plan.id IS NULL OR plan.state = 'audited'))
                        OR r.id = ANY(%(released)s::int[]))
                   AND NOT EXISTS (
                       SELECT FROM haerun_bill_reading AS billed
                        WHERE billed.reading_id = r.id AND NOT billed.released))""",
            period=self.period,
            accounts=list(accounts),
            points=self._points(),
            released=list(released),
        )

    def _withdraw(self, accounts):
        """Take back the bills of these accounts that do not hold any more.

        :return: ids of the readings that are free again by that
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH RECURSIVE %(open)s,
                chain AS (
                    SELECT supersedes_id AS id FROM open
                     WHERE supersedes_id IS NOT NULL
                     UNION
                    SELECT r.supersedes_id
                      FROM chain JOIN haerun_meter_reading AS r ON r.id = chain.id
                     WHERE r.supersedes_id IS NOT NULL),
                seeds AS MATERIALIZED (
                    SELECT billed.bill_id, 'corrected' AS why
                      FROM chain
                      JOIN haerun_bill_reading AS billed
                        ON billed.reading_id = chain.id AND NOT billed.released
                     UNION ALL
                    SELECT billed.bill_id, 'settled'
                      FROM open
                      JOIN haerun_meter_reading AS guess
                        ON guess.installation_id = open.installation_id
                       AND guess.state = 'accepted' AND NOT guess.is_real
                       AND guess.read_at < open.read_at
                      JOIN haerun_bill_reading AS billed
                        ON billed.reading_id = guess.id AND NOT billed.released
                     WHERE open.is_real),
                gone AS (
                    SELECT bill_id FROM seeds
                     UNION
                    SELECT later.bill_id
                      FROM gone
                      JOIN haerun_bill_part AS part
                        ON part.bill_id = gone.bill_id AND part.counts
                      JOIN haerun_bill_part AS later
                        ON later.account_id = part.account_id
                       AND later.year = part.year
                       AND later.tariff_id = part.tariff_id
                       AND later.counts AND later.before >= part.before)
                SELECT bill.id, bill.state = 'issued',
                       coalesce((SELECT min(why) FROM seeds
                                  WHERE seeds.bill_id = bill.id), 'later')
                  FROM gone JOIN haerun_water_bill AS bill ON bill.id = gone.bill_id
                 WHERE bill.state IN ('rated', 'held', 'issued')
                 ORDER BY bill.id""",
                open=self._open_readings(accounts),
            )
        )
        found = {}
        for bill, issued, why in self.env.cr.fetchall():
            found.setdefault((issued, why), []).append(bill)
        reasons = {
            "settled": self.env._("A reading has settled the estimate."),
            "corrected": self.env._("A reading was corrected."),
            "later": self.env._("Rated anew, as an earlier bill of the year was."),
        }
        every = self.env["haerun.water.bill"].sudo()
        readings = []
        for (issued, why), ids in found.items():
            bills = every.browse(ids)
            readings += bills.reading_ids.reading_id.ids
            if issued:
                bills._reverse(reasons[why], self.posting_id)
            else:
                bills._drop(reasons[why])
            self.withdrawn_count += len(bills)
            (bills.run_id - self)._count_anew()
        return readings

    # ----------------------------------------------------------- charges
    def _charges(self, accounts, released=()):
        """SQL of the table ``src`` that is rated: one row a charge.

        A real reading is charged with its whole use since the day of the last real
        one; what estimates of a time before the account's first bill have counted was
        billed elsewhere, and is left out.
        """
        return SQL(
            """(WITH %(open)s
                SELECT row_number() OVER (ORDER BY r.account_id, r.read_at, r.id)::int
                           AS ord,
                       r.account_id, ARRAY[r.id] AS reading_ids, r.id AS reading_id,
                       coalesce(%(began)s, %(read)s) AS date_from,
                       %(read)s AS date_to,
                       CASE WHEN r.is_real THEN r.use - coalesce(old.volume, 0)
                            ELSE r.volume END AS volume,
                       r.unit_id, coalesce(r.book_id, point.book_id) AS book_id,
                       coalesce(r.reader_id, book.reader_id) AS reader_id,
                       coalesce(task.use_class, account.use_class) AS use_class,
                       NOT r.is_real AS provisional
                  FROM open AS r
                  JOIN since ON since.account_id = r.account_id
                  JOIN haerun_water_account AS account ON account.id = r.account_id
                  JOIN haerun_service_point AS point ON point.id = r.point_id
                  LEFT JOIN haerun_meter_book AS book ON book.id = point.book_id
                  LEFT JOIN haerun_reading_task AS task ON task.id = r.task_id
                  LEFT JOIN haerun_meter_reading AS past ON past.id = r.previous_id
                  LEFT JOIN LATERAL (
                       SELECT sum(guess.volume) AS volume, max(guess.read_at) AS read_at
                         FROM haerun_meter_reading AS guess
                        WHERE r.is_real AND r.settled <> 0
                          AND guess.installation_id = r.installation_id
                          AND guess.state = 'accepted' AND NOT guess.is_real
                          AND guess.read_at > past.read_at
                          AND guess.read_at < r.read_at
                          AND guess.period < since.period) AS old ON TRUE
                  LEFT JOIN LATERAL (
                       SELECT max(seen.read_at) AS read_at
                         FROM haerun_meter_reading AS seen
                        WHERE NOT r.is_real
                          AND seen.installation_id = r.installation_id
                          AND seen.state = 'accepted' AND seen.has_value
                          AND seen.read_at < r.read_at) AS counted ON TRUE
                 WHERE r.is_real OR NOT EXISTS (
                       SELECT FROM haerun_meter_reading AS later
                        WHERE later.installation_id = r.installation_id
                          AND later.state = 'accepted' AND later.is_real
                          AND later.read_at > r.read_at
                          AND (later.id IN (SELECT id FROM open) OR EXISTS (
                               SELECT FROM haerun_bill_reading AS billed
                                WHERE billed.reading_id = later.id
                                  AND NOT billed.released)))) AS src""",
            open=self._open_readings(accounts, released),
            began=day(SQL("coalesce(old.read_at, counted.read_at, past.read_at)")),
            read=day(SQL("r.read_at")),
        )
