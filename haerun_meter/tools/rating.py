"""How water is charged: SQL for a household's quote and for a run of many.

The algorithm is that of the tariff (RULES, *Tariff*): cumulative per account and year,
never scaled per period. Volumes are cubic metres, amounts yuan.

- A charge is a volume used on the days after ``date_from`` up to ``date_to``. It is
  shared between tariffs (mixed use), then divided by days where a price changes and
  where a year of tiers ends; whole cubic metres stay whole.
- A year's limits are those of its months: of the version in force at the end of each,
  from the month in which the account began to count, up to the one in which it was
  closed. Each person beyond the standard adds for the months at whose end the
  household size is in force.
- A line is what the year's volume in its tier comes to after the piece, less what it
  came to before, each rounded to the fen. So a year's lines add up to the charge on
  the year's volume, however it was divided, and a negative volume takes back exactly
  what was charged last.

Three steps that feed each other: :func:`pieces`, :func:`counted`, :func:`lines`.
"""

from odoo.tools import SQL

#: days of a month on the average, by which a period's minimum counts its months
MONTH = 365.25 / 12


def pieces(charges: SQL) -> SQL:
    """Charges divided by tariff, version and year.

    :param charges: rows ``ord, account_id, date_from, date_to, volume``
    :return: rows ``ord, share, account_id, tariff_id, version_id, year, date_from,
        date_to, days, all_days, volume, minimum``; both dates belong to the piece;
        ``version_id`` is empty where no tariff or no version holds
    """
    return SQL(
        """SELECT ord, share, account_id, tariff_id, version_id, year,
                  first AS date_from,
                  last AS date_to, last - first + 1 AS days, all_days,
                  round(share_volume * day_to / all_days, scale)
                      - round(share_volume * (day_to - (last - first + 1)) / all_days,
                              scale) AS volume,
                  CASE WHEN last = share_last AND minimum_volume > 0
                       THEN greatest(0, minimum_volume
                            * greatest(1, round(all_days / %(month)s)) - share_volume)
                       ELSE 0 END AS minimum
             FROM (
          SELECT shared.*, version.id AS version_id, years.year, version.minimum_volume,
                 cut.first, cut.last,
                 sum(cut.last - cut.first + 1) OVER (
                     PARTITION BY shared.ord, shared.share ORDER BY cut.first
                 ) AS day_to
            FROM (
          SELECT charge.ord, charge.account_id, charge.first AS share_first,
                 charge.date_to AS share_last, charge.scale,
                 charge.date_to - charge.first + 1 AS all_days,
                 coalesce(part.share, 0) AS share,
                 coalesce(part.tariff_id, account.tariff_id) AS tariff_id,
                 CASE WHEN part.share IS NULL THEN charge.volume
                      ELSE round(charge.volume * part.upto / 100, charge.scale)
                         - round(charge.volume * (part.upto - part.percent) / 100,
                                 charge.scale)
                 END AS share_volume
            FROM (SELECT src.*, least(src.date_from + 1, src.date_to) AS first,
                         CASE WHEN volume = trunc(volume) THEN 0 ELSE 3 END AS scale
                    FROM (%(charges)s) AS src) AS charge
            JOIN haerun_water_account AS account ON account.id = charge.account_id
            LEFT JOIN LATERAL (
                 SELECT id AS share, tariff_id, percent::numeric,
                        sum(percent::numeric) OVER (ORDER BY id) AS upto
                   FROM haerun_tariff_share
                  WHERE account_id = charge.account_id
                    AND date_from <= charge.date_to
                    AND (date_to IS NULL OR date_to >= charge.date_to)
                 ) AS part ON TRUE
                 ) AS shared
           CROSS JOIN LATERAL generate_series(
                 extract(year FROM share_first)::int, extract(year FROM share_last)::int
                 ) AS years (year)
            LEFT JOIN haerun_tariff_version AS version
              ON version.tariff_id = shared.tariff_id
             AND version.date_from <= least(share_last, make_date(years.year, 12, 31))
             AND (version.date_to IS NULL
                  OR version.date_to >= greatest(share_first,
                                                 make_date(years.year, 1, 1)))
           CROSS JOIN LATERAL (
                 SELECT greatest(share_first, make_date(years.year, 1, 1),
                                 version.date_from) AS first,
                        least(share_last, make_date(years.year, 12, 31),
                              version.date_to) AS last
                 ) AS cut
                  ) AS cuts""",
        charges=charges,
        month=MONTH,
    )


def counted(pieces: SQL, standing: SQL | None = None) -> SQL:
    """Pieces with the year's counter before and after, and the year's months.

    :param pieces: as :func:`pieces` returns them
    :param standing: rows ``account_id, tariff_id, year, used``; default the counters
    :return: the pieces' columns and ``before, after, month_from, month_to`` (months
        of the year that count, from 0, the second excluded), ``person_months``
    """
    return SQL(
        """SELECT piece.*,
                  coalesce(counter.used, 0) + piece.running - piece.volume AS before,
                  coalesce(counter.used, 0) + piece.running AS after,
                  span.month_from, span.month_to,
                  coalesce(household.person_months, 0) AS person_months
             FROM (SELECT found.*, sum(found.volume) OVER (
                              PARTITION BY account_id, tariff_id, year
                              ORDER BY date_from, ord, share
                              ROWS UNBOUNDED PRECEDING) AS running
                     FROM (%(pieces)s) AS found) AS piece
             JOIN haerun_water_account AS account ON account.id = piece.account_id
             LEFT JOIN %(standing)s AS counter
               ON counter.account_id = piece.account_id
              AND counter.tariff_id = piece.tariff_id
              AND counter.year = piece.year
             LEFT JOIN haerun_tariff_version AS version ON version.id = piece.version_id
            CROSS JOIN LATERAL (
                  SELECT CASE WHEN extract(year FROM account.counted_from) = piece.year
                              THEN extract(month FROM account.counted_from)::int - 1
                              ELSE 0 END AS month_from,
                         CASE WHEN extract(year FROM account.closed_on) = piece.year
                              THEN extract(month FROM account.closed_on)::int
                              ELSE 12 END AS month_to
                  ) AS span
             LEFT JOIN LATERAL (
                  SELECT sum((size.persons - version.standard_persons)
                             * greatest(0, least(span.month_to, size.month_to)
                                           - greatest(span.month_from, size.month_from))
                         ) AS person_months
                    FROM (SELECT persons,
                                 CASE WHEN date_from < make_date(piece.year, 1, 1)
                                      THEN 0
                                      ELSE extract(month FROM date_from)::int - 1
                                 END AS month_from,
                                 CASE WHEN date_to >= make_date(piece.year, 12, 31)
                                      THEN 12
                                      ELSE extract(month FROM date_to + 1)::int - 1
                                 END AS month_to
                            FROM haerun_household_size
                           WHERE account_id = piece.account_id
                             AND date_from <= make_date(piece.year, 12, 31)
                             AND date_to >= make_date(piece.year, 1, 1)
                         ) AS size
                   WHERE size.persons > version.standard_persons
                  ) AS household ON TRUE""",
        pieces=pieces,
        standing=standing or SQL("haerun_tariff_counter"),
    )


def lines(counted: SQL, limits) -> SQL:
    """What each tier and component of counted pieces comes to.

    :param counted: as :func:`counted` returns them, with any columns more
    :param limits: rows ``(tariff_id, position, year, sums)`` of
        ``haerun.tariff._limits``
    :return: the counted columns and ``tier_id, component_id, upto`` (the year's
        limit, empty: none), ``quantity, price, amount, minimal`` (a line that brings
        a bill up to the minimum)
    """
    return SQL(
        """SELECT tier.*, price.component_id, price.price::numeric AS price,
                  CASE WHEN minimal THEN round(quantity * price.price::numeric, 2)
                       ELSE round(full_after * price.price::numeric, 2)
                          - round(full_before * price.price::numeric, 2)
                  END AS amount
             FROM (
          SELECT filled.*, FALSE AS minimal, full_after - full_before AS quantity
            FROM (
          SELECT bound.*,
                 CASE WHEN low IS NULL THEN least(after, upto)
                      ELSE greatest(least(after, upto), low) - low END AS full_after,
                 CASE WHEN low IS NULL THEN least(before, upto)
                      ELSE greatest(least(before, upto), low) - low END AS full_before
            FROM (
          SELECT piece.*, tier.id AS tier_id, %(upto)s AS upto, %(low)s AS low
            FROM (%(counted)s) AS piece
            JOIN haerun_tariff_tier AS tier ON tier.version_id = piece.version_id
            JOIN %(limits)s
              ON limits.tariff_id = piece.tariff_id AND limits.year = piece.year
             AND limits.position = tier.position
            LEFT JOIN haerun_tariff_tier AS under
              ON under.version_id = piece.version_id
             AND under.position = tier.position - 1
            LEFT JOIN %(under)s
              ON below.tariff_id = piece.tariff_id AND below.year = piece.year
             AND below.position = under.position
                 ) AS bound
                 ) AS filled
           WHERE full_after <> full_before
           UNION ALL
          SELECT piece.*, tier.id, NULL, NULL, NULL, NULL, TRUE, piece.minimum
            FROM (%(counted)s) AS piece
            JOIN haerun_tariff_tier AS tier
              ON tier.version_id = piece.version_id AND tier.position = 1
           WHERE piece.minimum > 0
                  ) AS tier
             JOIN haerun_tariff_price AS price
               ON price.tier_id = tier.tier_id AND price.price > 0""",
        counted=counted,
        limits=_matrix(limits, "limits"),
        under=_matrix(limits, "below"),
        upto=_limit("limits", "tier"),
        low=_limit("below", "under"),
    )


def _matrix(rows, alias) -> SQL:
    """The sums of monthly limits as a table to join with."""
    values = SQL(", ").join(
        SQL(
            "(%s, %s, %s, %s::numeric[])",
            tariff,
            position,
            year,
            None if sums is None else [str(value) for value in sums],
        )
        for tariff, position, year, sums in rows
    )
    return SQL(
        "(VALUES %s) AS %s (tariff_id, position, year, sums)",
        values if rows else SQL("(0, 0, 0, NULL::numeric[])"),
        SQL.identifier(alias),
    )


def _limit(matrix, tier) -> SQL:
    """The year's limit of a tier for a piece's months and persons; empty: none."""
    return SQL(
        """CASE WHEN %(matrix)s.sums IS NULL THEN NULL ELSE round(
               %(matrix)s.sums[piece.month_to + 1]
                   - %(matrix)s.sums[piece.month_from + 1]
               + coalesce(%(tier)s.per_person, 0) * piece.person_months / 12, 3) END""",
        matrix=SQL.identifier(matrix),
        tier=SQL.identifier(tier),
    )
