from odoo import api, models
from odoo.tools import SQL

from ...tools import rating

#: what a charge says of whose it is, kept on its bill
OWNERS = ("unit_id", "book_id", "reader_id", "use_class")


class WaterBill(models.Model):
    """Rating: charges become bills, set-based, for one account and for a run alike."""

    _inherit = "haerun.water.bill"

    @api.model
    def _rate_charges(self, source, *, period, run=None):
        """Make bills of charges; those of one account make one bill.

        Bills are ``rated``, or ``held`` for what is said in ``hold``. Counters move
        with them, so who rates the same account meanwhile begins anew.

        :param source: SQL of a table ``src`` with ``ord int, account_id int,
            reading_id int, reading_ids int[], date_from date, date_to date, volume
            numeric, unit_id, book_id, reader_id int, use_class varchar,
            provisional bool``;
            ``reading_ids`` are all readings of the charge, ``reading_id`` the one
            that ends it
        :param period: the bills' period, for example 202611
        :param run: the bill run that they belong to
        :return: ``{"bills", "held": counts, "amount": yuan, "volume": m³, "ids"}``
        """
        self.env.flush_all()
        cr = self.env.cr
        self._stage_charges(source)
        cr.execute("SELECT min(date_from), max(date_to) FROM haerun_charge")
        first, last = cr.fetchone()
        if not first:
            return {"bills": 0, "held": 0, "amount": 0.0, "volume": 0.0, "ids": []}
        limits = self.env["haerun.tariff"]._limits(first.year, last.year)
        self._stage_lines(limits)
        ids = self._write_bills(period, run)
        self._write_parts()
        self.env.invalidate_all(flush=False)
        cr.execute(
            """SELECT count(*), count(*) FILTER (WHERE state = 'held'),
                      coalesce(sum(amount), 0), coalesce(sum(volume), 0)
                 FROM haerun_water_bill WHERE id = ANY(%s)""",
            [ids],
        )
        figures = zip(("bills", "held", "amount", "volume"), cr.fetchone(), strict=True)
        return {**dict(figures), "ids": ids}

    @api.model
    def _stage_charges(self, source):
        """Charges, and the bill of each account, with figures to plan by."""
        cr = self.env.cr
        for table in ("line", "piece", "bill"):
            cr.execute(
                SQL(
                    "DROP TABLE IF EXISTS pg_temp.%s",
                    SQL.identifier(f"haerun_charge_{table}"),
                )
            )
        cr.execute("DROP TABLE IF EXISTS pg_temp.haerun_charge")
        cr.execute(
            SQL(
                """CREATE TEMP TABLE haerun_charge ON COMMIT DROP AS
                   SELECT src.* FROM %s WHERE src.volume IS NOT NULL""",
                source,
            )
        )
        cr.execute("ANALYZE haerun_charge")
        cr.execute(
            SQL(
                """CREATE TEMP TABLE haerun_charge_bill ON COMMIT DROP AS
                   SELECT nextval('haerun_water_bill_id_seq') AS bill_id, bill.*
                     FROM (SELECT account_id, min(ord) AS ord, %s,
                                  min(date_from) AS date_from, max(date_to) AS date_to,
                                  sum(volume) AS volume,
                                  bool_or(provisional) AS provisional
                             FROM haerun_charge
                            GROUP BY account_id ORDER BY min(ord)) AS bill""",
                SQL(", ").join(
                    SQL("max(%s) AS %s", SQL.identifier(name), SQL.identifier(name))
                    for name in OWNERS
                ),
            )
        )
        cr.execute("ANALYZE haerun_charge_bill")

    @api.model
    def _stage_lines(self, limits):
        cr = self.env.cr
        charges = SQL(
            "SELECT ord, account_id, date_from, date_to, volume FROM haerun_charge"
        )
        cr.execute(
            SQL(
                """CREATE TEMP TABLE haerun_charge_piece ON COMMIT DROP AS
                   SELECT nextval('haerun_bill_part_id_seq') AS part_id, bill.bill_id,
                          charge.reading_id, piece.*
                     FROM (%s) AS piece
                     JOIN haerun_charge_bill AS bill USING (account_id)
                     JOIN haerun_charge AS charge ON charge.ord = piece.ord
                    ORDER BY piece.ord, piece.date_from, piece.share""",
                rating.counted(rating.pieces(charges)),
            )
        )
        cr.execute("ANALYZE haerun_charge_piece")
        cr.execute(
            SQL(
                "CREATE TEMP TABLE haerun_charge_line ON COMMIT DROP AS %s",
                rating.lines(SQL("SELECT * FROM haerun_charge_piece"), limits),
            )
        )
        cr.execute("ANALYZE haerun_charge_line")

    @api.model
    def _write_bills(self, period, run):
        """Write the bills, held where one has to look; return their ids."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO haerun_water_bill (
                    id, number, account_id, unit_id, book_id, reader_id, use_class,
                    period, run_id, kind, state, hold, date_from, date_to, volume,
                    amount, residual, provisional)
                SELECT bill_id, %(number)s, account_id, unit_id, book_id, reader_id,
                       use_class, %(period)s, %(run)s,
                       'water', CASE WHEN hold IS NULL THEN 'rated' ELSE 'held' END,
                       hold, date_from, date_to, volume, amount, 0, provisional
                  FROM (
                SELECT bill.*, coalesce(money.amount, 0) AS amount,
                       CASE WHEN piece.no_tariff THEN 'no_tariff'
                            WHEN piece.no_price THEN 'no_price'
                            WHEN coalesce(money.amount, 0) < 0 THEN 'negative'
                            WHEN money.amount > piece.hold_above THEN 'large'
                       END AS hold
                  FROM haerun_charge_bill AS bill
                  LEFT JOIN (SELECT bill_id, sum(amount) AS amount
                               FROM haerun_charge_line GROUP BY bill_id
                            ) AS money USING (bill_id)
                  JOIN (SELECT bill_id, bool_or(tariff_id IS NULL) AS no_tariff,
                               bool_or(version_id IS NULL)
                                   OR bool_or(days_of <> all_days) AS no_price,
                               max(nullif(hold_above, 0)) AS hold_above
                          FROM (SELECT bill_id, version_id, tariff_id, all_days,
                                       tariff.hold_above,
                                       sum(days) OVER (PARTITION BY ord, share)
                                           AS days_of
                                  FROM haerun_charge_piece
                                  LEFT JOIN haerun_tariff AS tariff
                                    ON tariff.id = tariff_id) AS spans
                         GROUP BY bill_id) AS piece USING (bill_id)
                       ) AS weighed
                RETURNING id
                """,
                number=self._number(),
                period=period,
                run=run and run.id,
            )
        )
        return [bill for (bill,) in self.env.cr.fetchall()]

    @api.model
    def _write_parts(self):
        """Write what the bills are made of, and move the counters."""
        cr = self.env.cr
        cr.execute(
            """INSERT INTO haerun_bill_reading (bill_id, reading_id, volume, released)
               SELECT bill.bill_id, reading.id, reading.volume, FALSE
                 FROM haerun_charge AS charge
                 JOIN haerun_charge_bill AS bill USING (account_id)
                CROSS JOIN unnest(charge.reading_ids) AS found (id)
                 JOIN haerun_meter_reading AS reading ON reading.id = found.id"""
        )
        cr.execute(
            """INSERT INTO haerun_bill_part (
                   id, bill_id, account_id, reading_id, tariff_id, version_id, year,
                   date_from, date_to, volume, before, after, counts)
               SELECT part_id, bill_id, account_id, reading_id, tariff_id, version_id,
                      year, date_from, date_to, volume, before, after, TRUE
                 FROM haerun_charge_piece WHERE version_id IS NOT NULL"""
        )
        cr.execute(
            """INSERT INTO haerun_bill_line (
                   bill_id, part_id, version_id, tier_id, component_id, upto, quantity,
                   price, amount, minimal)
               SELECT bill_id, part_id, version_id, tier_id, component_id,
                      coalesce(upto, 0), quantity, price, amount, minimal
                 FROM haerun_charge_line ORDER BY part_id, tier_id, component_id"""
        )
        cr.execute(
            """INSERT INTO haerun_tariff_counter AS counter
                      (account_id, tariff_id, year, used)
               SELECT account_id, tariff_id, year, sum(volume)
                 FROM haerun_charge_piece WHERE version_id IS NOT NULL
                GROUP BY account_id, tariff_id, year
                ORDER BY account_id, tariff_id, year
               ON CONFLICT (account_id, year, tariff_id)
               DO UPDATE SET used = counter.used + excluded.used"""
        )

    def _uncount(self):
        """These bills are no more: counters go back, readings may be billed again.

        Called where bills are reversed or dropped, and nowhere else.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH gone AS (
                       UPDATE haerun_bill_part SET counts = FALSE
                        WHERE bill_id = ANY(%(bills)s) AND counts
                    RETURNING account_id, tariff_id, year, volume),
                   freed AS (
                       UPDATE haerun_bill_reading SET released = TRUE
                        WHERE bill_id = ANY(%(bills)s) AND NOT released)
                   UPDATE haerun_tariff_counter AS counter
                      SET used = counter.used - back.volume
                     FROM (SELECT account_id, tariff_id, year, sum(volume) AS volume
                             FROM gone GROUP BY account_id, tariff_id, year) AS back
                    WHERE counter.account_id = back.account_id
                      AND counter.tariff_id = back.tariff_id
                      AND counter.year = back.year""",
                bills=self.ids,
            )
        )
        self.env.invalidate_all(flush=False)
