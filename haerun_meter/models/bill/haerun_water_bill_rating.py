from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL


class WaterBill(models.Model):
    """Rate charges by the first tier of the tariff in force."""

    _inherit = "haerun.water.bill"

    @api.model
    def _rate_charges(self, source, *, period, run=None, posting=None):
        """Make bills of charges, one an account, in one statement.

        :param source: SQL of a table ``src``, a row a charge
        :return: dict ``bills``, ``held``, ``amount``, ``volume``
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH src AS MATERIALIZED (SELECT src.* FROM %(source)s),
                priced AS MATERIALIZED (
                    SELECT src.*, account.tariff_id, version.id AS version_id,
                           tier.id AS tier_id, tier.upto,
                           extract(year FROM src.date_to)::int AS year,
                           coalesce(used.volume, 0)
                               + sum(src.volume) OVER mine - src.volume AS before
                      FROM src
                      JOIN haerun_water_account AS account
                        ON account.id = src.account_id
                      LEFT JOIN haerun_tariff_version AS version
                        ON version.tariff_id = account.tariff_id
                       AND version.date_from <= src.date_to
                       AND (version.date_to IS NULL OR version.date_to >= src.date_to)
                      LEFT JOIN haerun_tariff_tier AS tier
                        ON tier.version_id = version.id AND tier.position = 1
                      LEFT JOIN LATERAL (
                           SELECT sum(part.volume) AS volume
                             FROM haerun_bill_part AS part
                            WHERE part.account_id = src.account_id AND part.counts
                              AND part.year = extract(year FROM src.date_to)::int
                              AND part.tariff_id = account.tariff_id) AS used ON TRUE
                    WINDOW mine AS (PARTITION BY src.account_id,
                           extract(year FROM src.date_to) ORDER BY src.ord)),
                heads AS MATERIALIZED (
                    SELECT nextval('haerun_water_bill_id_seq') AS id, %(number)s AS no,
                           grouped.*
                      FROM (SELECT account_id, min(date_from) AS date_from,
                                   max(date_to) AS date_to, sum(volume) AS volume,
                                   bool_or(provisional) AS provisional,
                                   max(unit_id) AS unit_id, max(book_id) AS book_id,
                                   max(reader_id) AS reader_id,
                                   max(use_class) AS use_class,
                                   CASE WHEN bool_or(tariff_id IS NULL) THEN 'no_tariff'
                                        WHEN bool_or(tier_id IS NULL) THEN 'no_price'
                                        WHEN sum(volume) < 0 THEN 'negative'
                                        END AS hold
                              FROM priced GROUP BY account_id) AS grouped),
                parts AS MATERIALIZED (
                    SELECT nextval('haerun_bill_part_id_seq') AS id, heads.id AS bill_id,
                           priced.*
                      FROM priced JOIN heads ON heads.account_id = priced.account_id
                     WHERE priced.tier_id IS NOT NULL),
                lines AS MATERIALIZED (
                    SELECT parts.bill_id, parts.id AS part_id, parts.version_id,
                           parts.tier_id, price.component_id, parts.upto, parts.volume,
                           price.price, round(parts.volume * price.price, 2) AS amount
                      FROM parts
                      JOIN haerun_tariff_price AS price
                        ON price.tier_id = parts.tier_id),
                written AS (
                    INSERT INTO haerun_water_bill (
                        id, number, account_id, unit_id, book_id, reader_id, use_class,
                        period, run_id, posting_id, kind, state, hold, date_from,
                        date_to, volume, amount, residual, provisional)
                    SELECT id, no, account_id, unit_id, book_id, reader_id, use_class,
                           %(period)s, %(run)s, %(posting)s, 'water',
                           CASE WHEN hold IS NULL THEN 'rated' ELSE 'held' END, hold,
                           date_from, date_to, volume,
                           coalesce((SELECT sum(amount) FROM lines
                                      WHERE lines.bill_id = heads.id), 0), 0,
                           provisional
                      FROM heads
                    RETURNING state, amount, volume),
                parted AS (
                    INSERT INTO haerun_bill_part (
                        id, bill_id, account_id, reading_id, tariff_id, version_id,
                        year, date_from, date_to, volume, before, after, counts)
                    SELECT id, bill_id, account_id, reading_id, tariff_id, version_id,
                           year, date_from, date_to, volume, before, before + volume,
                           TRUE FROM parts),
                lined AS (
                    INSERT INTO haerun_bill_line (
                        bill_id, part_id, version_id, tier_id, component_id, upto,
                        quantity, price, amount)
                    SELECT * FROM lines),
                read AS (
                    INSERT INTO haerun_bill_reading (
                        bill_id, reading_id, volume, released)
                    SELECT heads.id, one.id, src.volume, FALSE
                      FROM src JOIN heads ON heads.account_id = src.account_id
                     CROSS JOIN LATERAL unnest(src.reading_ids) AS one (id))
                SELECT count(*), count(*) FILTER (WHERE state = 'held'),
                       coalesce(sum(amount), 0), coalesce(sum(volume), 0) FROM written
                """,
                source=source,
                number=self._number(),
                period=period,
                run=run.id if run else None,
                posting=posting.id if posting else None,
            )
        )
        bills, held, amount, volume = self.env.cr.fetchone()
        self.invalidate_model()
        return {
            "bills": bills,
            "held": held,
            "amount": Decimal(str(amount)),
            "volume": Decimal(str(volume)),
        }
